"""The whole state of a run: a few arrays, which is why it can be copied, rewound and forked."""

from enum import IntEnum
from typing import Any, NamedTuple

import numpy as np

from agents.population import Column, dtype_of
from agents.registry.ledger import BLOCKS, JOURNAL, Ledger
from agents.vocabulary import Motive
from simulation.network import Neighbours

__all__ = [
    "ALLOWANCE_ORDERS_A_FIRM",
    "AUTHORITY_ORDERS",
    "LADDER_STEPS",
    "MONTHLY_COLUMNS",
    "MONTHLY_DTYPE",
    "ORDERS_A_FIRM",
    "ORDERS_A_PROJECT",
    "PUBLIC_ORDERS",
    "Authority",
    "Clock",
    "Foreseen",
    "Prices",
    "Rules",
    "RulesAhead",
    "State",
    "copied",
    "without_room",
]


# A seller, and the government from its reserve, offers at most two lots a month: credits that count
# for compliance, and others.
ORDERS_A_PROJECT = 2
PUBLIC_ORDERS = 2
# A firm sends at most one order for credits a month for each of its motives (all but supply, public
# and allowance), and a second one for compliance: for local credits.
ORDERS_A_FIRM = len(Motive) - 3 + 1
# Of allowances a firm sends at most one order a side at each step of its ladder, the authority one
# for its auction, one for each tier and one at the ceiling.
LADDER_STEPS = 6
ALLOWANCE_ORDERS_A_FIRM = 2 * LADDER_STEPS
AUTHORITY_ORDERS = 4


class Clock(IntEnum):
    """Places in ``State.clock``, which holds whole numbers."""

    SEED = 0
    MONTH = 1
    FIRST = 2
    PHASE = 3
    FAULT = 4
    STANDS = 5
    ORDERS = 6
    MATCHES = 7
    DEALS = 8
    VERIFICATIONS = 9
    # Month of the next announced change of what a credit is worth, 0 if none; whether it changes
    # which credits count; and of the next announced change of any compliance rule.
    NEWS_FROM = 10
    NEWS_SORTS = 13
    COMING_FROM = 14
    # Whether the rules tell credits apart, and whether that matters now because some count.
    SORTED = 11
    APART = 12
    # Latest month in which a verification is to end, and how many are to end then.
    QUEUE_MONTH = 15
    QUEUE_TAKEN = 16


class Authority(IntEnum):
    """Places in ``State.authority``, which holds whole allowances where firms trade them."""

    # Of this year: cap, what is still to be auctioned, and what tiers still hold.
    CAP = 0
    TO_AUCTION = 1
    TIER_1 = 2
    TIER_2 = 3
    # In the stability reserve; cancelled from it; sold so far.
    RESERVE = 4
    CANCELLED = 5
    SOLD = 6


class Foreseen(IntEnum):
    """Rows of ``State.foreseen``, yuan/t by month of the run."""

    ALLOWANCE = 0
    # To who complies; 0 where it does not count.
    CREDIT = 1


class Prices(IntEnum):
    """Places in ``State.prices``, which holds yuan/t, and two shares."""

    LAST = 0
    ALLOWANCE = 1
    # Of a tonne of the obligation that no credit covers, and of a credit to who complies.
    CARBON = 2
    CREDIT = 3
    # Share of its room for which a firm wants credits, where it sets the allowance price itself.
    CREDIT_USE = 4
    # Of the last deals in credits that count, and in others, where the rules tell them apart.
    # Expected in the later month that agents look at, see `simulation.phases.looking_ahead`.
    CREDIT_THEN = 7
    LAST_COUNTING = 5
    LAST_OTHER = 6
    # Of voluntary buyers in credits: 1 where nothing bad is known.
    TRUST = 8


