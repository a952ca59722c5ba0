"""The object version's allowance market: firms that trade allowances among themselves.

Written from docs/model.md. Prices are looked for by halving, firm by firm and price by price.
"""

import math
from collections.abc import Iterable
from typing import Any

from agents.vocabulary import Eligibility, Entry, Motive, PenaltyForm
from benchmarks.object_compliance import CarbonPrices
from benchmarks.object_market import Order
from benchmarks.object_overlays import offered_reserve, regulated
from simulation.draws import ALLOWANCE_ARRIVAL

__all__ = ["AllowanceTrading", "TradesAllowances"]

Price = int


def plain_sum(numbers: Iterable[float]) -> float:
    """One after the other: Python's own `sum` makes up for rounding, a plain loop does not."""
    total = 0.0
    for one in numbers:
        total += one
    return total


class TradesAllowances:
    """The part of a firm that trades allowances."""

    def open_allowances(self) -> None:
        """Nobody has traded or emitted yet; firms believe that orders for credits are filled."""
        self.traded_t = self.past_years_t = self.allowances_lapsed_t = 0
        self.emitted_t, self.credit_belief = 0.0, 1.0

    @property
    def own_allowances(self) -> int:
        """Allowances that the firm holds."""
        return self.allocation_t + self.bank_t + self.traded_t

    def allocation_in(self, years: int) -> float:
        """Allowances for the firm so many years ahead, the auctioned ones among them."""
        regime = self.model.parameters.regime
        if regime.kind == "absolute":
            falling = math.pow(1.0 - regime.cap_decline_per_year, years)
            frozen = self.frozen_activity_t
            if frozen < 0.0:
                frozen = self.activity_t
            return self.group.free_share * (frozen * falling)
        return self.group.free_share * self.activity_t

    def owed_at(self, price: float) -> int:
        """What it will owe if the price stays: past years, this year so far, and the rest."""
        model = self.model
        share = self.share_abated_at(CarbonPrices(model, price).carbon)
        rest = self.activity_t * (1.0 - share) * model.months_left / 12.0
        return self.past_years_t + math.floor(self.emitted_t + rest)

    def need_at(self, price: float, share: float, lack: float) -> float | None:
        """Tonnes wanted in the end, bank included; None where being without is cheaper."""
        model = self.model
        rules, parameters = model.rules, model.parameters
        compliance, banking = parameters.compliance, parameters.banking
        market, enforcement = parameters.allowance_market, parameters.enforcement
        at = CarbonPrices(model, price)
        if at.penalty + at.later < price:
            return None
        owed = self.owed_at(price)
        covered = 0
        if compliance.eligible:
            room = rules.offset_room(owed, at.most_credits, compliance.discount_ratio)
            sure = min(self.usable(room), room)
            if model.credits_pay(at):
                sure += math.floor(share * (room - sure))
            covered = min(rules.emissions_covered(sure, compliance.discount_ratio), owed)
        need = owed - covered
        need -= rules.hidden_tonnes(
            need, at.carbon, enforcement.audit_probability,
            enforcement.fine_yuan_per_t + at.later, enforcement.fine_rise_yuan_per_t_per_t,
        )
        need -= self.rivals_planned(owed, need, covered, at.carbon)
        later_years = model.later_years
        if banking.borrowing_share > 0.0:
            need -= rules.borrowed_tonnes(
                max(need - self.own_allowances, 0), banking.borrowing_share,
                (1.0 - market.auction_share) * self.allocation_in(later_years + 1),
                self.borrowed_t, at.carbon, price * at.worth_later,
            )
        bank = 0.0
        if banking.rule != "none" and lack > 0.0:
            bank = lack * (self.activity_t / model.covered_activity)
            if banking.rule == "national":
                spare = max(self.allocation_t + self.bank_t - need, 0)
                free, multiple = banking.free_carry_over_t, banking.net_sales_multiple
                bank = min(bank, (free + multiple * spare) / (1.0 + multiple))
        coming = 0.0
        for year in range(1, later_years + 1):
            coming += (1.0 - market.auction_share) * self.allocation_in(year)
        return need - coming + bank

    def emit(self, *, last: bool) -> None:
        """A month of emissions at the price; at the end who lacks allowances abates on."""
        model = self.model
        rules, compliance = model.rules, model.parameters.compliance
        at = CarbonPrices(model, model.allowance_price)
        month_t = self.activity_t / 12.0
        share = self.share_abated_at(at.carbon)
        emitted = month_t * (1.0 - share)
        if last and month_t > 0.0:
            owed = self.past_years_t + math.floor(self.emitted_t + emitted)
            covered = 0
            if compliance.eligible:
                room = rules.offset_room(owed, at.most_credits, compliance.discount_ratio)
                covered = rules.emissions_covered(
                    min(self.usable(room), room), compliance.discount_ratio
                )
            enforcement, banking = model.parameters.enforcement, model.parameters.banking
            lacking = owed - covered
            lacking -= rules.hidden_tonnes(
                lacking, at.carbon, enforcement.audit_probability,
                enforcement.fine_yuan_per_t + at.later, enforcement.fine_rise_yuan_per_t_per_t,
            )
            lacking -= self.own_allowances
            if lacking > 0:
                lacking -= self.rivals_planned(owed, lacking, covered, at.penalty + at.later)
            if lacking > 0 and banking.borrowing_share > 0.0:
                given = 1.0 - model.parameters.allowance_market.auction_share
                lacking -= rules.borrowed_tonnes(
                    lacking, banking.borrowing_share, given * self.allocation_in(1),
                    self.borrowed_t, at.carbon, model.allowance_price * at.worth_later,
                )
            if lacking > 0:
                least = month_t * (1.0 - self.share_abated_at(at.penalty + at.later))
                emitted = max(emitted - lacking, min(least, emitted))
                share = 1.0 - emitted / month_t
        self.emitted_t += emitted
        self.abatement_cost += self.cost_of_abating(share) / 12.0

    def take_year_of_allowances(self, *, settled: bool) -> tuple[int, int]:
        """January: what is owed stays owed, allowances come. Allowances in all, and auctioned."""
        rules, market = self.model.rules, self.model.parameters.allowance_market
        if not settled:
            self.past_years_t += math.floor(self.emitted_t)
        self.past_years_t += self.owed_again_t
        self.owed_anew_t += self.owed_again_t
        self.owed_again_t, self.emitted_t = 0, 0.0
        self.frozen_activity_t = self._next_frozen_activity()
        total = rules.to_tonnes(self._year_of_allowances(self.frozen_activity_t))
        auctioned = math.floor(total * market.auction_share * (1.0 + 1e-15))
        given = total - auctioned
        self.allocated_t += given
        self.allocation_t += max(given - self.borrowed_t, 0)
        self.borrowed_t = max(self.borrowed_t - given, 0)
        return total, auctioned


