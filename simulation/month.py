"""A month: an ordered, named list of phases, each with what it reads and writes."""

from collections.abc import Callable
from typing import Any, NamedTuple

from agents.compiled import kernel
from agents.registry.ledger import BLOCKS, ISSUED, JOURNAL, LIVE, balanced
from simulation.phases.allowance_agreeing import agree
from simulation.phases.allowance_giving import give_allowances
from simulation.phases.allowance_trading import trade_allowances
from simulation.phases.complying import comply
from simulation.phases.growing import grow
from simulation.phases.inspecting import inspect
from simulation.phases.judging import judge
from simulation.phases.ordering import bid_compliance, bid_voluntary
from simulation.phases.public import bid_public
from simulation.phases.quota import bid_quota, meet_quota
from simulation.phases.quoting import quote
from simulation.phases.recording import record
from simulation.phases.regulating import offer_reserve, regulate
from simulation.phases.reporting import move_allowance_price, report_emissions
from simulation.phases.retrofitting import retrofit
from simulation.phases.reversing import maintain, reverse
from simulation.phases.trading import FAULT_LIMITS, FAULT_SETTLEMENT, clear, learn, settle
from simulation.phases.using import reinvest, retire
from simulation.phases.verifying import ask_verification, issue, join
from simulation.state import ORDERS_A_FIRM, ORDERS_A_PROJECT, PUBLIC_ORDERS, Clock, State

__all__ = ["FAULTS", "PHASES", "Phase", "arguments", "run_months"]


class Phase(NamedTuple):
    """One phase of a month.

    Attributes
    ----------
    name : str
    kernel : callable
        Compiled loop over rows.
    reads, writes : tuple of str
        Parts of the state, dotted below `State`; the kernel takes them in the order of `takes`.
    takes : tuple of str
        Arguments of the kernel.
    meaning, meaning_zh : str
        One line for people.
    """

    name: str
    kernel: Callable[..., None]
    takes: tuple[str, ...]
    reads: tuple[str, ...]
    writes: tuple[str, ...]
    meaning: str
    meaning_zh: str


def _phase(
    kernel_function: Callable[..., None], takes: str, writes: str, meaning: str, meaning_zh: str
) -> Phase:
    arguments = tuple(takes.split())
    changed = tuple(writes.split())
    read = tuple(name for name in arguments if name not in ("monthly", "matches", "filled"))
    name = kernel_function.__name__
    return Phase(name, kernel_function, arguments, read, changed, meaning, meaning_zh)


