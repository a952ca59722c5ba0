"""Seller projects of the object version."""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import mesa

from agents.vocabulary import CreditState, Eligibility, Entry, Kind, Measure, Motive
from benchmarks.object_integrity import KeepsLand, Period
from benchmarks.object_setup import province_of
from simulation.draws import JOIN, MEASUREMENT, SETUP_PROJECT, SPOT_AUDIT
from simulation.groups import ProjectGroup
from simulation.reference_data import first_month_of, trade

if TYPE_CHECKING:
    from benchmarks.object_model import ObjectMarketModel

__all__ = ["Project", "Stand", "stable_id"]

HELD, ESCROW, BUFFER = CreditState.HELD, CreditState.ESCROW, CreditState.BUFFER
HA_PER_KM2 = 100.0


def stable_id(kind: Kind, group: int, place: int) -> int:
    """Id that agents added at the end of any group leave alone."""
    return kind * 1_000_000_000 + (group + 1) * 1_000_000 + place


@dataclass(slots=True)
class Stand:
    """Land treated with one measure in one month."""

    measure: Measure
    area_ha: float
    treated_month: int
    # In a world without credit revenue.
    area_without_ha: float
    plant_t: float = 0.0
    soil_t: float = 0.0
    plant_without_t: float = 0.0
    soil_without_t: float = 0.0

    def burn(self, share: float) -> None:
        """Lose a share of everything."""
        self.plant_t -= self.plant_t * share
        self.soil_t -= self.soil_t * share
        self.area_ha -= self.area_ha * share

    def burn_without(self, share: float) -> None:
        """Lose it in the world without credit revenue."""
        self.plant_without_t -= self.plant_without_t * share
        self.soil_without_t -= self.soil_without_t * share
        self.area_without_ha -= self.area_without_ha * share