MONTHLY_COLUMNS = (
    Column("month", "i8", "month", "month"),
    Column("eligible", "?", "1", "credit eligible for compliance"),
    Column("allowance_price", "f8", "yuan/t", "allowance price"),
    Column("carbon_price", "f8", "yuan/t",
           "cost of a tonne of the obligation that no credit covers, as covered firms see it"),
    Column("removed_t", "f8", "t",
           "removed in truth this month, against no treatment, less what was lost"),
    Column("additional_t", "f8", "t",
           "of this, what there would not be without credit revenue"),
    Column("lost_t", "f8", "t", "stored carbon lost to reversals this month, in truth"),
    Column("verified_t", "i8", "t", "measured by verifications that ended this month"),
    Column("issued_t", "i8", "t", "credits issued, buffer included"),
    Column("verifications", "i8", "verifications", "verifications that ended this month"),
    Column("waiting", "i8", "verifications", "verifications under way at the end of the month"),
    Column("verification_fees_fen", "i8", "fen", "paid to verifiers this month"),
    Column("spot_audits", "i8", "audits", "issues audited this month"),
    Column("found_t", "i8", "t", "credits that audits found to stand for nothing"),
    Column("reversed_t", "i8", "t", "credits whose carbon was lost this month"),
    Column("covered_t", "i8", "t", "of these, made good at once"),
    Column("replenished_t", "i8", "t", "credits with which projects repaid the pool"),
    Column("uncovered_t", "i8", "t",
           "reversed and found credits not made good, at the end of the month"),
    Column("trust", "f8", "1", "trust of voluntary buyers at the end of the month"),
    Column("stock_t", "i8", "t", "credits that sellers could offer"),
    Column("counting_stock_t", "i8", "t",
           "of these, of a class, province and vintage that count once any do"),
    Column("offered_t", "i8", "t", "credits offered"),
    Column("offered_reserve_t", "i8", "t", "credits offered from the government's reserve"),
    Column("bid_voluntary_t", "i8", "t", "credits bid for, voluntary"),
    Column("bid_compliance_t", "i8", "t", "credits bid for, compliance"),
    Column("bid_quota_t", "i8", "t", "credits bid for, purchase quota"),
    Column("bid_public_t", "i8", "t", "credits bid for, public"),
    Column("best_ask_fen", "i8", "fen/t", "lowest ask; 0 if none"),
    Column("best_bid_fen", "i8", "fen/t", "highest bid; 0 if none"),
    Column("lowest_allowed_fen", "i8", "fen/t", "price floor or lower end of the band; 0 if none"),
    Column("highest_allowed_fen", "i8", "fen/t",
           "price ceiling or upper end of the band; 0 if none"),
    Column("refused_t", "i8", "t", "credits in orders outside the price limits or below a lot"),
    Column("deals", "i8", "deals", "number of deals"),
    Column("volume_t", "i8", "t", "credits traded"),
    Column("counting_t", "i8", "t",
           "of these, of a class, province and vintage that count once any do"),
    Column("voluntary_t", "i8", "t", "credits traded, voluntary"),
    Column("green_reserve_t", "i8", "t", "of these, for green reserves"),
    Column("compliance_t", "i8", "t", "credits traded, compliance"),
    Column("quota_t", "i8", "t", "credits traded, purchase quota"),
    Column("public_t", "i8", "t", "credits traded, public"),
    Column("reserve_sold_t", "i8", "t", "credits sold from the government's reserve"),
    Column("value_fen", "i8", "fen", "money paid for credits"),
    Column("counting_value_fen", "i8", "fen",
           "money paid for credits of a class, province and vintage that count once any do"),
    Column("reserve_value_fen", "i8", "fen", "money paid for credits from the reserve"),
    Column("voluntary_value_fen", "i8", "fen", "money paid for credits, voluntary"),
    Column("public_value_fen", "i8", "fen", "money paid for credits, public"),
    Column("price_difference_fen", "i8", "fen",
           "money paid for credits that the exchange kept, where the seller gets less"),
    Column("transaction_tax_fen", "i8", "fen", "tax paid on deals"),
    Column("theory_price_low_fen", "i8", "fen/t",
           "lowest price that would clear true values and costs; supply is all verified stock at "
           "its verification cost, so mostly that cost; 0 where nothing is to be gained"),
    Column("theory_price_high_fen", "i8", "fen/t",
           "highest price that would clear true values and costs; 0 where nothing is to be gained"),
    Column("theory_volume_t", "i8", "t", "credits with a gain from trade"),
    Column("theory_surplus_fen", "f8", "fen of surplus",
           "most surplus that true values and costs allow"),
    Column("surplus_fen", "f8", "fen of surplus", "surplus of the deals, less transaction cost"),
    Column("transaction_cost_fen", "f8", "fen of surplus", "surplus lost to search and agreement"),
    Column("lost_policy_fen", "f8", "fen of surplus",
           "surplus that true values and costs cannot reach under price limits, ticks, lots, "
           "taxes, fees and a reserve held back; what traders do about a rule counts as not made"),
    Column("lost_not_made_fen", "f8", "fen of surplus", "surplus of trades not made"),
    Column("lost_wrong_people_fen", "f8", "fen of surplus",
           "surplus lost to trades between the wrong people"),
    Column("retired_voluntary_t", "i8", "t", "credits retired for voluntary uses"),
    Column("retired_compliance_t", "i8", "t", "credits retired for compliance"),
    Column("retired_quota_t", "i8", "t", "credits retired for a purchase quota"),
    Column("allowance_volume_t", "i8", "t", "allowances that firms traded or bought at auction"),
    Column("allowance_auctioned_t", "i8", "t", "of these, sold by the authority"),
    Column("allowance_rounds", "i8", "rounds",
           "rounds in which the two markets found their prices"),
    Column("allowance_residual_t", "i8", "t",
           "allowances by which holdings miss what firms want at the month's price"),
    Column("market_residual_share", "f8", "1",
           "distance of the allowance price from the one at which credits were bid for"),
    Column("allowance_reserve_t", "i8", "t", "allowances in the stability reserve"),
    Column("allowances_held_t", "i8", "t", "allowances that firms hold at the end of the month"),
    Column("allowances_lapsed_t", "i8", "t", "allowances that lapsed at the deadline"),
    Column("allowances_bought_t", "i8", "t", "allowances bought by covered firms at the deadline"),
    Column("allowances_sold_t", "i8", "t", "allowances sold by covered firms at the deadline"),
    Column("rivals_t", "i8", "t", "emissions covered by rival credits at the deadline"),
    Column("retrofits", "i8", "firms", "firms that decided to retrofit"),
    Column("allowances_banked_t", "i8", "t", "allowances carried over at the deadline"),
    Column("allowances_borrowed_t", "i8", "t", "allowances borrowed at the deadline"),
    Column("shortfall_t", "i8", "t", "emissions left uncovered at the deadline, in truth"),
    Column("violation_t", "i8", "t", "of these, hidden"),
    Column("violation_found_t", "i8", "t", "of the hidden ones, found by audits"),
    Column("quota_lacking_t", "i8", "t", "tonnes of quota not bought, at its deadline"),
    Column("penalties_fen", "i8", "fen", "penalties and charges paid to the treasury"),
    Column("fines_fen", "i8", "fen", "fines for violations found, paid to the treasury"),
    Column("carbon_tax_fen", "i8", "fen", "carbon tax paid to the treasury"),
    Column("subsidies_fen", "i8", "fen", "subsidies paid to voluntary buyers"),
    Column("upkeep_fen", "i8", "fen", "paid by sellers for upkeep"),
    Column("spot_audit_fen", "i8", "fen", "paid by the treasury for spot audits"),
    Column("earmarked_fen", "i8", "fen", "proceeds paid into watershed accounts"),
    Column("treatment_fen", "i8", "fen", "watershed money spent on new treatment"),
    Column("new_area_ha", "f8", "ha", "newly treated area"),
    Column("held_t", "i8", "t", "credits held at the end of the month"),
    Column("green_held_t", "i8", "t", "of these, in green reserves of firms"),
    Column("escrow_t", "i8", "t", "credits in escrow at the end of the month"),
    Column("pledged_t", "i8", "t", "credits pledged at the end of the month"),
    Column("buffer_t", "i8", "t", "credits in the buffer pool at the end of the month"),
    Column("retired_t", "i8", "t", "credits retired so far"),
    Column("cancelled_t", "i8", "t", "credits cancelled so far"),
)
MONTHLY_DTYPE = dtype_of(MONTHLY_COLUMNS)


