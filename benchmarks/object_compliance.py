"""What a covered firm of the object version owes, and how it settles that."""

import math
from typing import TYPE_CHECKING

from agents.vocabulary import Eligibility, Entry, Motive, PenaltyForm, Regime
from simulation.draws import AUDIT

if TYPE_CHECKING:
    from benchmarks.object_model import ObjectMarketModel

__all__ = ["CarbonPrices", "Complying"]


class CarbonPrices:
    """What one tonne costs covered firms in a month, by each way out."""

    def __init__(self, model: "ObjectMarketModel", allowance: float | None = None) -> None:
        rules, parameters = model.rules, model.parameters
        compliance, penalty = parameters.compliance, parameters.penalty
        regime, expectation = parameters.regime, parameters.expectations
        self.regime = kind = Regime[regime.kind.upper()]
        self.allowance = model.allowance_price if allowance is None else allowance
        self.tax = regime.tax_yuan_per_t
        self.penalty = rules.penalty_price(
            PenaltyForm[penalty.form.upper()], compliance.penalty_multiple,
            penalty.fixed_yuan_per_t, self.allowance,
        )
        self.worth_later = rules.worth_later(
            expectation.price_growth_per_year, expectation.discount_rate_per_year,
            float(parameters.banking.period_years),
        )
        self.later = rules.cost_of_making_good(
            kind, penalty.make_good, self.allowance, self.penalty, self.worth_later
        )
        self.carbon = rules.carbon_price(
            kind, self.allowance, self.tax, self.penalty, self.later
        )
        # A duty to neutralise knows no rival credits and no limit.
        duty = kind is Regime.NEUTRALISATION
        self.credit = rules.compliance_limit(
            self.carbon, float("inf") if duty else compliance.rival_price_yuan_per_t,
            compliance.quality_premium_yuan_per_t, compliance.discount_ratio,
            compliance.transaction_cost_yuan_per_t,
        )
        self.most_credits = 1.0 if duty else compliance.offset_limit * compliance.room_share


