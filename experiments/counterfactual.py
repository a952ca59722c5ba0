"""What would have been without credit revenue: the same world, the same luck, no buyer.

A tonne is *additional* where it would not have been removed without the sale of credits. A run
keeps books of the world without that revenue beside its own (``additional_t``); running this world
is the second way to the same number, which tests and claims hold the first against.
"""

from simulation.results import simulate
from simulation.scenario import SECTIONS, Scenario

__all__ = ["removed_without_demand_t", "without_demand"]

# Without firms these play no part; alike in all variants, they share one run.
DEMAND = (
    "market", "listing", "call_auction", "bilateral", "pay_as_bid", "mcafee",
    "one_way_auction", "administered", "reverse_auction", "continuous", "emissions",
    "retrofit", "voluntary", "compliance", "regime", "penalty", "expectations", "banking",
    "enforcement", "quota", "allowance_price", "allowance_market", "network",
)


def without_demand(scenario: Scenario) -> Scenario:
    """The same projects in a world that buys no credits, and in which nobody expects it to.

    Parameters
    ----------
    scenario : Scenario

    Returns
    -------
    Scenario
    """
    plain = {name: SECTIONS[name]() for name in DEMAND}
    plain["quote"] = scenario.quote.model_copy(update={"guide_price_yuan_per_t": 0.0})
    plain["network"] = plain["network"].model_copy(update={"kind": "none"})
    events = []
    for event in scenario.events:
        left = {key: value for key, value in event.set.items() if key.split(".")[0] not in DEMAND}
        if left:
            events.append(event.model_copy(update={"set": left}))
    return scenario.model_copy(
        update={"name": "without demand", "title": "", "title_zh": "", "firms": (),
                "events": tuple(events), **plain}
    )


def removed_without_demand_t(scenario: Scenario, seed: int) -> float:
    """Tonnes removed without any buyer.

    Parameters
    ----------
    scenario : Scenario
    seed : int

    Returns
    -------
    float
    """
    return float(simulate(without_demand(scenario), seed).outcomes["removed_t"])
