"""Scenarios: frozen, validated, and everything that a run depends on but its seed."""

import hashlib
import itertools
import json
from collections.abc import Mapping
from typing import Annotated, Literal, Self

from pydantic import Field, ValidationError, model_validator

from agents.buyers.abatement import RetrofitParameters
from agents.buyers.banking import BankingParameters
from agents.buyers.compliance import ComplianceParameters
from agents.buyers.emissions import EmissionsParameters
from agents.buyers.enforcement import EnforcementParameters
from agents.buyers.penalty import PenaltyParameters
from agents.buyers.quota import QuotaParameters
from agents.buyers.regime import RegimeParameters
from agents.buyers.trust import TrustParameters
from agents.buyers.voluntary import VoluntaryParameters
from agents.expectations import ExpectationParameters
from agents.parameters import Declaration, Month, Parameters, declarations, month_text, param
from agents.quantities import FEN_PER_YUAN, to_fen
from agents.registry.eligibility import EligibilityParameters
from agents.registry.parameters import RegistryParameters
from agents.registry.permanence import PermanenceParameters
from agents.registry.spot_audit import SpotAuditParameters
from agents.sellers.bargaining import BargainingParameters
from agents.sellers.growth import GrowthParameters
from agents.sellers.joining import JoiningParameters
from agents.sellers.quote import QuoteParameters
from agents.sellers.reinvestment import ReinvestmentParameters
from agents.sellers.verification import VerificationParameters
from simulation.allowance_market import NOT_FOR_ALLOWANCES, AllowanceMarketParameters
from simulation.allowance_price import AllowancePriceParameters
from simulation.errors import InputError, ScenarioError, close_to
from simulation.groups import FirmGroup, ProjectGroup, province_of
from simulation.markets.administered import AdministeredRules
from simulation.markets.bilateral import BilateralRules
from simulation.markets.call_auction import CallAuctionRules
from simulation.markets.continuous import ContinuousRules
from simulation.markets.listing import ListingRules
from simulation.markets.mcafee import McAfeeRules
from simulation.markets.one_way_auction import OneWayAuctionRules
from simulation.markets.overlays.price_limits import PriceLimits, allowed_prices
from simulation.markets.overlays.reserve import ReserveParameters
from simulation.markets.overlays.trading_units import TradingUnits
from simulation.markets.overlays.transaction_tax import TransactionTax
from simulation.markets.pay_as_bid import PayAsBidRules
from simulation.markets.reverse_auction import ReverseAuctionRules
from simulation.network import NetworkParameters, edges_digest
from simulation.reference_data import UnknownTradeError, trade
from simulation.scenario_files import (
    Overrides,
    first_problem,
    origin_of,
    read_scenario,
    scenario_names,
)
from simulation.timeline import Event, lever_keys

__all__ = [
    "LEVERS",
    "SECTIONS",
    "MarketParameters",
    "Scenario",
    "declared",
    "load",
    "scenario_names",
]


# More would not fit the stable ids, which draws take as 32 bits.
GROUPS = Field(strict=False, max_length=998)


class MarketParameters(Parameters):
    """The credit market."""

    mechanism: Literal[
        "listing",
        "call_auction",
        "bilateral",
        "pay_as_bid",
        "mcafee",
        "one_way_auction",
        "administered",
        "reverse_auction",
        "continuous",
    ] = param(
        "listing", unit="name", role="lever", source="listing is how the seed case was sold",
        label="Pricing rule", label_zh="定价机制",
    )
    exchange_fee_share: float = param(
        0.0, unit="1", low=0, high=0.5, role="lever", source="assumption A15",
        label="Exchange fee, share of the price, paid by the seller",
        label_zh="交易手续费率（卖方）",
    )