class AllowanceTrading:
    """The part of the model in which firms set the allowance price."""

    def open_authority(self) -> None:
        """Nothing is for sale before the first January."""
        self.to_auction = self.tiers_1 = self.tiers_2 = self.stability_reserve = 0
        self.credit_use = 1.0

    @property
    def firms_trade(self) -> bool:
        """From the first January on."""
        parameters = self.parameters
        return (
            parameters.allowance_price.path == "endogenous"
            and parameters.regime.kind in ("cap", "absolute")
            and self.month >= -(-parameters.start // 12) * 12
        )

    @property
    def covered_firms(self) -> list[Any]:
        """Firms with an obligation."""
        return [firm for firm in self.firms if firm.covered]

    @property
    def later_years(self) -> int:
        """Whole years of the compliance period after this one."""
        return self.parameters.banking.period_years - 1 - self.year_of_period

    @property
    def months_left(self) -> int:
        """Of the compliance period, with this one."""
        return 12 - self.month % 12 + 12 * self.later_years

    @property
    def ends_period(self) -> bool:
        """Whether allowances are surrendered at the end of this month."""
        return self.month % 12 == 11 and self.later_years == 0

    def give_allowances(self) -> None:
        """January: allowances are given, kept for auctions and tiers, or held back."""
        market = self.parameters.allowance_market
        years = self.parameters.banking.period_years
        first_january = -(-self.parameters.start // 12)
        settled = ((self.month - 1) // 12 - first_january) % years == years - 1
        circulation = sum(firm.own_allowances for firm in self.covered_firms)
        years_given = [
            firm.take_year_of_allowances(settled=settled) for firm in self.covered_firms
        ]
        cap = sum(total for total, _ in years_given)
        self.to_auction = sum(auctioned for _, auctioned in years_given)
        self.tiers_1 = math.floor(cap * market.tier_1_share * (1.0 + 1e-15))
        self.tiers_2 = math.floor(cap * market.tier_2_share * (1.0 + 1e-15))
        if not market.reserve_on:
            return
        moved = 0
        if circulation > market.reserve_upper_t:
            moved = math.floor(market.reserve_intake_share * circulation + 0.5)
        elif circulation >= market.reserve_middle_t:
            moved = math.floor(circulation - market.reserve_middle_t + 0.5)
        elif circulation < market.reserve_lower_t:
            moved = -min(math.floor(market.reserve_release_t), self.stability_reserve)
        moved = min(moved, self.to_auction)
        self.to_auction -= moved
        self.stability_reserve = min(
            self.stability_reserve + moved, math.floor(market.reserve_invalid_above_t)
        )

    def credits_pay(self, at: CarbonPrices) -> bool:
        """Whether the cheapest credit on offer costs no more than it saves."""
        lowest = self.now.best_ask_fen
        if self.apart:
            lowest = min((
                ask.limit_fen for ask in self.asks
                if ask.motive is Motive.SUPPLY and ask.accepts is Eligibility.ELIGIBLE
            ), default=0)
        return 0 < lowest <= self.rules.to_fen(at.credit)

    def _look_ahead(self) -> None:
        # What does not depend on the price.
        rules, parameters = self.rules, self.parameters
        market, penalty = parameters.allowance_market, parameters.penalty
        firms = self.covered_firms
        self.covered_activity = max(plain_sum(firm.activity_t for firm in firms), 1e-9)
        self.on_offer = self.to_auction // (12 - self.month % 12)
        to_come = float(self.to_auction - self.on_offer)
        if market.auction_share > 0.0:
            for year in range(1, self.later_years + 1):
                for firm in firms:
                    to_come += market.auction_share * firm.allocation_in(year)
        self.to_come = math.floor(to_come)
        limit = parameters.emissions.abatement_limit
        dearest = max(
            (
                max(cost for cost, _ in firm.group.abatement_steps) * 1.005
                if firm.group.abatement_steps
                else firm.group.abatement_slope_yuan_per_t * limit
                for firm in firms
            ),
            default=0.0,
        )
        highest = rules.to_fen(dearest) + 1
        worth = CarbonPrices(self, 1.0).worth_later
        if PenaltyForm[penalty.form.upper()] is PenaltyForm.FIXED:
            if not penalty.make_good:
                highest = rules.to_fen(penalty.fixed_yuan_per_t)
            elif worth < 1.0:
                highest = rules.to_fen(penalty.fixed_yuan_per_t / (1.0 - worth))
        if market.ceiling_yuan_per_t > 0.0:
            highest = min(highest, rules.to_fen(market.ceiling_yuan_per_t))
        self.highest_price = min(max(highest, 1), 100_000_000)

    def _lack(self, price: float) -> float:
        # Beyond the deadline, at prices that rise at the rate of discount.
        parameters = self.parameters
        expectations = parameters.expectations
        if parameters.banking.rule == "none":
            return 0.0
        rise = 1.0 + expectations.discount_rate_per_year
        later = price * math.pow(rise, self.later_years)
        lack = most = 0.0
        for year in range(1, expectations.horizon_months // 12 + 1):
            later *= rise
            years = self.later_years + year
            of_year = self._lack_of_year(years, later)
            if self.within_horizon(self.coming) and (
                (self.month + self.coming) // 12 <= self.month // 12 + years
            ):
                with self.under(self.rules_to_come, "compliance", "regime", "penalty"):
                    then = self._lack_of_year(years, later)
                sure = expectations.credibility
                of_year = sure * then + (1.0 - sure) * of_year
            lack += of_year
            most = max(most, lack)
        return most

    def _lack_of_year(self, years: int, price: float) -> float:
        """Tonnes that covered firms will lack together in a year, by the rules in force."""
        parameters, lack = self.parameters, 0.0
        if parameters.regime.kind not in ("cap", "absolute"):
            return 0.0
        at = CarbonPrices(self, price)
        pays = parameters.compliance.eligible and self.credits_pay(at)
        for firm in self.covered_firms:
            owed = firm.activity_t * (1.0 - firm.share_abated_at(at.carbon))
            if firm.rivals_planned(2_000_000_000, 2_000_000_000, 0, at.carbon):
                local = parameters.eligibility.local_share
                owed *= 1.0 - parameters.compliance.offset_limit * (1.0 - local)
            elif pays:
                owed *= 1.0 - at.most_credits * firm.credit_belief
            lack += owed - firm.allocation_in(years)
        return lack

    def wishes(self, price_fen: Price, use: float, beliefs: dict[Any, float]) -> dict[Any, int]:
        """Allowances that each firm wants to hold at a price."""
        price = price_fen / 100.0
        lack = self._lack(price)
        needs = {
            firm: firm.need_at(price, use * beliefs[firm], lack) for firm in self.covered_firms
        }
        lacks = {
            firm: 0.0 if need is None else max(need - firm.own_allowances, 0.0)
            for firm, need in needs.items()
        }
        total, part = plain_sum(lacks.values()), 0.0
        floor = self.parameters.allowance_market.floor_yuan_per_t
        if total > 0.0 and price_fen >= self.rules.to_fen(floor):
            part = min(self.to_come / total, 1.0)
        return {
            firm: 0 if need is None else max(math.floor(need - part * lacks[firm] + 0.5), 0)
            for firm, need in needs.items()
        }

    def _short(self, price_fen: Price, use: float, beliefs: dict[Any, float]) -> int:
        market, fen = self.parameters.allowance_market, self.rules.to_fen
        supply = 0
        if price_fen >= fen(market.floor_yuan_per_t):
            supply += self.on_offer
        for tier, held in (
            (market.tier_1_yuan_per_t, self.tiers_1), (market.tier_2_yuan_per_t, self.tiers_2)
        ):
            if 0 < fen(tier) <= price_fen:
                supply += held
        held = sum(firm.own_allowances for firm in self.covered_firms)
        return sum(self.wishes(price_fen, use, beliefs).values()) - held - supply

    def _even_price(self, use: float, beliefs: dict[Any, float]) -> Price:
        low, high = 1, self.highest_price
        while low < high:
            middle = (low + high) // 2
            if self._short(middle, use, beliefs) > 0:
                low = middle + 1
            else:
                high = middle
        return low

    def _even_share(
        self, price: Price, beliefs: dict[Any, float], without: float, with_all: float
    ) -> float:
        """Share of the room of all that leaves nobody short, to a tonne a firm."""
        low, high, before = 0.0, 1.0, None
        for _ in range(60):
            share = low + (high - low) * (without / (without - with_all))
            short = float(self._short(price, share, beliefs))
            if abs(short) <= len(self.firms):
                break
            side = short > 0.0
            if side:
                low, without = share, short
                with_all /= 2.0 if before is True else 1.0
            else:
                high, with_all = share, short
                without /= 2.0 if before is False else 1.0
            before = side
        return share

    def _try_credits(self, beliefs: dict[Any, float]) -> None:
        # The rest of the credit market as it would go, and then as if it had not been.
        now, ledger_bids, ledger_asks = self.now, list(self.bids), list(self.asks)
        kept = (now.best_bid_fen, now.offered_reserve_t)
        self.fill_rest_of_book()
        offered_reserve(self)
        regulated(self)
        self.clear()
        self._learn_of_credits(beliefs, 1.0)
        self.bids, self.asks, self.matches = ledger_bids, ledger_asks, []
        now.best_bid_fen, now.offered_reserve_t = kept
        now.bid_compliance_t = now.bid_quota_t = now.bid_public_t = now.refused_t = 0

    def agree(self) -> None:
        """Both markets are tried until the allowance price stays."""
        market, compliance = self.parameters.allowance_market, self.parameters.compliance
        self._look_ahead()
        beliefs = {firm: firm.credit_belief for firm in self.covered_firms}
        before = self.rules.to_fen(self.allowance_price)
        for turn in range(market.rounds_most):
            price = self._even_price(1.0, beliefs)
            without, with_all = (self._short(price, use, beliefs) for use in (0.0, 1.0))
            self.credit_use = 1.0
            cheaper = self.credits_pay(CarbonPrices(self, (price - 1) / 100.0))
            if compliance.eligible and cheaper:
                pass
            elif without <= 0:
                self.credit_use = 0.0
            elif with_all < 0:
                self.credit_use = self._even_share(price, beliefs, without, with_all)
            moved, before = abs(price - before), price
            self.allowance_price = price / 100.0
            self.carbon = CarbonPrices(self)
            self.compliance_limit_fen = self.rules.to_fen(self.carbon.credit)
            self.now.allowance_rounds = turn + 1
            for firm in self.covered_firms:
                firm.obligation_t = firm.owed_at(self.allowance_price)
            if not compliance.eligible or (
                turn > 0 and moved <= market.tolerance_share * price
            ):
                break
            self._try_credits(beliefs)
        self.now.carbon_price = self.carbon.carbon

    def _ladder(self, centre: Price) -> list[Price]:
        share = self.parameters.allowance_market.ladder_share
        steps = [
            int(centre * (1.0 - share)), centre - 1, centre, centre + 1,
            int(centre * (1.0 + share)) + 1, self.highest_price,
        ]
        return sorted(min(max(step, 1), self.highest_price) for step in steps)

    def trade_allowances(self) -> None:
        """Firms and the authority trade; then firms emit."""
        now, rules = self.now, self.rules
        market = self.parameters.allowance_market
        beliefs = {firm: firm.credit_belief for firm in self.covered_firms}
        self._learn_of_credits(beliefs, market.credit_learning)
        for firm, belief in beliefs.items():
            firm.credit_belief = belief
        self._look_ahead()
        last, agreed = self.ends_period, self.allowance_price
        use = 0.0 if last else self.credit_use
        centre = self._even_price(use, beliefs)
        bids, asks = self._allowance_book(self._ladder(centre), use, beliefs)
        book, prices_of_credits = (self.bids, self.asks), self.matches
        matches = getattr(self, f"_clear_{market.mechanism}")(bids, asks)
        self.bids, self.asks = book
        self.matches = prices_of_credits
        value = self._settle_allowances(matches, asks[-4:])
        price = centre / 100.0
        if now.allowance_volume_t > 0:
            price = value / now.allowance_volume_t / 100.0
        self.allowance_price = now.allowance_price = price
        self.carbon = CarbonPrices(self)
        now.carbon_price = self.carbon.carbon
        now.market_residual_share = abs(price - agreed) / max(agreed, 0.01)
        wanted = self.wishes(rules.to_fen(price), use, beliefs)
        for firm in self.covered_firms:
            now.allowance_residual_t += abs(wanted[firm] - firm.own_allowances)
            firm.emit(last=last)
            now.allowances_held_t += firm.own_allowances
            if last:
                firm.obligation_t = firm.past_years_t + math.floor(firm.emitted_t)
        now.allowance_reserve_t = self.stability_reserve

    def _learn_of_credits(self, beliefs: dict[Any, float], rate: float) -> None:
        # Who ordered nothing learns from what all who did got together.
        got: dict[Any, int] = {}
        for match in self.matches:
            if match.bid.motive is Motive.COMPLIANCE:
                got[match.bid.sender] = got.get(match.bid.sender, 0) + match.tonnes
        ordered = self.ordered_for_compliance
        for firm, belief in beliefs.items():
            if firm in ordered:
                share = got.get(firm, 0) / ordered[firm]
            elif ordered:
                share = sum(got.values()) / sum(ordered.values())
            else:
                continue
            beliefs[firm] = belief + rate * (share - belief)

    def _allowance_book(
        self, steps: list[Price], use: float, beliefs: dict[Any, float]
    ) -> tuple[list[Order], list[Order]]:
        market, fen = self.parameters.allowance_market, self.rules.to_fen
        wanted = [self.wishes(step, use, beliefs) for step in steps]
        bids, asks = [], []
        for firm in self.covered_firms:
            claimed = kept = firm.own_allowances
            arrival = self.draws(ALLOWANCE_ARRIVAL, firm.stable_id)[0]
            for step, wishes in reversed(list(zip(steps, wanted, strict=True))):
                if wishes[firm] > claimed:
                    bids.append(
                        Order(firm, Motive.ALLOWANCE, step, wishes[firm] - claimed, arrival)
                    )
                    claimed = wishes[firm]
            for step, wishes in zip(steps, wanted, strict=True):
                if wishes[firm] < kept:
                    asks.append(
                        Order(firm, Motive.ALLOWANCE, step, kept - wishes[firm], arrival)
                    )
                    kept = wishes[firm]
        ceiling = market.ceiling_yuan_per_t
        for yuan, tonnes in (
            (market.floor_yuan_per_t, self.on_offer),
            (market.tier_1_yuan_per_t, self.tiers_1 if market.tier_1_yuan_per_t else 0),
            (market.tier_2_yuan_per_t, self.tiers_2 if market.tier_2_yuan_per_t else 0),
            (ceiling, 2_000_000_000 if ceiling > 0.0 else 0),
        ):
            asks.append(
                Order(
                    self.government, Motive.ALLOWANCE, max(fen(yuan), 1), tonnes, 1.0 - 2.0**-33
                )
            )
        return bids, asks

    def _settle_allowances(self, matches: list[Any], offers: list[Order]) -> int:
        net = dict.fromkeys(self.firms, 0)
        public = value = 0
        now, ledger = self.now, self.ledger
        for bid, ask, tonnes, price, seller_price in matches:
            buyer, paid = bid.sender, tonnes * price
            buyer.traded_t += tonnes
            buyer.allowances_bought_t += tonnes
            net[buyer] -= paid
            now.allowance_volume_t += tonnes
            value += paid
            if ask.sender is not self.government:
                ask.sender.traded_t -= tonnes
                ask.sender.allowances_sold_t += tonnes
                net[ask.sender] += tonnes * seller_price
                public += tonnes * (price - seller_price)
                continue
            public += paid
            now.allowance_auctioned_t += tonnes
            place = next(number for number, offer in enumerate(offers) if offer is ask)
            if place == 0:
                self.to_auction -= tonnes
            elif place == 1:
                self.tiers_1 -= tonnes
            elif place == 2:
                self.tiers_2 -= tonnes
        clearing, month = self.allowance_market, self.month
        for firm, fen in net.items():
            if fen < 0:
                firm.top_up(-fen)
                ledger.pay(firm.account, clearing, -fen, Entry.ALLOWANCES, month)
        for firm, fen in net.items():
            if fen > 0:
                ledger.pay(clearing, firm.account, fen, Entry.ALLOWANCES, month)
        ledger.pay(clearing, self.treasury, public, Entry.ALLOWANCES, month)
        return value
