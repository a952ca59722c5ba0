"""Names for the coded columns: what a motive, a state or a refusal is called."""

from enum import IntEnum, unique

__all__ = [
    "Account",
    "AskStrategy",
    "Banking",
    "CreditState",
    "Eligibility",
    "Entry",
    "Foresight",
    "Kind",
    "Liability",
    "Measure",
    "Mechanism",
    "Motive",
    "Occasion",
    "Operation",
    "PathKind",
    "PenaltyForm",
    "Purpose",
    "Refusal",
    "Regime",
    "Side",
    "Standing",
]


@unique
class Kind(IntEnum):
    """Kind of agent; the leading digits of every stable id."""

    PROJECT = 1
    FIRM = 2
    REGISTRY = 3
    GOVERNMENT = 4


@unique
class Measure(IntEnum):
    """Treatment of a piece of land in a small watershed."""

    PROTECTION_FOREST = 0
    CLOSURE_REPLANTING = 1
    LOW_YIELD_FOREST = 2
    TENDING = 3
    TERRACE = 4
    GRASS = 5
    CHECK_DAM = 6


@unique
class AskStrategy(IntEnum):
    """How a seller forms its ask."""

    FOCAL = 0
    TRUTHFUL = 1
    POSTED = 2
    BARGAINING = 3
    STORAGE = 4


@unique
class Side(IntEnum):
    """Side of an order."""

    SELL = 0
    BUY = 1


@unique
class Motive(IntEnum):
    """Why an order is sent."""

    SUPPLY = 0
    VOLUNTARY = 1
    COMPLIANCE = 2
    QUOTA = 3
    PUBLIC = 4
    ALLOWANCE = 5


@unique
class Eligibility(IntEnum):
    """Credits that a bid accepts, or that an ask offers.

    A bid for any credits accepts every ask; an ask of any credits is one of those that do not count
    for compliance. A bid for local credits accepts those that count and come from its province.
    """

    ANY = 0
    ELIGIBLE = 1
    LOCAL = 2


@unique
class Standing(IntEnum):
    """What a credit is to a firm, the least useful first."""

    OTHER = 0
    ELSEWHERE = 1
    LOCAL = 2


@unique
class Occasion(IntEnum):
    """What gives rise to a voluntary purchase."""

    NONE = 0
    NEUTRALITY = 1
    FOOTPRINT = 2
    LOCAL_SUPPORT = 3
    COLLATERAL = 4
    PLANNED = 5
    GREEN_RESERVE = 6


@unique
class Purpose(IntEnum):
    """What a retired or cancelled credit was used for."""

    NONE = 0
    OWN_EMISSIONS = 1
    LOCAL_SUPPORT = 2
    COMPLIANCE = 3
    QUOTA = 4
    REVERSAL = 5
    OVER_CREDITING = 6


@unique
class CreditState(IntEnum):
    """State of a block of credits in the registry. The last two are final."""

    HELD = 0
    ESCROW = 1
    PLEDGED = 2
    BUFFER = 3
    RETIRED = 4
    CANCELLED = 5


@unique
class Account(IntEnum):
    """Accounts that are there in every run; those of projects and firms follow."""

    OUTSIDE = 0
    TREASURY = 1
    EXCHANGE = 2
    VERIFIER = 3
    CONTRACTORS = 4
    ALLOWANCE_MARKET = 5
    BUFFER_POOL = 6
    RESERVE = 7


@unique
class Entry(IntEnum):
    """What a line of the journal records."""

    OPENING = 0
    ISSUE = 1
    OFFER = 2
    WITHDRAW = 3
    DELIVER = 4
    RETIRE = 5
    PLEDGE = 6
    RELEASE = 7
    CANCEL = 8
    DEPOSIT = 9
    PAYMENT = 10
    EARMARK = 11
    EXCHANGE_FEE = 12
    VERIFICATION_FEE = 13
    TREATMENT = 14
    PUBLIC_SHARE = 15
    SUBSIDY = 16
    ALLOWANCES = 17
    PENALTY = 18
    PRICE_DIFFERENCE = 19
    TRANSACTION_TAX = 20
    CARBON_TAX = 21
    FINE = 22
    RIVAL_CREDITS = 23
    UPKEEP = 24
    SPOT_AUDIT = 25
    REPLENISH = 26


@unique
class Refusal(IntEnum):
    """Why the registry did not do what it was asked."""

    NONE = 0
    NOT_ENOUGH_CREDITS = 1
    NOT_ENOUGH_MONEY = 2
    NOT_POSITIVE = 3
    UNKNOWN_ACCOUNT = 4
    FINAL_STATE = 5
    SAME_PLACE = 6
    NO_PURPOSE = 7
    UNKNOWN_OPERATION = 8
    UNKNOWN_STATE = 9
    UNKNOWN_PURPOSE = 10
    PURPOSE_TOO_EARLY = 11
    NOT_AT_ISSUE = 12
    NOT_FREE = 13
    WRONG_ENTRY = 14
    WRONG_MONTH = 15
    TOO_LARGE = 16


@unique
class Operation(IntEnum):
    """What the registry can be asked to do."""

    ISSUE = 0
    PAY = 1
    MOVE = 2
    MOVE_CHOSEN = 3
    MOVE_LEAST_USEFUL = 4
    MOVE_OF_PROJECT = 5


@unique
class Mechanism(IntEnum):
    """Pricing rule of the credit market."""

    LISTING = 0
    CALL_AUCTION = 1
    BILATERAL = 2
    PAY_AS_BID = 3
    MCAFEE = 4
    ONE_WAY_AUCTION = 5
    ADMINISTERED = 6
    REVERSE_AUCTION = 7
    CONTINUOUS = 8


@unique
class PathKind(IntEnum):
    """How the exogenous allowance price moves."""

    CONSTANT = 0
    HISTORICAL_ANNUAL = 1
    MEAN_REVERTING = 2
    RECORD_THEN_REVERTING = 3
    ENDOGENOUS = 4


@unique
class Foresight(IntEnum):
    """What those who look ahead know of the future."""

    ANNOUNCED = 0
    PERFECT = 1


@unique
class Regime(IntEnum):
    """What covered firms owe."""

    CAP = 0
    ABSOLUTE = 1
    TAX = 2
    NEUTRALISATION = 3
    NONE = 4


@unique
class Liability(IntEnum):
    """Who makes good for a reversal."""

    POOL = 0
    SELLER = 1
    BUYER = 2
    NONE = 3


@unique
class PenaltyForm(IntEnum):
    """How the penalty for an uncovered tonne is set."""

    MULTIPLE = 0
    FIXED = 1


@unique
class Banking(IntEnum):
    """Whether allowances may be carried over."""

    NONE = 0
    UNLIMITED = 1
    NATIONAL = 2
