"""How the object version trades: the pricing rule in force, then delivery against payment."""

import math

from agents.vocabulary import CreditState, Eligibility, Entry, Motive, Occasion
from benchmarks.object_auctions import (
    clear_administered,
    clear_mcafee,
    clear_one_way_auction,
    clear_pay_as_bid,
    clear_reverse_auction,
)
from benchmarks.object_market import (
    Match,
    Order,
    clear_bilateral,
    clear_call_auction,
    clear_continuous,
    clear_listing,
)
from benchmarks.object_records import Deal
from simulation.draws import (
    ADMINISTERED_LOTTERY,
    BILATERAL_CONTACT,
    CALL_AUCTION_PAIRING,
    CONTINUOUS_SHOUT,
    LISTING_SIGHT,
)

__all__ = ["Government", "Trading"]

ESCROW, HELD = CreditState.ESCROW, CreditState.HELD


class Government:
    """Who buys for the public and sells from the reserve."""

    stable_id = 4_000_000_000
    province = None


class Trading:
    """The part of the model that matches orders and settles deals."""

    def clear(self) -> None:
        """The pricing rule matches the book; what it computes is rounded down to the tick."""
        mechanism, lot = self.parameters.market.mechanism, self.parameters.trading_units.lot_t
        counted_in_lots = {
            "call_auction", "pay_as_bid", "administered", "reverse_auction",
        }
        bids, asks = self.bids, self.asks
        if lot > 1 and mechanism in counted_in_lots:
            bids, asks = ([order.in_lots(lot) for order in side] for side in (bids, asks))
        clear = getattr(self, f"_clear_{mechanism}")
        found = self.clear_apart(bids, asks, clear) if self.apart else clear(bids, asks)
        if lot > 1 and mechanism in counted_in_lots:
            found = [match._replace(tonnes=match.tonnes * lot) for match in found]
        tick = self.rules.to_fen(self.parameters.trading_units.tick_yuan_per_t)
        if tick > 1:
            found = [
                match._replace(
                    price_fen=match.price_fen - match.price_fen % tick,
                    seller_price_fen=match.seller_price_fen - match.seller_price_fen % tick,
                )
                for match in found
            ]
        self.matches = found

    def _clear_listing(self, bids: list[Order], asks: list[Order]) -> list[Match]:
        listing = self.parameters.listing
        return clear_listing(
            bids, asks, partial_lots=listing.partial_lots,
            lots_seen=listing.lots_seen, sight=self._sight,
        )

    def _clear_bilateral(self, bids: list[Order], asks: list[Order]) -> list[Match]:
        bilateral = self.parameters.bilateral
        return clear_bilateral(
            bids, asks, seller_power=bilateral.seller_power,
            search_cost_yuan=bilateral.search_cost_yuan,
            smallest_block_t=bilateral.smallest_block_t, knows=self._knows,
        )

    def _clear_pay_as_bid(self, bids: list[Order], asks: list[Order]) -> list[Match]:
        rules = self.parameters.pay_as_bid
        return clear_pay_as_bid(
            bids, asks, price=rules.price, by_time=rules.rationing == "time",
            pairing=self._pairing,
        )

    def _clear_mcafee(self, bids: list[Order], asks: list[Order]) -> list[Match]:
        return clear_mcafee(
            bids, asks, candidate=self.parameters.mcafee.candidate,
            pairing=self._pairing,
        )

    def _clear_one_way_auction(self, bids: list[Order], asks: list[Order]) -> list[Match]:
        rules = self.parameters.one_way_auction
        return clear_one_way_auction(
            bids, asks, style=rules.format,
            increment_fen=self.rules.to_fen(rules.increment_yuan_per_t),
        )

    def _clear_administered(self, bids: list[Order], asks: list[Order]) -> list[Match]:
        rules = self.parameters.administered
        return clear_administered(
            bids, asks, price_fen=self.rules.to_fen(rules.price_yuan_per_t),
            rationing=rules.rationing, lottery=self._lottery, pairing=self._pairing,
        )

    def _clear_reverse_auction(self, bids: list[Order], asks: list[Order]) -> list[Match]:
        rules, lot = self.parameters.reverse_auction, self.parameters.trading_units.lot_t
        return clear_reverse_auction(
            bids, asks, budget_fen=self.rules.to_fen(rules.budget_yuan) // lot,
            payment=rules.payment, private_demand=rules.private_demand,
        )

    def _clear_continuous(self, bids: list[Order], asks: list[Order]) -> list[Match]:
        continuous = self.parameters.continuous
        return clear_continuous(
            bids, asks, rounds=continuous.rounds,
            opening_distance=continuous.opening_distance, shout=self._shout,
        )

    def _clear_call_auction(self, bids: list[Order], asks: list[Order]) -> list[Match]:
        auction = self.parameters.call_auction
        return clear_call_auction(
            bids, asks, k=auction.k, by_time=auction.rationing == "time",
            pairing=self._pairing,
        )

    def _sight(self, bid: Order, ask: Order) -> float:
        return self.draws(LISTING_SIGHT, bid.sender.stable_id, ask.sender.stable_id)[0]

    def _knows(self, bid: Order, ask: Order) -> bool:
        buyer, seller, bilateral = bid.sender, ask.sender, self.parameters.bilateral
        if seller is self.government:
            return True
        pair = (buyer.stable_id, seller.stable_id)
        if pair not in self.contact_draws:
            self.contact_draws[pair] = self.lasting_draws(BILATERAL_CONTACT, *pair)[0]
        near = buyer.province == seller.province
        return self.contact_draws[pair] < (
            bilateral.contact_local if near else bilateral.contact_distant
        )

    def _shout(self, order: Order, number: int) -> float:
        return self.draws(CONTINUOUS_SHOUT, order.sender.stable_id, number)[order.motive % 4]

    def _pairing(self, order: Order) -> float:
        return self.draws(CALL_AUCTION_PAIRING, order.sender.stable_id)[order.motive % 4]

    def _lottery(self, order: Order) -> float:
        return self.draws(ADMINISTERED_LOTTERY, order.sender.stable_id)[order.motive % 4]

    def settle(self) -> None:
        """Delivery against payment, match by match."""
        self.subsidy_fen = self.rules.to_fen(self.parameters.voluntary.subsidy_yuan_per_t)
        tax_share = self.parameters.transaction_tax.share
        ledger, now, month = self.ledger, self.now, self.month
        for bid, ask, tonnes, price, seller_price in self.matches:
            if bid.motive is Motive.PUBLIC:
                self._settle_publicly(bid, ask, tonnes, price)
                continue
            firm, seller, value = bid.sender, ask.sender, tonnes * price
            received, tax = tonnes * seller_price, math.floor(tonnes * price * tax_share)
            voluntary = bid.motive is Motive.VOLUNTARY
            reserve = seller is self.government
            holder = self.reserve if reserve else seller.account
            firm.top_up(value + tax)
            ledger.pay(
                firm.account, self.treasury if reserve else seller.account, received,
                Entry.PAYMENT, month,
            )
            ledger.pay(
                firm.account, self.exchange, value - received, Entry.PRICE_DIFFERENCE, month
            )
            ledger.move(
                holder, ESCROW, firm.account, HELD, tonnes, Entry.DELIVER, month,
                wanted=self.of_kind(ask.accepts),
            )
            self.deals.append(Deal(
                month, seller.stable_id, firm.stable_id, bid.motive,
                firm.occasion if voluntary else Occasion.NONE, ask.accepts, tonnes, price,
                seller_price, tax, ask.limit_fen, bid.limit_fen,
            ))
            if reserve:
                now.reserve_sold_t += tonnes
                now.reserve_value_fen += received
            else:
                seller.sell(tonnes, received)
            ledger.pay(firm.account, self.treasury, tax, Entry.TRANSACTION_TAX, month)
            now.transaction_tax_fen += tax
            firm.buy(bid.motive, tonnes, value, tax)
            now.deals += 1
            now.volume_t += tonnes
            now.value_fen += value
            self._count_kind(ask, tonnes, value)
            now.price_difference_fen += value - received
            if voluntary:
                now.voluntary_t += tonnes
                now.voluntary_value_fen += value
            elif bid.motive is Motive.COMPLIANCE:
                now.compliance_t += tonnes
            else:
                now.quota_t += tonnes

    def _settle_publicly(self, bid: Order, ask: Order, tonnes: int, price: int) -> None:
        """The treasury pays, and what it gets is cancelled."""
        ledger, now, month = self.ledger, self.now, self.month
        project, value = ask.sender, tonnes * price
        ledger.pay(self.treasury, project.account, value, Entry.PAYMENT, month)
        ledger.move(
            project.account, ESCROW, self.treasury, HELD, tonnes, Entry.DELIVER, month,
            wanted=self.of_kind(ask.accepts),
        )
        ledger.move(
            self.treasury, HELD, self.treasury, CreditState.CANCELLED, tonnes, Entry.CANCEL, month
        )
        self.deals.append(Deal(
            month, project.stable_id, Government.stable_id, Motive.PUBLIC, Occasion.NONE,
            ask.accepts, tonnes, price, price, 0, ask.limit_fen, bid.limit_fen,
        ))
        project.sell(tonnes, value)
        now.deals += 1
        now.volume_t += tonnes
        now.public_t += tonnes
        now.value_fen += value
        now.public_value_fen += value
        self._count_kind(ask, tonnes, value)

    def _count_kind(self, ask: Order, tonnes: int, value: int) -> None:
        if ask.accepts is Eligibility.ELIGIBLE:
            self.now.counting_t += tonnes
            self.now.counting_value_fen += value