class Rules(NamedTuple):
    """Parameters as records, one for each section that a kernel reads."""

    market: np.recarray
    listing: np.recarray
    call_auction: np.recarray
    bilateral: np.recarray
    pay_as_bid: np.recarray
    mcafee: np.recarray
    one_way_auction: np.recarray
    administered: np.recarray
    reverse_auction: np.recarray
    continuous: np.recarray
    price_limits: np.recarray
    trading_units: np.recarray
    transaction_tax: np.recarray
    reserve: np.recarray
    growth: np.recarray
    verification: np.recarray
    permanence: np.recarray
    spot_audit: np.recarray
    trust: np.recarray
    registry: np.recarray
    joining: np.recarray
    quote: np.recarray
    bargaining: np.recarray
    expectations: np.recarray
    reinvestment: np.recarray
    emissions: np.recarray
    voluntary: np.recarray
    compliance: np.recarray
    regime: np.recarray
    penalty: np.recarray
    banking: np.recarray
    enforcement: np.recarray
    quota: np.recarray
    eligibility: np.recarray
    allowance_price: np.recarray
    allowance_market: np.recarray
    retrofit: np.recarray


class RulesAhead(NamedTuple):
    """Compliance rules that are announced; where none are, those in force."""

    compliance: np.recarray
    regime: np.recarray
    penalty: np.recarray
    banking: np.recarray