# Changing the order changes the model: `run_months` below runs the same list as one compiled loop,
# and a test holds the two together.
PHASES = (
    _phase(
        grow,
        "clock rules.growth projects stands plant_growth soil_growth monthly",
        "projects stands monthly",
        "Stands store carbon in plants and soil",
        "林草与土壤增碳",
    ),
    _phase(
        join,
        "clock rules.joining rules.registry projects",
        "projects",
        "Projects join the scheme, on their own or after others",
        "项目加入机制（自发或模仿）",
    ),
    _phase(
        ask_verification,
        "clock rules.verification rules.registry projects ledger verifications monthly",
        "clock projects ledger verifications monthly",
        "Sellers ask for verification and pay for it",
        "卖方申请核查并付费",
    ),
    _phase(
        issue,
        "clock rules.verification rules.permanence rules.spot_audit rules.reserve "
        "rules.eligibility projects ledger verifications monthly",
        "projects ledger verifications monthly",
        "The registry issues what was measured, less deduction, buffer and levy",
        "登记机构签发核证量（扣减并提取缓冲与储备）",
    ),
    _phase(
        maintain,
        "clock rules.permanence rules.verification rules.market projects stands ledger monthly",
        "projects ledger monthly",
        "In January and at the start, where stands can be lost: sellers pay for worthwhile upkeep",
        "每年一月及开始时（存在逆转风险时）：卖方决定并支付管护费用",
    ),
    _phase(
        reverse,
        "clock rules.permanence projects stands firms ledger verifications monthly",
        "projects stands firms ledger verifications monthly",
        "Stands are lost to fire, flood and neglect; who is liable makes good for their credits",
        "火灾、洪水与失管造成逆转，由责任方补足碳信用",
    ),
    _phase(
        inspect,
        "clock rules.spot_audit rules.trust prices projects ledger verifications monthly",
        "prices projects ledger verifications monthly",
        "Spot audits; what they find, and reversals, shake the trust of voluntary buyers",
        "抽查签发；查出的超额签发与逆转影响自愿买方信任",
    ),
    _phase(
        move_allowance_price,
        "clock rules.allowance_price rules.compliance rules.regime rules.penalty "
        "rules.expectations rules.banking historical_price news prices monthly",
        "prices monthly",
        "The allowance price moves, and with it the cost of a tonne that no credit covers",
        "配额价格变动，未由碳信用覆盖的每吨成本随之变动",
    ),
    _phase(
        report_emissions,
        "clock rules.emissions rules.voluntary rules.compliance rules.regime rules.quota "
        "rules.allowance_price prices firms",
        "firms",
        "In January: verified emissions, obligations and budgets",
        "每年一月：核定排放、履约义务与预算",
    ),
    _phase(
        give_allowances,
        "clock rules.allowance_price rules.allowance_market rules.regime rules.banking firms "
        "authority",
        "firms authority",
        "In January, where firms trade allowances: they are given, auctioned, or held back",
        "每年一月（企业间交易配额时）：发放、留作拍卖或划入储备",
    ),
    _phase(
        retrofit,
        "clock rules.retrofit rules.regime rules.expectations prices firms monthly",
        "firms monthly",
        "Retrofits start to work or wear out; in January firms decide on new ones",
        "改造投产或到期；每年一月企业决定新的改造",
    ),
    _phase(
        quote,
        "clock rules.market rules.verification rules.quote rules.bargaining rules.expectations "
        "prices foreseen projects ledger orders monthly",
        "clock projects ledger orders monthly",
        "Sellers put credits in escrow and ask a price",
        "卖方挂出碳信用并报价",
    ),
    _phase(
        bid_voluntary,
        "clock rules.voluntary rules.compliance rules.regime rules.expectations news prices firms "
        "neighbours.starts neighbours.others ledger orders monthly",
        "clock firms orders monthly",
        "Firms with an occasion bid for voluntary use",
        "企业因自愿需求出价",
    ),
    _phase(
        agree,
        "clock rules.allowance_price rules.allowance_market rules.emissions rules.market "
        "rules.listing rules.call_auction rules.bilateral rules.pay_as_bid rules.mcafee "
        "rules.one_way_auction rules.administered rules.reverse_auction rules.continuous "
        "rules.price_limits rules.trading_units rules.transaction_tax rules.reserve "
        "rules.compliance rules.eligibility rules.regime rules.penalty rules.banking "
        "rules.enforcement rules.expectations coming rules.quota prices firms authority ledger "
        "orders filled matches monthly",
        "clock prices firms ledger orders filled matches monthly",
        "Where firms trade allowances: prices of both markets find each other",
        "企业间交易配额时：碳信用与配额两市场价格相互试探",
    ),
    _phase(
        bid_compliance,
        "clock rules.compliance rules.eligibility rules.regime rules.banking prices firms orders "
        "monthly",
        "clock firms orders monthly",
        "Covered firms bid for compliance",
        "重点排放单位因履约出价",
    ),
    _phase(
        bid_quota,
        "clock rules.quota rules.compliance firms orders monthly",
        "clock firms orders monthly",
        "Firms under a purchase quota bid for it",
        "有强制购买义务的企业出价",
    ),
    _phase(
        bid_public,
        "clock rules.market rules.reverse_auction orders monthly",
        "clock orders monthly",
        "The government buyer bids, where it holds a reverse auction",
        "政府采购出价（反向拍卖时）",
    ),
    _phase(
        offer_reserve,
        "clock rules.market rules.reserve ledger orders monthly",
        "clock ledger orders monthly",
        "The government offers its reserve at the soft ceiling",
        "政府按软上限价投放储备",
    ),
    _phase(
        regulate,
        "clock rules.price_limits rules.trading_units rules.transaction_tax prices orders monthly",
        "orders monthly",
        "Price limits, tick, lot and tax shape the orders",
        "限价、变动价位、交易单位与交易税作用于报价",
    ),
    _phase(
        clear,
        "clock rules.market rules.listing rules.call_auction rules.bilateral rules.pay_as_bid "
        "rules.mcafee rules.one_way_auction rules.administered rules.reverse_auction "
        "rules.continuous rules.trading_units orders filled matches",
        "clock filled matches",
        "The pricing rule matches the book",
        "按定价机制撮合",
    ),
    _phase(
        judge,
        "clock rules.market rules.verification rules.bilateral rules.trading_units rules.reserve "
        "rules.voluntary projects firms ledger orders filled monthly",
        "monthly",
        "Theory's price and surplus stand beside the market's",
        "理论价格与剩余，与市场结果对照",
    ),
    _phase(
        settle,
        "clock rules.market rules.reinvestment rules.voluntary rules.transaction_tax projects "
        "firms ledger orders matches deals monthly",
        "clock projects firms ledger deals monthly",
        "Delivery against payment; the watershed's share is earmarked",
        "货银对付，提留流域资金",
    ),
    _phase(
        learn,
        "clock rules.quote rules.bargaining prices projects monthly",
        "prices projects",
        "Sellers learn from the month's deals",
        "卖方据成交调整预期",
    ),
    _phase(
        retire,
        "clock rules.voluntary firms ledger monthly",
        "firms ledger monthly",
        "Voluntary buyers retire or pledge their credits",
        "自愿买方注销或质押",
    ),
    _phase(
        trade_allowances,
        "clock rules.allowance_price rules.allowance_market rules.emissions rules.listing "
        "rules.call_auction rules.bilateral rules.pay_as_bid rules.mcafee rules.one_way_auction "
        "rules.administered rules.reverse_auction rules.continuous rules.compliance "
        "rules.eligibility rules.regime rules.penalty rules.banking rules.enforcement "
        "rules.expectations coming prices firms authority "
        "ledger orders filled allowance_orders allowance_filled allowance_matches monthly",
        "prices firms authority ledger allowance_orders allowance_filled allowance_matches "
        "monthly",
        "Where firms trade allowances: they do, and emit what is cheaper than abating",
        "企业间交易配额时：成交并按价格决定当月排放",
    ),
    _phase(
        comply,
        "clock rules.allowance_price rules.allowance_market rules.compliance rules.eligibility "
        "rules.regime rules.penalty rules.expectations rules.banking rules.enforcement coming "
        "prices foreseen firms ledger monthly",
        "firms ledger monthly",
        "At the deadline: surrender credits and allowances, or pay",
        "履约截止：清缴碳信用与配额，或缴费",
    ),
    _phase(
        meet_quota,
        "clock rules.quota firms ledger monthly",
        "firms ledger monthly",
        "At the quota's deadline: retire, or pay the charge",
        "强制购买截止：注销或缴费",
    ),
    _phase(
        reinvest,
        "clock rules.reinvestment projects stands ledger monthly",
        "clock projects stands ledger monthly",
        "In the planting month: watershed money treats new land",
        "造林月：流域资金用于新治理",
    ),
    _phase(
        record,
        "clock ledger monthly",
        "monthly",
        "The state of the registry is recorded",
        "记录登记簿状态",
    ),
)

