"""Which credits count, in the object version, and how a book of unlike credits is split."""

import math
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from agents.vocabulary import CreditState, Eligibility, Entry, Purpose
from benchmarks.object_ledger import Account, Lot
from benchmarks.object_market import Match, Order
from benchmarks.object_setup import province_of

__all__ = ["HoldsCredits", "SortsCredits"]

HELD, ESCROW = CreditState.HELD, CreditState.ESCROW
ANY, ELIGIBLE, LOCAL = Eligibility
Clear = Callable[[list[Order], list[Order]], list[Match]]


class SortsCredits:
    """The part of the model that tells credits apart."""

    def group_counts(self, group: Any) -> bool:
        """Whether a group of projects makes credits of a class and province that count."""
        rules = self.parameters.eligibility
        return (
            group.credit_class in (rules.credit_classes or [group.credit_class])
            and province_of(group) in (rules.provinces or [province_of(group)])
        )

    def lot_counts(self, lot: Lot) -> bool:
        """By class, province and vintage, as the rules stand."""
        rules = self.parameters.eligibility
        first = rules.first_vintage_year or lot.first_month // 12
        last = rules.last_vintage_year or lot.last_month // 12
        return (
            self.group_counts(self.project_of[lot.project_id].group)
            and lot.first_month // 12 >= first and lot.last_month // 12 <= last
        )

    def tell_apart(self) -> None:
        """Whether the rules make a difference between credits, and whether that matters now."""
        rules = self.parameters.eligibility
        self.told_apart = bool(
            rules.first_vintage_year or rules.last_vintage_year or rules.local_share
            or not all(self.group_counts(group) for group in self.parameters.projects)
        )
        self.apart = self.told_apart and (
            self.parameters.compliance.eligible
            or self.parameters.voluntary.green_reserve_weight > 0
        )

    def tonnes_that_count(self, account: Account, *states: CreditState) -> int:
        """Credits of an account that count."""
        return sum(
            lot.tonnes for state in states for lot in account.lots[state] if self.lot_counts(lot)
        )

    def of_kind(self, eligibility: Eligibility) -> Callable[[Lot], bool] | None:
        """Which lots an ask offers; all where the rules make no difference."""
        if not self.told_apart:
            return None
        return lambda lot: self.lot_counts(lot) is (eligibility is ELIGIBLE)

    def clear_apart(self, bids: list[Order], asks: list[Order], clear: Clear) -> list[Match]:
        """Local bids by province, then bids for any with what does not count, then the rest."""
        left = {order: order.tonnes for order in [*bids, *asks]}
        found: list[Match] = []

        def step(some_bids: list[Order], some_asks: list[Order]) -> None:
            copies = {}
            sides = []
            for side in (some_bids, some_asks):
                here = {replace(order, tonnes=left[order]): order for order in side if left[order]}
                copies |= here
                sides.append(list(here))
            for match in clear(*sides):
                bid, ask = copies[match.bid], copies[match.ask]
                left[bid] -= match.tonnes
                left[ask] -= match.tonnes
                found.append(match._replace(bid=bid, ask=ask))

        counting = [ask for ask in asks if ask.accepts is ELIGIBLE]
        for province in dict.fromkeys(
            agent.province for agent in [*self.projects, *self.firms]
        ):
            step(
                [bid for bid in bids if bid.accepts is LOCAL and bid.sender.province == province],
                [ask for ask in counting if ask.sender.province == province],
            )
        step(
            [bid for bid in bids if bid.accepts is ANY],
            [ask for ask in asks if ask.accepts is ANY],
        )
        step([bid for bid in bids if bid.accepts is not LOCAL], counting)
        return found


class HoldsCredits:
    """The part of a firm that minds which credits it holds."""

    def _elsewhere(self, lot: Lot) -> bool:
        return self.model.lot_counts(lot) and not self._local(lot)

    def _local(self, lot: Lot) -> bool:
        model = self.model
        return model.lot_counts(lot) and model.project_of[lot.project_id].province == self.province

    def _held(self, wanted: Callable[[Lot], bool]) -> int:
        return sum(lot.tonnes for lot in self.account.lots[HELD] if wanted(lot))

    def elsewhere_room(self, room: int) -> int:
        """Credits from other provinces that fit under the limit."""
        share = self.model.parameters.eligibility.local_share
        return math.floor(room * (1.0 - share) * (1.0 + 1e-15))

    def usable(self, room: int) -> int:
        """Of what is held for compliance, what could be surrendered under a limit."""
        if not self.model.apart:
            return self.for_compliance_t
        elsewhere = min(self._held(self._elsewhere), self.elsewhere_room(room))
        return min(self.for_compliance_t, self._held(self._local) + elsewhere)

    def ordered_anywhere(self, wanted: int, room: int, share: float) -> int:
        """Part of an order for compliance that credits from elsewhere may fill."""
        if not self.model.apart:
            return wanted
        held = self._held(self._elsewhere) if self.for_compliance_t > 0 else 0
        by_now = math.floor(self.elsewhere_room(room) * share) - held
        return min(max(by_now, 0), wanted)

    def use(
        self, after: CreditState, tonnes: int, entry: Entry, purpose: Purpose = Purpose.NONE
    ) -> None:
        """Put credits to a use that takes any: the least useful first, where they differ."""
        model = self.model
        kinds: list[Callable[[Lot], bool] | None] = [None]
        if model.told_apart:
            kinds = [lambda lot: not model.lot_counts(lot), self._elsewhere, self._local]
        for wanted in kinds:
            part = tonnes
            if wanted is not None:
                part = min(part, self._held(wanted))
            model.ledger.move(
                self.account, HELD, self.account, after, part, entry, model.month, purpose, wanted
            )
            tonnes -= part

    def surrender(self, credits: int, room: int) -> int:
        """Retire credits for compliance, from elsewhere first; tonnes of these."""
        model, elsewhere = self.model, 0
        parts: list[tuple[int, Callable[[Lot], bool] | None]] = [(credits, None)]
        if model.apart:
            elsewhere = min(self._held(self._elsewhere), self.elsewhere_room(room), credits)
            parts = [(elsewhere, self._elsewhere), (credits - elsewhere, self._local)]
        for part, wanted in parts:
            model.ledger.move(
                self.account, HELD, self.account, CreditState.RETIRED, part, Entry.RETIRE,
                model.month, Purpose.COMPLIANCE, wanted,
            )
        return elsewhere
