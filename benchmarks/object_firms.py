"""Buyer firms of the object version."""

import math
from typing import TYPE_CHECKING

import mesa

from agents.vocabulary import CreditState, Eligibility, Entry, Kind, Motive, Occasion, Purpose
from benchmarks.object_allowances import TradesAllowances
from benchmarks.object_compliance import Complying
from benchmarks.object_eligibility import HoldsCredits
from benchmarks.object_integrity import give_back
from benchmarks.object_projects import stable_id
from benchmarks.object_setup import province_of
from simulation.draws import EMISSIONS, OCCASION, SETUP_FIRM
from simulation.groups import FirmGroup
from simulation.reference_data import trade

if TYPE_CHECKING:
    from benchmarks.object_model import ObjectMarketModel

__all__ = ["Firm"]

HELD, PLEDGED, RETIRED = CreditState.HELD, CreditState.PLEDGED, CreditState.RETIRED


class Firm(TradesAllowances, Complying, HoldsCredits, mesa.Agent):
    """A buyer, for occasions of its own choice, and where it must: to comply, or for a quota."""

    def __init__(
        self, model: "ObjectMarketModel", group: FirmGroup, number: int, place: int
    ) -> None:
        super().__init__(model)
        rules = model.rules
        self.stable_id = stable_id(Kind.FIRM, number, place)
        self.account = model.ledger.open_account(f"firm {self.stable_id}")
        self.group = group
        self.province = province_of(group)
        self.covered = group.covered
        provinces = model.parameters.quota.provinces
        self.under_quota = not provinces or self.province in provinces
        self.partners: list[Firm] = []
        size, worth, _, _ = model.lasting_draws(SETUP_FIRM, self.stable_id)
        self.activity_t = group.emissions_t_per_year * math.exp(
            group.emissions_deviation * rules.normal_quantile(size)
        )
        self.willingness = group.willingness_yuan_per_t * math.exp(
            group.willingness_deviation * rules.normal_quantile(worth)
        )
        self.budget_fen = self._appropriation()
        self.emissions_t = rules.to_tonnes(self.activity_t)
        self.planned_month = self.planned_t = self.planned_fen = 0
        if group.trade:
            real = trade(group.trade)
            self.planned_month = group.planned
            self.planned_t, self.planned_fen = real.traded_t, real.price_fen
        self.occasion: Occasion | None = None
        self.occasion_t = self.occasion_ends = 0
        self.occasion_willingness = 0.0
        self.last_voluntary_month: int | None = None
        self.to_retire_t = self.reserve_t = 0
        self.reserve_until: int | None = None
        self.pledged_until: int | None = None
        self.open_compliance()
        self.open_allowances()
        self.quota_owed_t = self.for_quota_t = self.quota_met_t = self.quota_lacking_t = 0
        self.owed_anew_t = 0
        self.voluntary_t = self.compliance_t = self.quota_t = self.spent_fen = 0

    def _appropriation(self) -> int:
        budget = self.model.parameters.voluntary.budget_yuan_per_t
        return self.model.rules.to_fen(self.activity_t * budget)

    def report_emissions(self) -> None:
        """The closing year's emissions become this year's obligation; a new budget."""
        model = self.model
        rules, emissions = model.rules, model.parameters.emissions
        if self.covered and not model.firms_trade:
            self.abate_and_owe()
        elif self.covered and self.emitted_t > 0.0:
            self.emissions_t = rules.to_tonnes(self.emitted_t)
            self.abated_t = self.activity_t - self.emitted_t
        else:
            self.emissions_t = rules.to_tonnes(self.activity_t)
        self._owe_quota()
        luck = rules.normal_quantile(model.draws(EMISSIONS, self.stable_id)[0])
        self.activity_t = rules.next_activity(
            self.activity_t, self.group.growth_per_year, emissions.shock_deviation, luck
        )
        self.budget_fen = self._appropriation()

    def _owe_quota(self) -> None:
        quota = self.model.parameters.quota
        if quota.share == 0.0:
            self.quota_owed_t = 0
        elif self.under_quota:
            self.quota_owed_t += self.model.rules.quota_owed(
                self.emissions_t, quota.share, quota.threshold_t_per_year
            )

    def bid_voluntary(self) -> None:
        """Follow the open occasion, or see whether one arises, and order what is still wanted."""
        model = self.model
        if self.occasion is not None and model.month > self.occasion_ends:
            self.occasion, self.occasion_t = None, 0
        if self.occasion is Occasion.GREEN_RESERVE and model.parameters.compliance.eligible:
            self.occasion, self.occasion_t = None, 0
        if self.occasion is None:
            self._look_for_occasion()
        if self.occasion is None or self.occasion_t == 0:
            return
        rules, voluntary = model.rules, model.parameters.voluntary
        kind = Eligibility.ANY
        if self.occasion is Occasion.PLANNED:
            # The money of a replayed purchase was set aside.
            limit, wanted = rules.to_fen(self.occasion_willingness), self.occasion_t
        elif self.occasion is Occasion.GREEN_RESERVE:
            limit, wanted = self._reserve_bid()
            kind = Eligibility.ELIGIBLE
        else:
            limit = rules.to_fen(rules.voluntary_limit(
                self.occasion_willingness * model.trust, self._share_of_buying_partners(),
                voluntary.peer_weight, voluntary.subsidy_yuan_per_t,
            ))
            wanted = rules.affordable_tonnes(self.occasion_t, self.budget_fen, limit)
        if wanted > 0 and limit > 0:
            model.send(self, Motive.VOLUNTARY, limit, wanted, kind)

    def _reserve_bid(self) -> tuple[int, int]:
        """Limit and tonnes of an order for the green reserve."""
        model = self.model
        rules, beliefs = model.rules, model.parameters.expectations
        months, chance = model.later
        limit = rules.to_fen(rules.reserve_limit(
            chance, model.credit_then, self.occasion_willingness, beliefs.discount_rate_per_year,
            beliefs.holding_cost_yuan_per_t_per_year, months,
        ))
        then = model.parameters
        if model.within_horizon(model.news):
            then = model.rules_at_news
        most = 1.0
        if then.regime.kind != "neutralisation":
            most = then.compliance.offset_limit * then.compliance.room_share
        room = rules.offset_room(
            rules.to_tonnes(self.activity_t), most, then.compliance.discount_ratio
        )
        wanted = rules.reserve_wanted(
            self.occasion_t, room, self.reserve_t + self.for_compliance_t
        )
        return limit, rules.affordable_tonnes(wanted, self.budget_fen, limit)

    def open_reserve(self) -> None:
        """Credits count: what was kept for that is held for compliance."""
        self.for_compliance_t += self.reserve_t
        self.reserve_t, self.reserve_until = 0, None

    def _look_for_occasion(self) -> None:
        model = self.model
        rules, voluntary = model.rules, model.parameters.voluntary
        ends = model.month + voluntary.occasion_months - 1
        if self.planned_t > 0 and model.month >= self.planned_month:
            self.occasion, self.occasion_ends = Occasion.PLANNED, ends
            self.occasion_t, self.planned_t = self.planned_t, 0
            self.occasion_willingness = self.planned_fen / 100.0
            return
        arrival, kind, size, worth = model.draws(OCCASION, self.stable_id)
        rate = self.group.occasions_per_year * voluntary.demand_scale
        if not rules.occasion_arises(rate, arrival):
            return
        self.occasion_ends = ends
        self.occasion = Occasion(rules.occasion_kind(
            voluntary.neutrality_weight, voluntary.footprint_weight, voluntary.local_weight,
            voluntary.collateral_weight, self._reserve_weight(), kind,
        ))
        self.occasion_t = rules.to_tonnes(rules.occasion_tonnes(
            self.group.occasion_median_t, voluntary.size_deviation, rules.normal_quantile(size)
        ))
        premium = {
            Occasion.LOCAL_SUPPORT: voluntary.local_premium,
            Occasion.COLLATERAL: voluntary.collateral_premium,
        }.get(self.occasion, 0.0)
        self.occasion_willingness = rules.willingness_to_pay(
            self.willingness * voluntary.willingness_scale, premium,
            voluntary.willingness_deviation,
            rules.normal_quantile(worth),
        )

    def _reserve_weight(self) -> float:
        parameters = self.model.parameters
        looks_ahead = parameters.expectations.horizon_months > 0
        if self.covered and looks_ahead and not parameters.compliance.eligible:
            return parameters.voluntary.green_reserve_weight
        return 0.0

    def _share_of_buying_partners(self) -> float:
        if not self.partners:
            return 0.0
        since = self.model.month - self.model.parameters.voluntary.peer_months
        bought = [partner for partner in self.partners
                  if partner.last_voluntary_month is not None
                  and partner.last_voluntary_month >= since]
        return len(bought) / len(self.partners)

    def bid_quota(self) -> None:
        """Order what the pace asks for by the deadline of the quota, less what is held for it."""
        model = self.model
        if self.quota_owed_t == 0:
            return
        by_now = model.rules.wanted_by_now(
            self.quota_owed_t, model.month % 12 + 1, model.parameters.quota.deadline_month,
            self.group.pace,
        )
        wanted = by_now - self.for_quota_t
        if wanted > 0:
            model.send(self, Motive.QUOTA, model.quota_limit_fen, wanted)

    def top_up(self, fen: int) -> None:
        """The treasury of the firm pays in what the settlement account lacks."""
        model = self.model
        model.ledger.pay(
            model.outside, self.account, fen - self.account.fen, Entry.DEPOSIT, model.month
        )

    def buy(self, motive: Motive, tonnes: int, value: int, tax: int) -> None:
        """A deal is paid and delivered."""
        self.spent_fen += value + tax
        if motive is Motive.COMPLIANCE:
            self.for_compliance_t += tonnes
            self.compliance_t += tonnes
            return
        if motive is Motive.QUOTA:
            self.for_quota_t += tonnes
            self.quota_t += tonnes
            return
        model = self.model
        if self.occasion is not Occasion.PLANNED:
            self.budget_fen -= value + tax
        self.occasion_t -= tonnes
        self.voluntary_t += tonnes
        self.last_voluntary_month = model.month
        if self.occasion is Occasion.GREEN_RESERVE:
            self.reserve_t += tonnes
            self.reserve_until = model.month + model.parameters.voluntary.green_reserve_months
            model.now.green_reserve_t += tonnes
            return
        self.to_retire_t += tonnes
        model.ledger.pay(
            model.treasury, self.account, model.subsidy_fen * tonnes, Entry.SUBSIDY, model.month
        )
        model.now.subsidies_fen += model.subsidy_fen * tonnes

    def retire_for(self, purpose: Purpose, tonnes: int) -> None:
        """Retire credits that the firm holds."""
        self.use(RETIRED, tonnes, Entry.RETIRE, purpose)

    def give_back(self, project: int, tonnes: int) -> int:
        """Credits of a project are cancelled where they are."""
        return give_back(self, project, tonnes)

    def retire(self) -> None:
        """Collateral that falls due is released and retired; then this month's purchases."""
        model, account = self.model, self.account
        if self.pledged_until == model.month:
            pledged = account.tonnes[PLEDGED]
            model.ledger.move(
                account, PLEDGED, account, HELD, pledged, Entry.RELEASE, model.month
            )
            self.retire_for(Purpose.OWN_EMISSIONS, pledged)
            model.now.retired_voluntary_t += pledged
            self.pledged_until = None
        if self.to_retire_t > 0:
            if self.occasion is Occasion.COLLATERAL:
                self.use(PLEDGED, self.to_retire_t, Entry.PLEDGE)
                self.pledged_until = model.month + model.parameters.voluntary.loan_months
            else:
                local = self.occasion is Occasion.LOCAL_SUPPORT
                purpose = Purpose.LOCAL_SUPPORT if local else Purpose.OWN_EMISSIONS
                self.retire_for(purpose, self.to_retire_t)
                model.now.retired_voluntary_t += self.to_retire_t
            self.to_retire_t = 0
        if self.reserve_t > 0 and model.month >= self.reserve_until:
            self.retire_for(Purpose.OWN_EMISSIONS, self.reserve_t)
            model.now.retired_voluntary_t += self.reserve_t
            self.reserve_t, self.reserve_until = 0, None
        model.now.green_held_t += self.reserve_t
        if self.occasion_t == 0:
            self.occasion = None

    def pay_penalty(self, fen: int) -> None:
        """Fined by the treasury."""
        model = self.model
        self.top_up(fen)
        model.ledger.pay(self.account, model.treasury, fen, Entry.PENALTY, model.month)
        model.now.penalties_fen += fen

    def meet_quota(self) -> None:
        """Retire what is held for the quota, and pay the charge for what is lacking."""
        model = self.model
        met = min(self.for_quota_t, self.quota_owed_t)
        lacking = self.quota_owed_t - met
        self.retire_for(Purpose.QUOTA, met)
        self.pay_penalty(lacking * model.rules.to_fen(model.parameters.quota.penalty_yuan_per_t))
        self.for_quota_t -= met
        self.quota_owed_t = 0
        self.quota_met_t += met
        self.quota_lacking_t += lacking
        model.now.retired_quota_t += met
        model.now.quota_lacking_t += lacking