FAULTS = {
    1: "credits do not add up: held + escrow + pledged + buffer + retired + cancelled != issued",
    2: "money does not add up: the accounts do not sum to zero",
    3: "an account is below zero that must not be",
    FAULT_LIMITS: "a deal was struck above the buyer's or below the seller's limit, or "
    "gives the seller more than the buyer pays",
    FAULT_SETTLEMENT: "a matched deal could not be settled",
}


@kernel
def _sums_hold(clock, ledger):
    # Cheap enough for every phase: two flat sums. Signs are looked at once a month.
    money = 0
    for account in range(ledger.fen.size):
        money += ledger.fen[account]
    # One flat loop without a branch, which the compiler turns into vector instructions.
    flat = ledger.tonnes.reshape(ledger.tonnes.size)
    tonnes = 0
    for place in range(flat.size):
        tonnes += flat[place]
    if tonnes != ledger.counters[ISSUED]:
        clock[Clock.FAULT] = 1
    elif money != 0:
        clock[Clock.FAULT] = 2
    return clock[Clock.FAULT] == 0


@kernel
def _has_room(clock, projects, firms, stands, ledger, verifications, deals):
    # At most one split for each movement, and no month moves a live block more than eight times.
    sellers, buyers = len(projects), len(firms)
    orders = ORDERS_A_PROJECT * sellers + ORDERS_A_FIRM * buyers + PUBLIC_ORDERS
    movements = 14 * sellers + 2 * orders + 8 * buyers + 4
    return (
        clock[Clock.STANDS] + sellers <= len(stands)
        and clock[Clock.VERIFICATIONS] + sellers <= len(verifications)
        and clock[Clock.DEALS] + 2 * orders <= len(deals)
        and ledger.counters[BLOCKS] + movements <= len(ledger.blocks)
        and ledger.counters[JOURNAL] + 8 * (ledger.counters[LIVE] + movements)
        + 15 * orders + 12 * buyers + 1 <= len(ledger.journal)
    )


