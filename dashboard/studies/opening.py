"""One run of a store, ready to be run again: what the page Live opens."""

from collections.abc import Sequence
from pathlib import Path

from dashboard.studies.finding import place_of, roots
from experiments.study.identity import open_store
from experiments.study.jobs import scenario_of
from experiments.study.points import seed_of
from simulation.errors import InputError
from simulation.scenario import Scenario

__all__ = ["scenario_of_run"]


def scenario_of_run(
    root: Path | Sequence[Path] | None, store: str, run: int | str
) -> tuple[Scenario, int]:
    """Scenario and seed of a run of a study.

    Parameters
    ----------
    root : Path, sequence of Path or None
        Folder of results, several, or those of `dashboard.studies.finding.roots`.
    store : str
        Name of the store, relative to the folder of results.
    run : int or str
        Its number, as it may stand in an address.

    Returns
    -------
    (Scenario, int)

    Raises
    ------
    InputError
        When there is no such store below the folder, no such run in it, or it is damaged.
    """
    below = roots() if root is None else [root] if isinstance(root, Path) else list(root)
    place = place_of(store, below)
    try:
        number = int(run)
    except ValueError:
        number = -1
    if not 0 <= number < 2**63:
        raise InputError(f"{place.name}: run {str(run)[:40]} is no number of a run. Give one from "
                         "0.")
    try:
        kept = open_store(place.folder)
        row = kept.row("runs", number) or kept.row("failures", number)
        if row is None:
            raise InputError(f"{place.name}: holds no run {number}.")
        point, seed = int(row["point"]), int(row["seed"])
        if seed != seed_of(kept.study, int(row["replicate"]), point):
            raise InputError(f"{place.name}: the seed of run {number} is not that of its study.")
        return scenario_of(kept.base, kept.study.factors, kept.levels()[point]), seed
    except InputError as error:
        # Whoever visits need not know where results lie on this machine.
        raise InputError(str(error).replace(str(place.folder), place.name)) from None
    except (ValueError, KeyError, IndexError, TypeError) as error:
        raise InputError(
            f"{place.name}: run {number} cannot be read ({type(error).__name__}). The store is "
            "damaged."
        ) from None
