"""Both versions run and compared, and variants of a scenario that lead into a branch."""

from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from agents.vocabulary import Entry
from benchmarks.object_model import ObjectMarketModel
from benchmarks.object_records import MonthRow
from benchmarks.object_rules import RuleForm
from simulation.scenario import Scenario, load
from simulation.world import World
from tests.helpers import MECHANISMS
from tests.oracle.comparing import differences, entries_of

__all__ = ["MECHANISMS", "Variant", "run_both", "run_variant"]



class Variant(NamedTuple):
    """Overrides that lead into a branch, and an entry of the journal that shows it was taken.

    ``base`` sets the scene in which the overrides matter; it holds without them too.
    """

    overrides: dict[str, object]
    entry: Entry | None = None
    base: Mapping[str, object] = MappingProxyType({})


def run_both(scenario: Scenario, seed: int, form: RuleForm = "plain") -> ObjectMarketModel:
    """Run both to the end; fail with the first difference of each kind."""
    world, model = World(scenario, seed), ObjectMarketModel(scenario, seed, form)
    world.run()
    model.run()
    found = differences(world, model)
    assert not found, f"{scenario.name}, seed {seed}:\n" + "\n".join(found)
    return model


@cache
def _months_without(name: str, scene: tuple[tuple[str, object], ...], seed: int) -> list[MonthRow]:
    """Many variants share a scene."""
    model = ObjectMarketModel(load(name, dict(scene)), seed)
    model.run()
    return model.monthly


def run_variant(
    name: str, scene: Mapping[str, object], variant: Variant, seeds: Iterable[int],
    form: RuleForm = "plain",
) -> list[ObjectMarketModel]:
    """The overrides move the run, so the branch that they lead into is what is compared."""
    scene = {**scene, **variant.base}
    changed = load(name, {**scene, **variant.overrides})
    models, moved, entries = [], False, set()
    for seed in seeds:
        model = run_both(changed, seed, form)
        moved |= model.monthly != _months_without(name, tuple(scene.items()), seed)
        entries |= entries_of(model)
        models.append(model)
    assert moved, "these overrides change nothing"
    assert variant.entry is None or variant.entry in entries
    return models
