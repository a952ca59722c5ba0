"""An order of an agent with its limit, and what it got, in a sentence."""

from agents.vocabulary import Eligibility
from experiments.agent_moment import Moment

__all__ = ["bid_told", "offer_told"]


def bid_told(moment: Moment, place: int, why: str) -> str:
    """An order to buy.

    Parameters
    ----------
    moment : Moment
    place : int
        In the book.
    why : str
        Its motive, as a part of the sentence.

    Returns
    -------
    str
    """
    say, order = moment.say, moment.orders[place]
    bid = say("Bid" if moment.cleared else "Bids", "出价")
    text = say(
        f"{bid} for {moment.tonnes(order.wanted_t)} {why} at up to "
        f"{moment.price(order.limit_fen)}",
        f"{why}{bid}{moment.tonnes(order.wanted_t)}，限价{moment.price(order.limit_fen)}",
    )
    rules = say("limits, steps and tax", "限价、变动价位与交易税")
    text, ended = _at_the_market(moment, place, text, rules)
    if ended:
        return text
    if moment.trades_of(place):
        return text + _filled(moment, place, selling=False)
    best = moment.best_opposite(place)
    if best == 0:
        return text + say(
            "; bought nothing: nobody offered such credits.", "；未成交：无人挂牌此类碳信用。",
        )
    if best > order.price_fen:
        return text + say(
            f"; bought nothing: the lowest ask was {moment.price(best)}.",
            f"；未成交：最低要价为{moment.price(best)}。",
        )
    if not 0 < moment.best_opposite(place, left=True) <= order.price_fen:
        return text + say(
            "; bought nothing: what was asked at such a price was sold to others.",
            "；未成交：要价在此限价以内的碳信用均已售予其他买方。",
        )
    return text + say(
        f"; bought nothing, although asks went down to {moment.price(best)}.",
        f"；未成交，尽管最低要价为{moment.price(best)}。",
    )


def offer_told(moment: Moment, place: int, *, told_apart: bool) -> str:
    """An order to sell.

    Parameters
    ----------
    moment : Moment
    place : int
        In the book.
    told_apart : bool
        Whether credits that count for compliance are offered apart from others.

    Returns
    -------
    str
    """
    say, order = moment.say, moment.orders[place]
    what = moment.tonnes(order.wanted_t)
    if told_apart and order.eligibility == Eligibility.ANY:
        what = say(f"{what} of credits that do not count", f"{what}（不可履约的类别）")
    elif told_apart:
        what = say(f"{what} of credits of a kind that counts", f"{what}（可履约的类别）")
    at = moment.price(order.limit_fen)
    offered = say("Offered" if moment.cleared else "Offers", "挂牌")
    text = say(f"{offered} {what} at {at}", f"{offered}{what}，要价{at}")
    text, ended = _at_the_market(moment, place, text, say("limits and steps", "限价与变动价位"))
    if ended:
        return text
    if moment.trades_of(place):
        return text + _filled(moment, place, selling=True)
    best = moment.best_opposite(place)
    if best == 0:
        return text + say("; sold nothing: nobody bid for it.", "；未售出：无人出价。")
    if best < order.price_fen:
        return text + say(
            f"; sold nothing: the highest bid was {moment.price(best)}.",
            f"；未售出：最高出价仅{moment.price(best)}。",
        )
    if moment.best_opposite(place, left=True) < order.price_fen:
        return text + say(
            "; sold nothing: those who bid as much bought from others.",
            "；未售出：出价达到此价的买方均已由其他卖方满足。",
        )
    return text + say(
        f"; sold nothing, although bids went up to {moment.price(best)}.",
        f"；未售出，尽管最高出价达{moment.price(best)}。",
    )


def _at_the_market(moment: Moment, place: int, text: str, rules: str) -> tuple[str, bool]:
    # What the market makes of an order before orders meet; whether that is all there is to tell.
    say, order = moment.say, moment.orders[place]
    if order.quantity_t == 0:
        return text + say(
            ": not admitted, outside the price limits or below a lot.",
            "：超出限价或不足一个交易单位，未获受理。",
        ), True
    if order.price_fen != order.limit_fen:
        price = moment.price(order.price_fen)
        text += say(f" ({price} under the market's {rules})", f"（按{rules}为{price}）")
    if not moment.cleared:
        return text + say("; the market has not met yet.", "；尚未撮合。"), True
    return text, False


def _filled(moment: Moment, place: int, *, selling: bool) -> str:
    say, trades = moment.say, moment.trades_of(place)
    got = moment.got(trades, selling=selling)
    done, chinese = ("sold", "售出") if selling else ("bought", "买入")
    if sum(trade.tonnes for trade in trades) == moment.orders[place].quantity_t:
        return say(f"; {done} all of it: {got}.", f"；全部{chinese}，{got}。")
    return say(f"; {done} {got}.", f"；部分{chinese}，{got}。")