class State(NamedTuple):
    """Everything that changes in a run, and what kernels read beside it.

    Attributes
    ----------
    clock : int64 array, see `Clock`
    prices : float64 array, see `Prices`
    rules : Rules
    projects, stands, firms : numpy.recarray
        Populations.
    neighbours : Neighbours
        Links between firms.
    plant_growth, soil_growth : float64 array, shape (measures, months)
        Growth of a hectare in each month of its age, t/ha.
    historical_price : float64 array, shape (months,)
        Annual mean allowance price, yuan/t.
    foreseen : float64 array, shape (Foreseen, months)
        What is known of later months under perfect foresight; otherwise no numbers.
    news, coming : RulesAhead
        Rules from `Clock.NEWS_FROM` and from `Clock.COMING_FROM` on.
    authority : int64 array, see `Authority`
    ledger : Ledger
    orders, matches : numpy.recarray
        Book of the month and what its clearing decided.
    filled : int64 array
        Tonnes filled of each order.
    allowance_orders, allowance_matches, allowance_filled
        The same for allowances, where firms trade them; otherwise without rows.
    verifications : numpy.recarray
        Every verification, with room for more.
    deals : numpy.recarray
        Every deal, with room for more.
    monthly : numpy.recarray, shape (months,)
        One row a month.
    """

    clock: np.ndarray
    prices: np.ndarray
    rules: Rules
    projects: np.recarray
    stands: np.recarray
    firms: np.recarray
    neighbours: Neighbours
    plant_growth: np.ndarray
    soil_growth: np.ndarray
    historical_price: np.ndarray
    foreseen: np.ndarray
    news: RulesAhead
    coming: RulesAhead
    authority: np.ndarray
    ledger: Ledger
    verifications: np.recarray
    orders: np.recarray
    matches: np.recarray
    filled: np.ndarray
    allowance_orders: np.recarray
    allowance_matches: np.recarray
    allowance_filled: np.ndarray
    deals: np.recarray
    monthly: np.recarray


def copied(part: Any) -> Any:  # noqa: ANN401
    """Deep copy of a state, or of a part of one.

    Parameters
    ----------
    part : array or named tuple of arrays

    Returns
    -------
    the same type
    """
    if isinstance(part, Neighbours):
        # Who knows whom never changes, and may be the largest part of all.
        return part
    if isinstance(part, np.ndarray):
        return part.copy()
    return type(part)(*(copied(item) for item in part))


def without_room(state: State) -> State:
    """Deep copy of a state that keeps of growing tables only the rows in use.

    Parameters
    ----------
    state : State

    Returns
    -------
    State
        A quarter of the size or less; whoever runs it on makes room first.
    """
    clock, ledger = state.clock, state.ledger
    used = {
        "stands": state.stands[: clock[Clock.STANDS]],
        "verifications": state.verifications[: clock[Clock.VERIFICATIONS]],
        "deals": state.deals[: clock[Clock.DEALS]],
        "ledger": ledger._replace(
            blocks=ledger.blocks[: ledger.counters[BLOCKS]],
            journal=ledger.journal[: ledger.counters[JOURNAL]],
        ),
    }
    return copied(state._replace(**used))
