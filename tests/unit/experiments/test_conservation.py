"""What the claim of conservation counts: nothing in sound books, and each fault that is put in."""

import numpy as np
import pytest

from agents.registry.ledger import BLOCKS, JOURNAL
from agents.vocabulary import CreditState
from experiments.claims.e04 import REGIMES, SEEDS, design, same_again
from experiments.conservation import broken_laws, passed_limits, run_checked
from simulation.results import fingerprint
from simulation.scenario import declared, load
from simulation.scenario_files import scenario_names
from simulation.state import Clock, copied
from simulation.world import World


@pytest.fixture
def state(eligible):
    """Ten agents after ten years, in a copy that a test may spoil."""
    return copied(eligible.world.state)


def faults(ledger):
    """Names of the laws that do not hold."""
    found = broken_laws(ledger)
    return {name for name in ("tonnes", "cash", "serials", "retired") if getattr(found, name)}


def test_sound_books_have_no_fault(state):
    """And there is something in them to get wrong."""
    assert faults(state.ledger) == set()
    assert state.ledger.tonnes.sum(axis=0)[CreditState.RETIRED] > 0


def test_a_credit_too_many_is_seen(state):
    """In an account, or in a block; also where one state has what another lacks."""
    state.ledger.tonnes[8, CreditState.HELD] += 1
    assert faults(state.ledger) == {"tonnes"}
    owner = int(np.argmax(state.ledger.tonnes[:, CreditState.RETIRED]))
    state.ledger.tonnes[8, CreditState.HELD] -= 1
    state.ledger.tonnes[owner, CreditState.RETIRED] -= 1
    state.ledger.tonnes[owner, CreditState.CANCELLED] += 1
    assert faults(state.ledger) == {"tonnes"}


def test_credits_without_an_issue_are_seen(state):
    """Block and balance agree, but the journal never issued them."""
    ledger = state.ledger
    last = ledger.counters[BLOCKS] - 1
    ledger.blocks.tonnes[last] += 3
    ledger.tonnes[ledger.blocks.owner[last], ledger.blocks.state[last]] += 3
    assert "tonnes" in faults(ledger)


def test_a_fen_too_many_is_seen(state):
    """Also where the sum is right and an account is not."""
    state.ledger.fen[8] += 1
    assert faults(state.ledger) == {"cash"}
    state.ledger.fen[9] -= 1
    assert faults(state.ledger) == {"cash"}


def test_a_serial_number_in_two_blocks_is_seen(state):
    """Two blocks of one credit each, one of which has the other's number."""
    ledger = state.ledger
    blocks = ledger.blocks[: ledger.counters[BLOCKS]]
    later = int(np.argmax(blocks.serial))
    blocks.serial[later] -= 1
    assert "serials" in faults(ledger)


def test_a_second_retirement_is_seen(state):
    """The entry of a retirement, written once more."""
    ledger = state.ledger
    entries = ledger.journal[: ledger.counters[JOURNAL]]
    final = np.flatnonzero(~entries.is_money & (entries.state_to == CreditState.RETIRED))
    spare = int(np.flatnonzero(entries.is_money)[-1])
    entries[spare] = entries[final[0]]
    assert "retired" in faults(ledger)


def test_a_credit_that_comes_back_is_seen(state):
    """An entry out of a final state, though nothing is retired twice."""
    ledger = state.ledger
    entries = ledger.journal[: ledger.counters[JOURNAL]]
    moved = np.flatnonzero(~entries.is_money & (entries.state_from == CreditState.HELD))[0]
    entries.state_from[moved] = CreditState.RETIRED
    assert "retired" in faults(ledger)


def test_deals_beyond_a_limit_are_counted(state):
    """Price, tax and the seller's price, each by a fen."""
    deals = state.deals[: state.clock[Clock.DEALS]]
    assert passed_limits(deals)[-2:] == (0, 0)
    deals.price_fen[0] = deals.bid_fen[0] + 1
    deals.price_fen[1] = deals.bid_fen[1]
    assert passed_limits(deals).buyers == 1
    deals.tax_fen[1] = 1
    assert passed_limits(deals).buyers == 2
    deals.seller_price_fen[2] = deals.ask_fen[2] - 1
    assert passed_limits(deals)[-2:] == (2, 1)


def test_every_month_is_looked_at():
    """A world with a fault from its second year on has it in each month after that."""
    world = World(load("tiny", {"months": 36}), 1)
    assert run_checked(world)[:1] == (36,)
    spoiled = World(load("tiny", {"months": 36}), 1)
    spoiled.run(12)
    # Where the run's own check does not look: the journal.
    first = np.flatnonzero(~spoiled.state.ledger.journal.is_money)[0]
    spoiled.state.ledger.journal.amount[first] += 1
    found = run_checked(spoiled)
    assert (found.months, found.tonnes) == (24, 24)


def test_a_world_that_differs_is_counted():
    """Another seed is another world, on one process as on two."""
    cases = [("tiny", {"months": 12}, seed) for seed in (1, 2, 3)]
    prints = []
    for name, rules, seed in cases:
        world = World(load(name, rules), seed)
        world.run()
        prints.append(fingerprint(world))
    assert same_again(cases, prints, 1) == same_again(cases, prints, 2) == 0
    assert same_again(cases, [prints[0], prints[2], prints[1]], 1) == 2


def test_the_design_has_every_world_rule_and_regime():
    """None is forgotten when one is added."""
    cases = list(design())
    assert {(name, seed) for name, rules, seed in cases if not rules} == {
        (name, seed) for name in scenario_names() for seed in SEEDS
    }
    choices = {item.key: item.choices for item in declared()}
    assert set(REGIMES) == set(choices["regime.kind"])
    combined = {
        (rules["market.mechanism"], rules["regime.kind"]) for _, rules, _ in cases if rules
    }
    assert combined == {
        (mechanism, regime) for mechanism in choices["market.mechanism"] for regime in REGIMES
    }
