"""What would have been without credit revenue: the same world, the same luck, no buyer.

A tonne is *additional* where it would not have been removed without the sale of credits. Sold
credits cannot change what was treated before; they pay for new treatment. So for treatment that is
already sunk the difference between a run and its counterfactual is small, whatever was issued.
"""

from simulation.outcomes import Outcome
from simulation.results import Run, simulate
from simulation.scenario import SECTIONS, Scenario
from simulation.state import State

__all__ = ["PAIRED", "Counterfactual", "Values", "without_demand"]

Values = dict[str, float | int | None]
# Without firms these play no part; alike in all variants, they share one run.
DEMAND = (
    "market", "listing", "call_auction", "bilateral", "pay_as_bid", "mcafee",
    "one_way_auction", "administered", "reverse_auction", "continuous", "emissions",
    "retrofit", "voluntary", "compliance", "regime", "penalty", "expectations", "banking",
    "enforcement", "quota", "allowance_price", "allowance_market", "network",
)


def _not_of_a_state(_: State) -> None:
    """These outcomes belong to a pair of runs; see `Counterfactual.completed`."""


PAIRED = (
    Outcome("additional_t", "t", "Additional", "额外碳汇量",
            "removed, less what the same world removes without any buyer of credits",
            "实际碳汇量减去同一世界没有任何信用买方时的碳汇量",
            _not_of_a_state),
    Outcome("additional_share_of_issued", "1", "Additional share of issued", "额外量占签发量",
            "additional tonnes for each credit issued",
            "每签发一吨信用对应的额外碳汇量", _not_of_a_state),
    Outcome("net_effect_t", "t", "Net effect on the atmosphere", "对大气的净效应",
            "additional tonnes less emissions licensed by surrendered credits (own abatement "
            "follows the allowance price and is not displaced)",
            "额外碳汇量减去清缴信用所允许的排放（自身减排随配额价格而定，不被挤出）",
            _not_of_a_state),
    Outcome("cost_yuan_per_net_t", "yuan/t", "Cost per net tonne", "净减排单位成本",
            "money paid for credits and public spending, for each net tonne; none where the "
            "net effect is not positive",
            "购买信用的支出与财政支出之和，除以净减排吨数；净效应不为正则无", _not_of_a_state),
)


def without_demand(scenario: Scenario) -> Scenario:
    """The same projects in a world that buys no credits.

    Parameters
    ----------
    scenario : Scenario

    Returns
    -------
    Scenario
    """
    plain = {name: SECTIONS[name]() for name in DEMAND}
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


class Counterfactual:
    """Counterfactual runs of one seed, each made once and shared by the variants.

    Parameters
    ----------
    seed : int
    """

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self._removed: dict[str, float] = {}

    def removed_t(self, scenario: Scenario) -> float:
        """Tonnes removed without any buyer.

        Parameters
        ----------
        scenario : Scenario

        Returns
        -------
        float
        """
        alone = without_demand(scenario)
        key = alone.fingerprint
        if key not in self._removed:
            self._removed[key] = simulate(alone, self.seed).outcomes["removed_t"]
        return self._removed[key]

    def completed(self, run: Run) -> Values:
        """Outcomes of a run together with those that need its counterfactual.

        Parameters
        ----------
        run : Run
            With the seed of this object.

        Returns
        -------
        dict
        """
        found = dict(run.outcomes)
        additional = found["removed_t"] - self.removed_t(run.scenario)
        net = additional - found["licensed_t"]
        # What polluters pay to the treasury is no cost of the credits.
        paid = found["penalties_yuan"] + found["fines_yuan"] + found["carbon_tax_yuan"]
        public = paid - found["government_balance_yuan"]
        cost = found["proceeds_yuan"] + found["price_difference_yuan"] + public
        # What the government pays for credits, or to their buyers, is in the proceeds already.
        cost -= found["public_spending_yuan"] + found["subsidies_yuan"]
        found["additional_t"] = additional
        issued = found["issued_t"]
        found["additional_share_of_issued"] = additional / issued if issued else None
        found["net_effect_t"] = net
        found["cost_yuan_per_net_t"] = cost / net if net > 0 else None
        return found