class Complying:
    """The part of a firm that is covered by the regime."""

    def open_compliance(self) -> None:
        """Nothing is owed before the first January."""
        self.abated_t = self.abatement_cost = self.built_share = 0.0
        self.retrofit_from: int | None = None
        self.frozen_activity_t = -1.0
        self.allocated_t = self.allowances_bought_t = self.allowances_sold_t = 0
        self.bank_t = self.borrowed_t = 0
        self.violation_t = self.violation_found_t = 0
        self.allocation_t = self.obligation_t = self.owed_again_t = self.for_compliance_t = 0
        self.surrendered_credits_t = self.surrendered_allowances_t = self.taxed_t = 0
        self.rivals_t = 0
        self.credited_t = self.licensed_t = self.shortfall_t = self.settled_emissions_t = 0

    def abate_and_owe(self) -> None:
        """Emissions of the closing year, what is owed for them, and what is given."""
        model, carbon = self.model, self.model.carbon
        rules, regime = model.rules, model.parameters.regime
        price = carbon.carbon
        if carbon.regime is Regime.NEUTRALISATION:
            price = regime.neutral_share * price
        share = self.share_abated_at(price)
        self.abated_t = self.activity_t * share
        self.abatement_cost += self.cost_of_abating(share)
        self.emissions_t = rules.to_tonnes(self.activity_t * (1.0 - share))
        self.frozen_activity_t = self._next_frozen_activity()
        if carbon.regime is Regime.NONE:
            self.allocated_t -= self.allocation_t
            self.allocation_t = self.obligation_t = self.owed_again_t = 0
            return
        given = rules.to_tonnes(self._year_of_allowances(self.frozen_activity_t))
        self.allocated_t += given
        self.allocation_t += max(given - self.borrowed_t, 0)
        self.borrowed_t = max(self.borrowed_t - given, 0)
        owed = self.emissions_t
        if carbon.regime is Regime.NEUTRALISATION:
            owed = rules.emissions_owed(carbon.regime, owed, regime.neutral_share)
        self.obligation_t += owed + self.owed_again_t
        self.owed_anew_t += self.owed_again_t
        self.owed_again_t = 0

    def share_abated_at(self, price: float) -> float:
        """What a working retrofit abates, and curve or measures on the rest."""
        group = self.group
        if group.abatement_steps:
            share = 0.0
            for cost, part in group.abatement_steps:
                taken = float(price > 0.0)
                if cost > 0.0:
                    # Spread evenly over half a percent to either side.
                    taken = min(max((price / cost - 1.0) / 0.01 + 0.5, 0.0), 1.0)
                share += part * taken
        else:
            share = self.model.rules.abated_share(
                price, group.abatement_slope_yuan_per_t,
                self.model.parameters.emissions.abatement_limit,
            )
        return self.built_share + (1.0 - self.built_share) * share

    def cost_of_abating(self, share: float) -> float:
        """Cost of a year in which this share is abated, the retrofit's running cost included."""
        group, built = self.group, self.built_share
        running = group.retrofit_running_cost_yuan_per_t * built * self.activity_t
        if built == 1.0:
            return running
        rest, activity = max(share - built, 0.0) / (1.0 - built), self.activity_t * (1.0 - built)
        if not group.abatement_steps:
            slope = group.abatement_slope_yuan_per_t
            return running + self.model.rules.abatement_cost(rest, slope, activity)
        each, left = 0.0, rest
        for cost, part in group.abatement_steps:
            taken = min(left, part)
            each += taken * cost
            left -= taken
        return running + activity * each

    def retrofit(self) -> None:
        """Wears out, is decided in January, starts to work."""
        model, group = self.model, self.group
        if not self.covered or group.retrofit_share == 0.0:
            return
        beliefs, regime = model.parameters.expectations, model.parameters.regime
        ends = (self.retrofit_from or 0) + group.retrofit_life_months
        if self.retrofit_from is not None and model.month >= ends:
            self.retrofit_from, self.built_share = None, 0.0
        if model.month % 12 == 0 and self.retrofit_from is None:
            price = model.carbon.carbon
            if model.carbon.regime is Regime.NEUTRALISATION:
                price = regime.neutral_share * price
            value = model.rules.retrofit_value(
                price, beliefs.price_growth_per_year, beliefs.discount_rate_per_year,
                group.retrofit_running_cost_yuan_per_t, group.retrofit_delay_months,
                group.retrofit_life_months,
            )
            investment = group.retrofit_cost_yuan_per_t_per_year
            if value > 0.0 and value >= model.parameters.retrofit.hurdle * investment:
                self.retrofit_from = model.month + group.retrofit_delay_months
                self.abatement_cost += investment * group.retrofit_share * self.activity_t
                model.now.retrofits += 1
        if self.retrofit_from is not None and model.month >= self.retrofit_from:
            self.built_share = group.retrofit_share

    def _next_frozen_activity(self) -> float:
        regime = self.model.parameters.regime
        if self.model.carbon.regime is not Regime.ABSOLUTE:
            return -1.0
        if self.frozen_activity_t == -1.0:
            return self.activity_t
        return self.frozen_activity_t * (1.0 - regime.cap_decline_per_year)

    def _year_of_allowances(self, frozen_activity_t: float) -> float:
        return {
            Regime.CAP: self.group.free_share * self.activity_t,
            Regime.ABSOLUTE: self.group.free_share * frozen_activity_t,
        }.get(self.model.carbon.regime, 0.0)

    def bid_compliance(self) -> None:
        """Order what the purchasing pace asks for by now, less what is held for compliance."""
        model = self.model
        if self.obligation_t <= 0:
            return
        rules, compliance = model.rules, model.parameters.compliance
        years = model.parameters.banking.period_years
        room = self._room()
        target, held = room, self.usable(room)
        if model.credit_use < 1.0:
            sure = min(held, room)
            target = sure + math.floor(model.credit_use * (room - sure))
        pace = (
            12 * model.year_of_period + model.month % 12 + 1,
            12 * (years - 1) + compliance.deadline_month, self.group.pace,
        )
        wanted = rules.compliance_order(rules.wanted_by_now(target, *pace), held)
        if wanted > 0:
            anywhere = self.ordered_anywhere(wanted, room, rules.share_by_now(*pace))
            for tonnes, kind in (
                (anywhere, Eligibility.ELIGIBLE), (wanted - anywhere, Eligibility.LOCAL)
            ):
                if tonnes > 0:
                    model.send(
                        self, Motive.COMPLIANCE, model.compliance_limit_fen, tonnes, kind
                    )
            model.ordered_for_compliance[self] = wanted

    def _room(self) -> int:
        compliance = self.model.parameters.compliance
        return self.model.rules.offset_room(
            self.obligation_t, self.model.carbon.most_credits, compliance.discount_ratio
        )

    def comply(self) -> None:
        """Surrender credits up to the limit, then own allowances; market, tax or penalty after."""
        if self.obligation_t <= 0:
            return
        surrendered, elsewhere = self._surrender_credits()
        need = self.obligation_t - surrendered
        hidden = self._hide(need)
        need -= hidden
        own = self.own_allowances
        covered = self.obligation_t - need - hidden
        if not self.model.firms_trade:
            need -= self._buy_rivals(need, covered, elsewhere, self.model.carbon.carbon)
        used = min(own, need)
        self.surrendered_allowances_t += used
        self.bank_t = self._kept(own - used)
        self.traded_t = 0
        self.model.now.allowances_banked_t += self.bank_t
        if self.model.firms_trade:
            self.allowances_lapsed_t += own - used - self.bank_t
            self.model.now.allowances_lapsed_t += own - used - self.bank_t
        else:
            self._sell_allowances(own - used - self.bank_t)
        need -= used
        used = 0
        if self.model.firms_trade:
            without = self.model.carbon.penalty + self.model.carbon.later
            need -= self._buy_rivals(need, covered, elsewhere, without)
        borrowed = self._borrowed(need - used)
        self.borrowed_t += borrowed
        self.surrendered_allowances_t += borrowed
        self.model.now.allowances_borrowed_t += borrowed
        self._settle(need - used - borrowed)
        self.settled_emissions_t += self.obligation_t
        self.obligation_t = self.allocation_t = self.past_years_t = 0

    def _buy_rivals(self, need: int, covered: int, elsewhere: int, carbon: float) -> int:
        """Rival credits from outside, one for one, where they are cheaper and there is room."""
        model = self.model
        rules, compliance = model.rules, model.parameters.compliance
        bought = self.rivals_for(self.obligation_t, need, covered, elsewhere, carbon)
        bill = bought * rules.to_fen(compliance.rival_price_yuan_per_t)
        self.top_up(bill)
        model.ledger.pay(self.account, model.outside, bill, Entry.RIVAL_CREDITS, model.month)
        self.rivals_t += bought
        model.now.rivals_t += bought
        return bought

    def rivals_planned(self, owed: int, need: int, covered: int, carbon: float) -> int:
        """Tonnes of rival credits to reckon with: local credits fill their share first."""
        limit = self.model.parameters.compliance.offset_limit
        share = self.model.parameters.eligibility.local_share
        elsewhere = max(covered - math.floor(owed * limit * share), 0) if share else covered
        return self.rivals_for(owed, need, covered, elsewhere, carbon)

    def rivals_for(
        self, owed: int, need: int, covered: int, elsewhere: int, carbon: float
    ) -> int:
        """Tonnes for which rival credits are wanted."""
        compliance = self.model.parameters.compliance
        dearer = compliance.rival_price_yuan_per_t + compliance.transaction_cost_yuan_per_t
        if (
            not compliance.rivals_open or compliance.system_limit < 1.0 or dearer >= carbon
            or self.model.carbon.regime is Regime.NEUTRALISATION
        ):
            return 0
        room = math.floor(owed * compliance.offset_limit * (1.0 + 1e-15))
        return max(min(need, room - covered, self.elsewhere_room(room) - elsewhere), 0)

    def _hide(self, need: int) -> int:
        """Leave tonnes uncovered without saying so, and see whether an audit finds them."""
        model, carbon = self.model, self.model.carbon
        rules, now, enforcement = model.rules, model.now, model.parameters.enforcement
        audit, first = enforcement.audit_probability, enforcement.fine_yuan_per_t
        rise = enforcement.fine_rise_yuan_per_t_per_t
        hidden = rules.hidden_tonnes(need, carbon.carbon, audit, first + carbon.later, rise)
        if hidden == 0:
            return 0
        self.shortfall_t += hidden
        self.violation_t += hidden
        now.shortfall_t += hidden
        now.violation_t += hidden
        if model.draws(AUDIT, self.stable_id)[0] < audit:
            fine = rules.to_fen(first * hidden + 0.5 * rise * hidden * hidden)
            self.top_up(fine)
            model.ledger.pay(self.account, model.treasury, fine, Entry.FINE, model.month)
            now.fines_fen += fine
            self.violation_found_t += hidden
            now.violation_found_t += hidden
            if model.parameters.penalty.make_good:
                self.owed_again_t += hidden
        return hidden

    def _next_price(self) -> float:
        """Today's worth of an allowance at the next deadline, believed or known."""
        model, carbon = self.model, self.model.carbon
        years = model.parameters.banking.period_years
        known = model.known_price.get(model.month + 12 * years)
        if known is None:
            price, beliefs = carbon.allowance * carbon.worth_later, model.parameters.expectations
            ends = model.rules_to_come.regime.kind not in ("cap", "absolute")
            if (
                beliefs.foresight != "perfect" and ends and model.within_horizon(model.coming)
                and model.coming <= 12 * years
            ):
                price *= 1.0 - beliefs.credibility
            return price
        rate = model.parameters.expectations.discount_rate_per_year
        return known / math.pow(1.0 + rate, float(years))

    def _kept(self, spare: int) -> int:
        """Spare allowances are carried over where waiting is expected to pay."""
        carbon, banking = self.model.carbon, self.model.parameters.banking
        if self.model.firms_trade:
            # Who trades has sold already what it would rather sell.
            sold = max(-self.traded_t, 0)
            most = math.floor(banking.free_carry_over_t + banking.net_sales_multiple * sold)
            return {"none": 0, "unlimited": spare, "national": min(spare, most)}[banking.rule]
        waiting_pays = self._next_price() > carbon.allowance
        if carbon.regime not in (Regime.CAP, Regime.ABSOLUTE) or not waiting_pays:
            return 0
        if banking.rule == "national":
            # Kept is at most the free amount + multiple x what is not kept.
            most = (banking.free_carry_over_t + banking.net_sales_multiple * spare) / (
                1.0 + banking.net_sales_multiple
            )
            return min(spare, math.floor(most))
        return spare if banking.rule == "unlimited" else 0

    def _borrowed(self, lacking: int) -> int:
        model, carbon = self.model, self.model.carbon
        share = model.parameters.banking.borrowing_share
        if share == 0.0 or carbon.regime not in (Regime.CAP, Regime.ABSOLUTE):
            return 0
        given = 1.0
        if model.firms_trade:
            given -= model.parameters.allowance_market.auction_share
        return model.rules.borrowed_tonnes(
            lacking, share,
            given * self._year_of_allowances(self._next_frozen_activity()),
            self.borrowed_t, carbon.carbon, self._next_price(),
        )

    def credits_brought(self) -> int:
        """Credits that the firm could surrender under its own limit."""
        if self.obligation_t <= 0:
            return 0
        room = self._room()
        return min(self.usable(room), room)

    def _surrender_credits(self) -> tuple[int, int]:
        model = self.model
        compliance = model.parameters.compliance
        if not compliance.eligible:
            return 0, 0
        surrendered = model.admitted[self]
        covered = model.rules.emissions_covered(surrendered, compliance.discount_ratio)
        elsewhere = self.surrender(surrendered, self._room())
        self.for_compliance_t -= surrendered
        self.surrendered_credits_t += surrendered
        self.credited_t += covered
        if model.carbon.regime in (Regime.CAP, Regime.ABSOLUTE):
            self.licensed_t += covered
        model.now.retired_compliance_t += surrendered
        return covered, model.rules.emissions_covered(elsewhere, compliance.discount_ratio)

    def _sell_allowances(self, tonnes: int) -> None:
        model = self.model
        self.allowances_sold_t += tonnes
        model.now.allowances_sold_t += tonnes
        revenue = tonnes * model.rules.to_fen(model.carbon.allowance)
        model.ledger.pay(
            model.allowance_market, self.account, revenue, Entry.ALLOWANCES, model.month
        )

    def _settle(self, lacking: int) -> None:
        model, carbon = self.model, self.model.carbon
        rules, ledger, month = model.rules, model.ledger, model.month
        without = model.firms_trade or carbon.penalty + carbon.later < carbon.allowance
        if carbon.regime is Regime.TAX:
            tax = lacking * rules.to_fen(carbon.tax)
            self.top_up(tax)
            ledger.pay(self.account, model.treasury, tax, Entry.CARBON_TAX, month)
            self.taxed_t += lacking
            model.now.carbon_tax_fen += tax
        elif carbon.regime is Regime.NEUTRALISATION or without:
            self.pay_penalty(lacking * rules.to_fen(carbon.penalty))
            self.shortfall_t += lacking
            model.now.shortfall_t += lacking
            if model.parameters.penalty.make_good:
                self.owed_again_t += lacking
        else:
            bill = lacking * rules.to_fen(carbon.allowance)
            self.top_up(bill)
            ledger.pay(self.account, model.allowance_market, bill, Entry.ALLOWANCES, month)
            self.surrendered_allowances_t += lacking
            self.allowances_bought_t += lacking
            model.now.allowances_bought_t += lacking