class Project(KeepsLand, mesa.Agent):
    """A seller: its land grows, is verified, and its credits are offered."""

    def __init__(
        self, model: "ObjectMarketModel", group: ProjectGroup, number: int, place: int
    ) -> None:
        super().__init__(model)
        self.stable_id = stable_id(Kind.PROJECT, number, place)
        self.cluster = stable_id(Kind.PROJECT, number, place // group.cluster_size)
        self.account = model.ledger.open_account(f"project {self.stable_id}")
        self.fund = model.ledger.open_account(f"watershed of project {self.stable_id}")
        self.group = group
        self.province = province_of(group)
        self.joined = group.joined
        self.strategy = group.strategy or model.parameters.quote.strategy
        self.treatable_ha = group.treatable_ha
        self.new_measure = Measure[group.new_measure.upper()]
        size, site, baseline, _ = model.lasting_draws(SETUP_PROJECT, self.stable_id)
        self.inflation_draw = model.rules.normal_quantile(baseline)
        self.site_index = math.exp(group.site_deviation * model.rules.normal_quantile(site))
        real = trade(group.trade) if group.trade else None
        area = group.area_ha
        if area is None:
            area = real.watershed_km2 * HA_PER_KM2
        area *= math.exp(group.area_deviation * model.rules.normal_quantile(size))
        treated = group.treated
        if treated is None:
            treated = first_month_of(real.accrual_start)
        self.plant_t = self.soil_t = 0.0
        self.growth_t_per_year = 0.0
        self.stands: list[Stand] = []
        for name, share in group.shares.model_dump().items():
            if share > 0.0:
                stand = self.treat(Measure[name.upper()], area * share, treated, area * share)
                plant, soil = model.stored_per_ha(stand)
                stand.plant_t = stand.plant_without_t = self._plant_scale(stand.area_ha) * plant
                stand.soil_t = stand.soil_without_t = stand.area_ha * soil
                self.plant_t += stand.plant_t
                self.soil_t += stand.soil_t
        self.plant_without_t, self.soil_without_t = self.plant_t, self.soil_t
        self.measured_t = self.measured_soil_t = self.measured_without_t = 0.0
        self.periods: list[Period] = []
        self.reversed_t = self.found_t = self.uncovered_t = self.owed_t = self.owed_to_pool_t = 0
        self.kept_up = True
        self.audit_month = 0
        self.audited: Period | None = None
        self.due_month: int | None = None
        self.period_start = treated
        self.period = (treated, treated)
        self.verified_t = self.issued_t = 0
        self.believed_price = model.parameters.quote.guide_price_yuan_per_t
        self.posted_t = self.posted_fen = 0
        if group.strategy == "posted":
            self.posted_t, self.posted_fen = real.traded_t, real.price_fen
            self.believed_price = real.price_fen / 100.0
        self.markup = 0.0
        self.sale_chance = model.parameters.bargaining.first_sale_chance
        self.offered_t = self.offered_counting_t = self.ask_fen = 0
        self.sold_t = self.sold_this_month_t = 0
        self.proceeds_fen = self.earmarked_fen = self.treatment_fen = 0
        model.ledger.pay(
            model.outside, self.account, model.rules.to_fen(group.cash_yuan), Entry.OPENING,
            model.month,
        )

    def _plant_scale(self, area: float) -> float:
        return area * self.model.parameters.growth.plant_scale * self.site_index

    def treat(self, measure: Measure, area: float, month: int, without: float) -> Stand:
        """New stand of this project, and how much of it there would be without credits."""
        stand = Stand(measure, area, month, without)
        self.stands.append(stand)
        return stand

    def grow(self) -> None:
        """Every stand grows a month older; weather scales what plants add."""
        model = self.model
        month, weather = model.month, model.weather[self.cluster]
        plant_t, soil_t, growth = self.plant_t, self.soil_t, 0.0
        for stand in self.stands:
            age = month - stand.treated_month
            if age < 0:
                continue
            plant = self._plant_scale(stand.area_ha) * model.plant_growth[stand.measure][age]
            soil = stand.area_ha * model.soil_growth[stand.measure][age]
            plant_t += plant * weather
            soil_t += soil
            stand.plant_t += plant * weather
            stand.soil_t += soil
            growth += 12.0 * (plant + soil)
            model.now.removed_t += plant * weather + soil
            without = self._plant_scale(stand.area_without_ha)
            without = without * model.plant_growth[stand.measure][age] * weather
            soil_without = stand.area_without_ha * model.soil_growth[stand.measure][age]
            self._grow_without(stand, without, soil_without)
            model.now.additional_t += plant * weather - without + (soil - soil_without)
        self.plant_t, self.soil_t, self.growth_t_per_year = plant_t, soil_t, growth

    def _grow_without(self, stand: Stand, plant: float, soil: float) -> None:
        stand.plant_without_t += plant
        stand.soil_without_t += soil
        self.plant_without_t += plant
        self.soil_without_t += soil

    def join(self) -> None:
        """Enter the scheme, the likelier the more had entered it before this month."""
        if self.joined:
            return
        model, joining = self.model, self.model.parameters.joining
        self.joined = model.rules.joins(
            joining.innovation_per_year, joining.imitation_per_year, model.share_inside,
            model.draws(JOIN, self.stable_id)[0],
        )

    def ask_verification(self) -> None:
        """Pay for a verification of all pending tonnes, where it is worth it and there is money."""
        if not self.joined or self.due_month is not None:
            return
        model = self.model
        rules, verification = model.rules, model.parameters.verification
        pending = self.plant_t + self.soil_t - self.measured_t
        if not rules.asks_for_verification(
            pending, self.growth_t_per_year, self.believed_price, verification.cost_yuan_per_t,
            model.fixed_cost, verification.discount_rate_per_year,
        ):
            return
        fee = rules.to_fen(model.fixed_cost + verification.cost_yuan_per_t * pending)
        if fee > self.account.fen:
            return
        model.ledger.pay(self.account, model.verifier, fee, Entry.VERIFICATION_FEE, model.month)
        model.now.verification_fees_fen += fee
        without = self.plant_without_t + self.soil_without_t
        self.periods.append(Period(pending, pending, without - self.measured_without_t))
        self.measured_without_t = without
        self.measured_t += pending
        self.measured_soil_t = self.soil_t
        self.due_month = model.slot(model.month + verification.delay_months)
        self.period = (self.period_start, model.month)
        self.period_start = model.month + 1

    def receive_issue(self) -> None:
        """The verification that is due ends: credits for the seller and for the buffer pool."""
        model = self.model
        if self.due_month is None:
            return
        if self.due_month > model.month:
            model.now.waiting += 1
            return
        rules, verification = model.rules, model.parameters.verification
        luck = rules.normal_quantile(model.draws(MEASUREMENT, self.stable_id)[0])
        audit, period = model.parameters.spot_audit, self.periods[-1]
        period.removed_t = period.real_t
        inflation = verification.inflation_deviation * self.inflation_draw
        measured = rules.measured_tonnes(
            period.removed_t, verification.baseline_inflation + inflation,
            rules.lenience_left(verification.leniency, audit.probability, audit.deterrence),
            rules.sampled_error(verification.measurement_error, verification.sampling_effort),
            luck,
        )
        period.credited_share = self.credited_share(period)
        credited = rules.to_tonnes(measured * period.credited_share)
        buffered = rules.to_tonnes(credited * verification.buffer_share)
        levied = rules.to_tonnes((credited - buffered) * model.parameters.reserve.levy_share)
        model.ledger.issue(
            self.account, HELD, credited - buffered - levied, self.stable_id, self.period,
            model.month,
        )
        model.ledger.issue(
            model.buffer_pool, BUFFER, buffered, self.stable_id, self.period, model.month
        )
        model.ledger.issue(
            model.reserve, HELD, levied, self.stable_id, self.period, model.month
        )
        period.credited_t = credited
        self.settle_debts(credited - buffered - levied)
        if not self.audit_month and (
            model.draws(SPOT_AUDIT, self.stable_id)[0] < audit.probability
        ):
            self.audit_month, self.audited = model.month + audit.delay_months, period
        model.now.verifications += 1
        verified = rules.to_tonnes(measured)
        self.verified_t += verified
        self.issued_t += credited
        model.now.verified_t += verified
        model.now.issued_t += credited
        self.due_month = None

    def credited_share(self, period: Period) -> float:
        """Share of what was measured that the registry credits."""
        rules, verification = self.model.rules, self.model.parameters.verification
        return rules.credited_share(
            verification.conservativeness_deduction, verification.uncertainty_deduction,
            rules.sampled_error(verification.measurement_error, verification.sampling_effort),
            verification.additionality_screening, period.without_t / max(period.removed_t, 1.0),
        )

    def quote(self) -> None:
        """Keep this month's lots in escrow and send an ask for each."""
        model = self.model
        stock = self.account.tonnes[HELD] + self.account.tonnes[ESCROW]
        counting = stock
        if model.told_apart:
            counting = model.tonnes_that_count(self.account, HELD, ESCROW)
        self.sold_this_month_t = self.offered_t = self.offered_counting_t = self.ask_fen = 0
        model.now.stock_t += stock
        model.now.counting_stock_t += counting
        kinds = [Eligibility.ANY, Eligibility.ELIGIBLE] if model.told_apart else [
            Eligibility.ELIGIBLE
        ]
        asks = []
        for kind in kinds:
            tonnes = self._offered(kind, stock, counting)
            self._list(kind, tonnes)
            if tonnes == 0:
                continue
            self.offered_t += tonnes
            if kind is Eligibility.ELIGIBLE:
                self.offered_counting_t = tonnes
            asks.append(self._ask_fen(kind))
            model.send(self, Motive.SUPPLY, asks[-1], tonnes, kind)
        self.ask_fen = min(asks, default=0)

    def _offered(self, kind: Eligibility, stock: int, counting: int) -> int:
        """Tonnes of a lot."""
        quoting = self.model.parameters.quote
        mine = counting if kind is Eligibility.ELIGIBLE else stock - counting
        if stock == 0:
            return 0
        if self.strategy != "posted":
            return self.model.rules.offered_tonnes(
                mine, quoting.offered_share, quoting.smallest_lot_t
            )
        left = self.posted_t - self.sold_t
        if left > stock:
            return 0
        others = min(left, stock - counting)
        return left - others if kind is Eligibility.ELIGIBLE else others

    def _list(self, kind: Eligibility, tonnes: int) -> None:
        """Put in escrow what is missing there, or take out what is too much."""
        wanted = self.model.of_kind(kind)
        listed = self.account.tonnes[ESCROW]
        if wanted is not None:
            listed = sum(lot.tonnes for lot in self.account.lots[ESCROW] if wanted(lot))
        for before, after, entry, moved in (
            (HELD, ESCROW, Entry.OFFER, tonnes - listed),
            (ESCROW, HELD, Entry.WITHDRAW, listed - tonnes),
        ):
            self.model.ledger.move(
                self.account, before, self.account, after, moved, entry, self.model.month,
                wanted=wanted,
            )

    def _ask_fen(self, kind: Eligibility) -> int:
        if self.strategy == "posted":
            return self.posted_fen
        model = self.model
        rules, quoting = model.rules, model.parameters.quote
        ask = model.marginal_cost
        if self.strategy == "focal":
            pressure = rules.money_pressure(self.account.fen, model.next_verification_fen)
            ask = rules.focal_ask(
                quoting.guide_price_yuan_per_t, model.last_price_of(kind), quoting.anchor_weight,
                self.markup, pressure, quoting.pressure_discount, model.marginal_cost,
            )
        elif self.strategy == "bargaining":
            outside = rules.outside_option(
                self.believed_price, self.sale_chance, self._discount_rate, model.marginal_cost
            )
            share = model.parameters.bargaining.gain_share
            ask = rules.bargaining_ask(self.believed_price, outside, share)
        elif self.strategy == "storage":
            ask = self._storage_ask(kind)
        return max(rules.to_fen(ask), rules.floor_fen(model.marginal_cost))

    @property
    def _discount_rate(self) -> float:
        return self.model.parameters.verification.discount_rate_per_year

    def _best_of_known_months(self) -> float:
        """Whichever month ahead makes waiting worth most."""
        model, rules = self.model, self.model.rules
        beliefs = model.parameters.expectations
        ahead = {beliefs.horizon_months: [self.believed_price]}
        for months in range(1, beliefs.horizon_months + 1):
            worth = model.known_credit_worth.get(model.month + months)
            if worth is not None:
                ahead.setdefault(months, []).append(
                    rules.expected_price(self.believed_price, worth, 1.0)
                )
        return max(
            rules.storage_ask(
                price, model.parameters.verification.discount_rate_per_year, months,
                beliefs.holding_cost_yuan_per_t_per_year, model.marginal_cost,
            )
            for months, prices in ahead.items() for price in prices
        )

    def _storage_ask(self, kind: Eligibility) -> float:
        model, rules = self.model, self.model.rules
        beliefs, counts = model.parameters.expectations, kind is Eligibility.ELIGIBLE
        if counts and beliefs.foresight == "perfect" and beliefs.horizon_months > 0:
            return self._best_of_known_months()
        months, chance = model.later
        now, then = model.worth_to_compliers(self, counts=counts)
        if model.within_horizon(model.news):
            later = rules.price_after_news(
                self.believed_price, now, then, model.parameters.quote.guide_price_yuan_per_t,
                chance,
            )
        else:
            later = rules.expected_price(self.believed_price, then, chance)
        return rules.storage_ask(
            later, self._discount_rate, months, beliefs.holding_cost_yuan_per_t_per_year,
            model.marginal_cost,
        )

    def sell(self, tonnes: int, value: int) -> None:
        """A deal is paid: the fee to the exchange, the share of the watershed to its account."""
        model = self.model
        ledger, rules, month = model.ledger, model.rules, model.month
        self.sold_t += tonnes
        self.sold_this_month_t += tonnes
        self.proceeds_fen += value
        fee = rules.earmarked(value, model.parameters.market.exchange_fee_share)
        ledger.pay(self.account, model.exchange, fee, Entry.EXCHANGE_FEE, month)
        saved = rules.earmarked(value - fee, model.parameters.reinvestment.earmarked_share)
        ledger.pay(self.account, self.fund, saved, Entry.EARMARK, month)
        self.earmarked_fen += saved
        model.now.earmarked_fen += saved

    def learn(self) -> None:
        """Markup follows the fate of the lot, the belief follows the price of the month."""
        rules, quoting = self.model.rules, self.model.parameters.quote
        self.markup = rules.next_markup(
            self.markup, self.offered_t, self.sold_this_month_t, quoting.markup_step,
            quoting.markup_limit,
        )
        self.sale_chance = rules.next_sale_chance(
            self.sale_chance, self.offered_t, self.sold_this_month_t,
            self.model.parameters.bargaining.chance_learning_rate,
        )
        self.believed_price = rules.believed_price(
            self.believed_price, self.model.price_learned_by(self), quoting.learning_rate
        )

    def reinvest(self) -> None:
        """Treat new land with the money of the watershed account."""
        model = self.model
        rules, reinvestment = model.rules, model.parameters.reinvestment
        cost, public_share = reinvestment.treatment_cost_yuan_per_ha, reinvestment.public_share
        area = rules.new_area(
            self.fund.fen / 100.0, self.treatable_ha, cost, public_share,
            reinvestment.smallest_area_ha,
        )
        if area <= 0.0:
            return
        whole = rules.to_fen(area * cost)
        own = min(rules.to_fen(area * cost * (1.0 - public_share)), self.fund.fen)
        model.ledger.pay(self.fund, model.contractors, own, Entry.TREATMENT, model.month)
        model.ledger.pay(
            model.treasury, model.contractors, whole - own, Entry.PUBLIC_SHARE, model.month
        )
        self.treat(self.new_measure, area, model.month + 1, 0.0)
        self.treatable_ha -= area
        self.treatment_fen += own
        model.now.treatment_fen += own
        model.now.new_area_ha += area