@kernel
def run_months(state, stop):
    """Run months until `stop`, as one compiled loop over the phases.

    Parameters
    ----------
    state : State, changed in place
    stop : month number before which to end

    Returns
    -------
    bool
        False where an array needs more room before the next month can run.
    """
    s = state
    clock, rules, ledger, monthly = s.clock, s.rules, s.ledger, s.monthly
    while clock[Clock.MONTH] < stop:
        if not _has_room(
            clock, s.projects, s.firms, s.stands, ledger, s.verifications, s.deals
        ):
            return False
        clock[Clock.PHASE] = 0
        grow(clock, rules.growth[0], s.projects, s.stands, s.plant_growth, s.soil_growth, monthly)
        if not _sums_hold(clock, ledger):
            return True
        clock[Clock.PHASE] = 1
        join(clock, rules.joining[0], rules.registry[0], s.projects)
        clock[Clock.PHASE] = 2
        ask_verification(
            clock, rules.verification[0], rules.registry[0], s.projects, ledger, s.verifications,
            monthly,
        )
        if not _sums_hold(clock, ledger):
            return True
        clock[Clock.PHASE] = 3
        issue(
            clock, rules.verification[0], rules.permanence[0], rules.spot_audit[0],
            rules.reserve[0], rules.eligibility[0], s.projects, ledger, s.verifications, monthly,
        )
        if not _sums_hold(clock, ledger):
            return True
        clock[Clock.PHASE] = 4
        maintain(
            clock, rules.permanence[0], rules.verification[0], rules.market[0], s.projects,
            s.stands, ledger, monthly,
        )
        clock[Clock.PHASE] = 5
        reverse(
            clock, rules.permanence[0], s.projects, s.stands, s.firms, ledger, s.verifications,
            monthly,
        )
        clock[Clock.PHASE] = 6
        inspect(
            clock, rules.spot_audit[0], rules.trust[0], s.prices, s.projects, ledger,
            s.verifications, monthly,
        )
        if not _sums_hold(clock, ledger):
            return True
        clock[Clock.PHASE] = 7
        move_allowance_price(
            clock, rules.allowance_price[0], rules.compliance[0], rules.regime[0],
            rules.penalty[0], rules.expectations[0], rules.banking[0], s.historical_price, s.news,
            s.prices, monthly,
        )
        clock[Clock.PHASE] = 8
        report_emissions(
            clock, rules.emissions[0], rules.voluntary[0], rules.compliance[0], rules.regime[0],
            rules.quota[0], rules.allowance_price[0], s.prices, s.firms,
        )
        clock[Clock.PHASE] = 9
        give_allowances(
            clock, rules.allowance_price[0], rules.allowance_market[0], rules.regime[0],
            rules.banking[0], s.firms, s.authority,
        )
        clock[Clock.PHASE] = 10
        retrofit(
            clock, rules.retrofit[0], rules.regime[0], rules.expectations[0], s.prices, s.firms,
            monthly,
        )
        clock[Clock.PHASE] = 11
        quote(
            clock, rules.market[0], rules.verification[0], rules.quote[0], rules.bargaining[0],
            rules.expectations[0], s.prices, s.foreseen, s.projects, ledger, s.orders, monthly,
        )
        if not _sums_hold(clock, ledger):
            return True
        clock[Clock.PHASE] = 12
        bid_voluntary(
            clock, rules.voluntary[0], rules.compliance[0], rules.regime[0],
            rules.expectations[0], s.news, s.prices, s.firms, s.neighbours.starts,
            s.neighbours.others, ledger, s.orders, monthly,
        )
        clock[Clock.PHASE] = 13
        agree(
            clock, rules.allowance_price[0], rules.allowance_market[0], rules.emissions[0],
            rules.market[0], rules.listing[0], rules.call_auction[0], rules.bilateral[0],
            rules.pay_as_bid[0], rules.mcafee[0], rules.one_way_auction[0], rules.administered[0],
            rules.reverse_auction[0], rules.continuous[0], rules.price_limits[0],
            rules.trading_units[0], rules.transaction_tax[0], rules.reserve[0],
            rules.compliance[0], rules.eligibility[0], rules.regime[0], rules.penalty[0],
            rules.banking[0], rules.enforcement[0], rules.expectations[0], s.coming,
            rules.quota[0], s.prices, s.firms, s.authority, ledger, s.orders, s.filled, s.matches,
            monthly,
        )
        if not _sums_hold(clock, ledger):
            return True
        clock[Clock.PHASE] = 14
        bid_compliance(
            clock, rules.compliance[0], rules.eligibility[0], rules.regime[0], rules.banking[0],
            s.prices, s.firms, s.orders, monthly,
        )
        clock[Clock.PHASE] = 15
        bid_quota(clock, rules.quota[0], rules.compliance[0], s.firms, s.orders, monthly)
        clock[Clock.PHASE] = 16
        bid_public(clock, rules.market[0], rules.reverse_auction[0], s.orders, monthly)
        clock[Clock.PHASE] = 17
        offer_reserve(clock, rules.market[0], rules.reserve[0], ledger, s.orders, monthly)
        if not _sums_hold(clock, ledger):
            return True
        clock[Clock.PHASE] = 18
        regulate(
            clock, rules.price_limits[0], rules.trading_units[0], rules.transaction_tax[0],
            s.prices, s.orders, monthly,
        )
        clock[Clock.PHASE] = 19
        clear(
            clock, rules.market[0], rules.listing[0], rules.call_auction[0], rules.bilateral[0],
            rules.pay_as_bid[0], rules.mcafee[0], rules.one_way_auction[0], rules.administered[0],
            rules.reverse_auction[0], rules.continuous[0], rules.trading_units[0], s.orders,
            s.filled, s.matches,
        )
        clock[Clock.PHASE] = 20
        judge(
            clock, rules.market[0], rules.verification[0], rules.bilateral[0],
            rules.trading_units[0], rules.reserve[0], rules.voluntary[0], s.projects, s.firms,
            ledger, s.orders, s.filled, monthly,
        )
        clock[Clock.PHASE] = 21
        settle(
            clock, rules.market[0], rules.reinvestment[0], rules.voluntary[0],
            rules.transaction_tax[0], s.projects, s.firms, ledger, s.orders, s.matches, s.deals,
            monthly,
        )
        if not _sums_hold(clock, ledger):
            return True
        clock[Clock.PHASE] = 22
        learn(clock, rules.quote[0], rules.bargaining[0], s.prices, s.projects, monthly)
        clock[Clock.PHASE] = 23
        retire(clock, rules.voluntary[0], s.firms, ledger, monthly)
        if not _sums_hold(clock, ledger):
            return True
        clock[Clock.PHASE] = 24
        trade_allowances(
            clock, rules.allowance_price[0], rules.allowance_market[0], rules.emissions[0],
            rules.listing[0], rules.call_auction[0], rules.bilateral[0], rules.pay_as_bid[0],
            rules.mcafee[0], rules.one_way_auction[0], rules.administered[0],
            rules.reverse_auction[0], rules.continuous[0], rules.compliance[0],
            rules.eligibility[0], rules.regime[0], rules.penalty[0], rules.banking[0],
            rules.enforcement[0], rules.expectations[0], s.coming, s.prices, s.firms, s.authority,
            ledger, s.orders, s.filled, s.allowance_orders, s.allowance_filled,
            s.allowance_matches, monthly,
        )
        if not _sums_hold(clock, ledger):
            return True
        clock[Clock.PHASE] = 25
        comply(
            clock, rules.allowance_price[0], rules.allowance_market[0], rules.compliance[0],
            rules.eligibility[0], rules.regime[0], rules.penalty[0], rules.expectations[0],
            rules.banking[0], rules.enforcement[0], s.coming, s.prices, s.foreseen, s.firms,
            ledger, monthly,
        )
        if not _sums_hold(clock, ledger):
            return True
        clock[Clock.PHASE] = 26
        meet_quota(clock, rules.quota[0], s.firms, ledger, monthly)
        if not _sums_hold(clock, ledger):
            return True
        clock[Clock.PHASE] = 27
        reinvest(clock, rules.reinvestment[0], s.projects, s.stands, ledger, monthly)
        if not _sums_hold(clock, ledger):
            return True
        clock[Clock.PHASE] = 28
        record(clock, ledger, monthly)
        clock[Clock.FAULT] = balanced(ledger)
        if clock[Clock.FAULT] != 0:
            return True
        clock[Clock.MONTH] += 1
    return True


def arguments(phase: Phase, state: State) -> list[Any]:
    """Arguments of a phase's kernel, taken from a state.

    Parameters
    ----------
    phase : Phase
    state : State

    Returns
    -------
    list
    """
    found = []
    for path in phase.takes:
        part: Any = state
        for name in path.split("."):
            part = getattr(part, name)
        found.append(part[0] if path.startswith("rules.") else part)
    return found
