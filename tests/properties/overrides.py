"""Random scenarios: levers and uncertain inputs, drawn within the bounds that they declare."""

from contextlib import contextmanager

from hypothesis import reject
from hypothesis import strategies as st

from simulation.errors import InputError
from simulation.scenario import declared, load
from tests.helpers import MECHANISMS

# A measure is given whole (all five numbers), and an edge list needs a file.
DRAWN = [
    item for item in declared()
    if item.role in ("lever", "uncertainty")
    and not item.key.startswith("growth.measures.") and item.key != "network.kind"
]


# Lists of names that mean something for ten agents, and years around their vintages.
NAMED = {
    "eligibility.credit_classes": st.sampled_from([[], ["soil_and_water"]]),
    "eligibility.provinces": st.sampled_from([[], ["Jiangxi"], ["Shaanxi"]]),
    "eligibility.first_vintage_year": st.sampled_from([0, 2002, 2008, 2024, 2025]),
    "eligibility.last_vintage_year": st.sampled_from([0, 2024, 2025, 2026]),
}


def _value(item):
    if item.key in NAMED:
        return NAMED[item.key]
    if item.choices:
        return st.sampled_from(item.choices)
    if item.unit == "month":
        return st.integers(24288 - 24, 24288 + 48)
    if isinstance(item.default, bool):
        return st.booleans()
    if isinstance(item.default, int):
        return st.integers(item.low, item.high)
    # The ends are where formulas divide by zero. Chances below 1e-9 are left to a test of their
    # own (tests/unit/simulation/test_network.py).
    ends = st.sampled_from([float(item.low), float(item.high), float(item.default)])
    between = st.floats(item.low, item.high)
    return ends | between.map(lambda value: value if abs(value) > 1e-9 else 0.0).filter(
        lambda value: item.low <= value <= item.high
    )


# Each number is allowed by itself; price limits, tick and guide price must go together.
# And an allowance market of the firms asks for a regime and a rule that give it a meaning.
TOGETHER = (
    "is above ceiling_yuan_per_t", "leaves no price", "is outside the price limits",
    "allowance_price.path = 'endogenous'", "has no meaning for allowances",
    "Let prices rise from floor to ceiling", "do not rise",
    "is before first_vintage_year", "would sell nothing", "takes allowances from auctions",
)


@contextmanager
def possible():
    """Leave out inputs that contradict each other, and nothing else."""
    try:
        yield
    except (ValueError, InputError) as error:
        if any(words in str(error) for words in TOGETHER):
            reject()
        raise


VALUES = {item.key: _value(item) for item in DRAWN}
# Prices are kept in whole fen, so a tick is one or more of them.
VALUES["trading_units.tick_yuan_per_t"] = st.integers(1, 100_000).map(lambda fen: fen / 100)


@st.composite
def scenarios(draw, months=36, most=12):
    """Ten agents for three years, with up to twelve inputs drawn."""
    chosen = draw(st.lists(st.sampled_from(sorted(VALUES)), max_size=most, unique=True))
    changes = {key: draw(VALUES[key]) for key in chosen}
    changes["months"] = months
    changes["market.mechanism"] = draw(st.sampled_from(MECHANISMS))
    changes["network.kind"] = draw(st.sampled_from(["none", "small_world", "scale_free", "block"]))
    changes.setdefault("compliance.eligible", draw(st.booleans()))
    name = draw(st.sampled_from(["tiny", "tiny-eligible"]))
    with possible():
        return load(name, changes)


def deadlines(world, moves=()):
    """Step a world to its end, and give the firms as they stood before each run of ``comply``.

    Each of the moves is a number of months to wait, and levers that are then set by hand.
    """
    months = iter(moves)
    wait, levers = next(months, (0, {}))
    while not world.finished:
        if world.next_phase.name == "grow" and levers:
            wait -= 1
            if wait <= 0:
                for key, value in levers.items():
                    with possible():
                        world.set_lever(key, value)
                wait, levers = next(months, (0, {}))
        before = world.state.firms.copy() if world.next_phase.name == "comply" else None
        world.run_phase()
        if before is not None:
            yield before