class Scenario(Parameters):
    """A world and its rules.

    Two scenarios with equal `fingerprint` give equal runs for equal seeds.
    """

    name: str = param(
        unit="name", role="design", source="the scenario", label="Name", label_zh="名称",
    )
    title: str = param(
        "", unit="name", role="design", source="the scenario", label="Title", label_zh="英文标题",
    )
    title_zh: str = param(
        "", unit="name", role="design", source="the scenario", label="Chinese title",
        label_zh="标题",
    )
    start: Month = param(
        unit="month", role="design", source="the scenario",
        label="First month", label_zh="起始月份",
    )
    months: int = param(
        unit="months", low=1, high=2400, role="design", source="the scenario",
        label="Months", label_zh="月数",
    )
    currency: Literal["yuan", "USD", "EUR", "AUD"] = param(
        "yuan", unit="name", role="design", source="the scenario",
        label="Currency that every amount of money is in", label_zh="金额所用货币",
    )
    market: MarketParameters = MarketParameters()
    listing: ListingRules = ListingRules()
    call_auction: CallAuctionRules = CallAuctionRules()
    bilateral: BilateralRules = BilateralRules()
    pay_as_bid: PayAsBidRules = PayAsBidRules()
    mcafee: McAfeeRules = McAfeeRules()
    one_way_auction: OneWayAuctionRules = OneWayAuctionRules()
    administered: AdministeredRules = AdministeredRules()
    reverse_auction: ReverseAuctionRules = ReverseAuctionRules()
    continuous: ContinuousRules = ContinuousRules()
    price_limits: PriceLimits = PriceLimits()
    trading_units: TradingUnits = TradingUnits()
    transaction_tax: TransactionTax = TransactionTax()
    reserve: ReserveParameters = ReserveParameters()
    growth: GrowthParameters = GrowthParameters()
    verification: VerificationParameters = VerificationParameters()
    permanence: PermanenceParameters = PermanenceParameters()
    spot_audit: SpotAuditParameters = SpotAuditParameters()
    trust: TrustParameters = TrustParameters()
    registry: RegistryParameters = RegistryParameters()
    joining: JoiningParameters = JoiningParameters()
    quote: QuoteParameters = QuoteParameters()
    bargaining: BargainingParameters = BargainingParameters()
    expectations: ExpectationParameters = ExpectationParameters()
    reinvestment: ReinvestmentParameters = ReinvestmentParameters()
    emissions: EmissionsParameters = EmissionsParameters()
    retrofit: RetrofitParameters = RetrofitParameters()
    voluntary: VoluntaryParameters = VoluntaryParameters()
    compliance: ComplianceParameters = ComplianceParameters()
    regime: RegimeParameters = RegimeParameters()
    penalty: PenaltyParameters = PenaltyParameters()
    banking: BankingParameters = BankingParameters()
    enforcement: EnforcementParameters = EnforcementParameters()
    quota: QuotaParameters = QuotaParameters()
    eligibility: EligibilityParameters = EligibilityParameters()
    allowance_price: AllowancePriceParameters = AllowancePriceParameters()
    allowance_market: AllowanceMarketParameters = AllowanceMarketParameters()
    network: NetworkParameters = NetworkParameters()
    projects: Annotated[tuple[ProjectGroup, ...], GROUPS] = ()
    firms: Annotated[tuple[FirmGroup, ...], GROUPS] = ()
    events: Annotated[tuple[Event, ...], Field(strict=False)] = ()

    @model_validator(mode="after")
    def _replays_complete(self) -> Self:
        for row, group in enumerate(self.projects):
            for name in ("area_ha", "treated"):
                if getattr(group, name) is None and not group.trade:
                    raise ValueError(
                        f"projects.{row}.{name} is missing. Give it, or name a real trade."
                    )
            if group.strategy == "posted" and not group.trade:
                raise ValueError(
                    f"projects.{row}.strategy = 'posted' replays a real lot. Name it in "
                    f"projects.{row}.trade."
                )
            self._complete_trade(f"projects.{row}.trade", group)
        for row, group in enumerate(self.firms):
            self._complete_trade(f"firms.{row}.trade", group)
            if group.trade and group.planned is None:
                raise ValueError(
                    f"firms.{row}.planned is missing. Give the month in which the firm of trade "
                    f"{group.trade} buys."
                )
        return self

    @staticmethod
    def _complete_trade(key: str, group: ProjectGroup | FirmGroup) -> None:
        if not group.trade:
            return
        try:
            real = trade(group.trade)
        except UnknownTradeError as error:
            raise ValueError(f"{key} = {error}") from None
        needed = ["traded_t", "price_fen"]
        if isinstance(group, ProjectGroup):
            needed += ["watershed_km2"] * (group.area_ha is None)
            needed += ["accrual_start"] * (group.treated is None)
        lacking = [name for name in needed if getattr(real, name) is None]
        if lacking:
            raise ValueError(
                f"{key} = {group.trade!r} has no {', '.join(lacking)} in data/trades.csv. Choose "
                "another trade or give the value in the scenario."
            )

    @model_validator(mode="after")
    def _some_price_allowed(self) -> Self:
        limits, tick = self.price_limits, to_fen(self.trading_units.tick_yuan_per_t)
        low, high = allowed_prices(
            limits.floor_yuan_per_t, limits.ceiling_yuan_per_t, 0.0, 0.0, tick
        )
        if low > high:
            raise ValueError(
                f"trading_units.tick_yuan_per_t = {self.trading_units.tick_yuan_per_t} leaves no "
                f"price between price_limits.floor_yuan_per_t = {limits.floor_yuan_per_t} and "
                f"ceiling_yuan_per_t = {limits.ceiling_yuan_per_t}. Lower the tick."
            )
        guide = self.administered.price_yuan_per_t
        if self.market.mechanism == "administered" and not low <= to_fen(guide) <= high:
            raise ValueError(
                f"administered.price_yuan_per_t = {guide} is outside the price limits of "
                f"{low / FEN_PER_YUAN} and {high / FEN_PER_YUAN}: nothing could ever trade. Move "
                "one of them."
            )
        return self

    @model_validator(mode="after")
    def _allowances_tradable(self) -> Self:
        if self.allowance_price.path != "endogenous":
            return self
        if self.expectations.foresight == "perfect":
            raise ValueError(
                "expectations.foresight = 'perfect' needs an allowance price that is known "
                "beforehand, and allowance_price.path = 'endogenous' is made by the firms. Choose "
                "'announced', or another path."
            )
        market, says = self.allowance_market, "allowance_price.path = 'endogenous'"
        if self.compliance.deadline_month != 12:
            raise ValueError(
                f"{says} settles each year at its own end, and compliance.deadline_month = "
                f"{self.compliance.deadline_month}. Set it to 12."
            )
        if self.regime.kind not in ("cap", "absolute"):
            raise ValueError(
                f"{says} needs a regime with allowances, and regime.kind = {self.regime.kind!r}. "
                "Choose 'cap' or 'absolute', or another path."
            )
        if not any(group.covered for group in self.firms):
            raise ValueError(
                f"{says} needs firms that trade, and none is covered. Give a group of firms "
                "`covered = true`, or choose another path."
            )
        if market.mechanism in NOT_FOR_ALLOWANCES:
            raise ValueError(
                f"allowance_market.mechanism = {market.mechanism!r} has no meaning for allowances: "
                "it rests on a contact network, on single lots, on a public buyer or on the guide "
                "price of credits. Choose another, such as 'call_auction'."
            )
        if market.auction_share > 0.0 and market.mechanism == "mcafee":
            raise ValueError(
                f"allowance_market.auction_share = {market.auction_share} with mechanism = "
                "'mcafee' would sell nothing: trade reduction drops the worst seller that trades, "
                "and at an auction that is the authority. Choose another mechanism, or auction "
                "nothing."
            )
        if market.reserve_on and market.auction_share == 0.0:
            raise ValueError(
                "allowance_market.reserve_on = true takes allowances from auctions, and "
                "auction_share = 0 holds none. Auction a share, or switch the reserve off."
            )
        steps = [
            (name, getattr(market, f"{name}_yuan_per_t"))
            for name in ("floor", "tier_1", "tier_2", "ceiling")
        ]
        steps = [step for step in steps if step[1] > 0]
        for (low, least), (high, most) in itertools.pairwise(steps):
            if most < least:
                raise ValueError(
                    f"allowance_market.{high}_yuan_per_t = {most} is below "
                    f"{low}_yuan_per_t = {least}. Let prices rise from floor to ceiling."
                )
        levels = (market.reserve_lower_t, market.reserve_middle_t, market.reserve_upper_t)
        if market.reserve_on and list(levels) != sorted(levels):
            raise ValueError(
                f"allowance_market.reserve_lower_t, reserve_middle_t, reserve_upper_t = {levels} "
                "do not rise. Give the lowest threshold first."
            )
        return self

    @model_validator(mode="after")
    def _quota_somewhere(self) -> Self:
        known = {province_of(group) for group in self.firms}
        for row, name in enumerate(self.quota.provinces):
            if name not in known:
                raise ValueError(
                    f"quota.provinces.{row} = {name!r} is the province of no firm"
                    f"{close_to(name, known)}. Give one of {', '.join(sorted(known))}."
                )
        return self

    @model_validator(mode="after")
    def _eligible_somewhere(self) -> Self:
        rules = self.eligibility
        for field, known in (
            ("credit_classes", {group.credit_class for group in self.projects}),
            ("provinces", {province_of(group) for group in self.projects}),
        ):
            for row, name in enumerate(getattr(rules, field)):
                if name not in known:
                    what = field.removesuffix("s").replace("_", " ")
                    what = what.replace("classe", "class")
                    raise ValueError(
                        f"eligibility.{field}.{row} = {name!r} is the {what} of no project"
                        f"{close_to(name, known)}. Give one of {', '.join(sorted(known))}."
                    )
        first, last = rules.first_vintage_year, rules.last_vintage_year
        if 0 < last < first:
            raise ValueError(
                f"eligibility.last_vintage_year = {last} is before first_vintage_year = {first}: "
                "no credit could count. Swap them, or set one of them to 0."
            )
        return self

    def class_counts(self, group: ProjectGroup) -> bool:
        """Whether credits of a group are of a class and province that count.

        Parameters
        ----------
        group : ProjectGroup

        Returns
        -------
        bool
        """
        rules = self.eligibility
        return (not rules.credit_classes or group.credit_class in rules.credit_classes) and (
            not rules.provinces or province_of(group) in rules.provinces
        )

    @model_validator(mode="after")
    def _events_possible(self) -> Self:
        for row, event in enumerate(self.events):
            if event.effective < event.announced:
                raise ValueError(
                    f"events.{row}.effective = {month_text(event.effective)} is before its "
                    f"announcement in {month_text(event.announced)}. Swap them."
                )
            if event.effective < self.start:
                raise ValueError(
                    f"events.{row}.effective = {month_text(event.effective)} is before the first "
                    f"month {month_text(self.start)}. Set the lever in its table instead."
                )
        # Also what takes effect after the end: announced before, agents foresee it.
        self.at(max([self.stop, *(event.effective for event in self.events)]))
        return self

    def at(self, month: int) -> Self:
        """Scenario as the events up to and with a month leave it.

        Parameters
        ----------
        month : int

        Returns
        -------
        Scenario
            With the levers moved, the events still listed.

        Raises
        ------
        ValueError
            When an event moves what is no lever, or to a value that is not allowed beside those
            of the events before it.
        """
        moved = self
        for row, event in sorted(enumerate(self.events), key=lambda pair: pair[1].effective):
            if event.effective <= month:
                moved = moved.with_levers(event.set, where=f"events.{row}.set")
        return moved

    @property
    def stop(self) -> int:
        """Month after the last one."""
        return self.start + self.months

    @property
    def fingerprint(self) -> str:
        """Hash of everything in the scenario, twelve hexadecimal digits."""
        text = json.dumps(self.model_dump(mode="json"), sort_keys=True)
        if self.network.kind == "edge_list":
            text += edges_digest(self.network.edges)
        return hashlib.sha256(text.encode()).hexdigest()[:12]

    def with_levers(self, settings: Mapping[str, object], *, where: str = "") -> Self:
        """Scenario in which some levers are set, all at once.

        Parameters
        ----------
        settings : mapping
            Dotted key of a lever to its new value.
        where : str
            What to call the place in an error.

        Returns
        -------
        Scenario
            The changed one; this one stays as it is.

        Raises
        ------
        ValueError
            When a key is no lever, a value is not allowed, or two of them do not go together.
        """
        start = f"{where}: " if where else ""
        fields: dict[str, dict[str, object]] = {}
        for key, value in settings.items():
            if key not in LEVERS:
                raise ValueError(f"{start}{no_lever(key)}")
            section, field = LEVERS[key]
            fields.setdefault(section, {})[field] = value
        sections = {}
        for section, values in fields.items():
            table = getattr(self, section)
            try:
                sections[section] = type(table).model_validate({**table.model_dump(), **values})
            except ValidationError as error:
                prefix = f"{where}.{section}" if where else section
                if len(values) == 1 and error.errors()[0]["loc"]:
                    prefix += f".{next(iter(values))}"
                key, message = first_problem(error, prefix)
                message = message if message.startswith(key) else f"{key}: {message}"
                raise ValueError(message.removesuffix(".")) from None
        moved = self.model_copy(update=sections)
        try:
            moved._some_price_allowed()
            moved._allowances_tradable()
            moved._eligible_somewhere()
        except ValueError as error:
            raise ValueError(f"{start}{error}") from None
        return moved


SECTIONS: dict[str, type[Parameters]] = {
    name: field.annotation
    for name, field in Scenario.model_fields.items()
    if isinstance(field.annotation, type) and issubclass(field.annotation, Parameters)
}


def no_lever(key: str) -> str:
    """Why a key cannot be moved by an event, and what to do.

    Parameters
    ----------
    key : str

    Returns
    -------
    str
    """
    if any(item.key == key for item in declared()):
        return f"{key!r} is not a lever: nobody can decide it. Set it in its table."
    return f"{key!r} is not a lever{close_to(key, LEVERS)}."


# Collected once: every run asks for them, and going through all declarations takes as long as some
# months.
LEVERS = lever_keys(SECTIONS)


def declared() -> list[Declaration]:
    """Every declared parameter of a scenario, groups and events included."""
    found = list(declarations(Scenario))
    found += declarations(ProjectGroup, "projects.N.")
    found += declarations(FirmGroup, "firms.N.")
    found += declarations(Event, "events.N.")
    return found


def load(source: str, overrides: Overrides | None = None) -> Scenario:
    """Load a scenario.

    Parameters
    ----------
    source : str
        Name of a scenario that ships, or path of a TOML file.
    overrides : mapping, optional
        Dotted key to value; ``projects.0.count`` reaches into a group.

    Returns
    -------
    Scenario

    Raises
    ------
    ScenarioError
        When the file cannot be read, a key is unknown, or a value is not allowed; one line that
        says where, what, the limit and the way out.
    """
    table, origins = read_scenario(source, overrides or {})
    for key in ("schedule", "laboratory"):
        if key in table:
            where = origin_of(key, origins, source)
            raise ScenarioError(
                f"{where}: {key} belongs to laboratory markets, and {source} is a world of "
                "projects and firms. Take it out, or run smith-1962 or another laboratory market."
                if where == "--set" else
                f"{source}: is a laboratory market, which has no months, projects or firms. "
                "Use `swcmarket run` or `compare`; in Python simulation.laboratory.load_laboratory."
            )
    try:
        return Scenario.model_validate(table)
    except InputError as error:
        raise ScenarioError(f"{source}: {error}") from None
    except ValidationError as error:
        key, message = first_problem(error, "")
        where = origin_of(key, origins, source, message)
        raise ScenarioError(f"{where}: {message}") from None
