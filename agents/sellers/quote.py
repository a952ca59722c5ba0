"""What a seller offers, and at which price."""

import math
from typing import Literal

from agents.compiled import rule
from agents.parameters import Parameters, param

__all__ = [
    "QuoteParameters",
    "believed_price",
    "floor_fen",
    "focal_ask",
    "marginal_cost",
    "money_pressure",
    "next_markup",
    "offered_tonnes",
]


class QuoteParameters(Parameters):
    """Asks and offered lots."""

    strategy: Literal["focal", "truthful", "bargaining", "storage"] = param(
        "focal", unit="name", role="uncertainty",
        source="four of eleven priced deals are at exactly 30 (data/trades.csv); A7, A26, A27",
        label="Price theory of sellers that name none", label_zh="卖方定价理论（未单独指定者）",
    )

    guide_price_yuan_per_t: float = param(
        30.0, unit="yuan/t", low=0, high=10_000, role="lever",
        source="four of eleven priced deals are at exactly 30 (data/trades.csv)",
        label="Guide price", label_zh="指导价",
    )
    anchor_weight: float = param(
        0.7, unit="1", low=0, high=1, role="uncertainty", source="assumption A7",
        label="Weight of the guide price in the ask", label_zh="指导价在要价中的权重",
    )
    markup_step: float = param(
        0.01, unit="1", low=0, high=1, role="uncertainty", source="assumption A7",
        label="Step of the markup", label_zh="加价步长",
    )
    markup_limit: float = param(
        0.25, unit="1", low=0, high=5, role="uncertainty", source="assumption A7",
        label="Largest markup or discount", label_zh="加价或降价上限",
    )
    pressure_discount: float = param(
        0.1, unit="1", low=0, high=1, role="uncertainty", source="assumption A7",
        label="Discount of a seller without money", label_zh="资金紧张时的折让",
    )
    offered_share: float = param(
        0.5, unit="1", low=0, high=1, role="uncertainty",
        source="the first deal sold 0.26-0.91 of verified stock (data/trades.csv)",
        label="Share of stock offered", label_zh="挂牌比例",
    )
    smallest_lot_t: int = param(
        1000, unit="t", low=1, high=10_000_000, role="uncertainty", source="assumption A7",
        label="Smallest lot", label_zh="最小挂牌量",
    )
    learning_rate: float = param(
        0.2, unit="1", low=0, high=1, role="uncertainty", source="assumption A8",
        label="Seller's price learning rate", label_zh="卖方价格学习率",
    )


@rule
def marginal_cost(verification_cost, fee_share):
    """Lowest price at which a sale leaves the seller no worse off.

    Parameters
    ----------
    verification_cost : MRV cost per tonne, yuan/t
    fee_share : exchange fee, share of the price, below 1

    Returns
    -------
    yuan/t

    Notes
    -----
    Treatment is sunk (assumption A2), so it is no part of the cost of a sale.
    """
    return verification_cost / (1.0 - fee_share)


@rule
def floor_fen(floor):
    """Marginal cost in whole fen: rounded up, so that nobody sells at a loss.

    Parameters
    ----------
    floor : yuan/t

    Returns
    -------
    fen/t
    """
    # What floats add in their last bits is no fen: 0.29 * 100 is 28.999999999999996 to them.
    return math.ceil(floor * 100.0 * (1.0 - 1e-15))


@rule
def money_pressure(cash, next_cost):
    """How far a seller is from paying for the next verification.

    Parameters
    ----------
    cash : fen on the account
    next_cost : fen needed

    Returns
    -------
    0 (enough money) to 1 (none)
    """
    if next_cost <= 0:
        return 0.0
    return min(max(1.0 - cash / next_cost, 0.0), 1.0)


@rule
def focal_ask(guide, last_price, anchor_weight, markup, pressure, pressure_discount, floor):
    """Ask of a seller who leans on a guide price and on the last publicised price.

    Parameters
    ----------
    guide, last_price : yuan/t; last_price is 0 before the first deal
    anchor_weight : weight of the guide price, 0 to 1
    markup : adjustment for sold-out or unsold lots
    pressure : money pressure, 0 to 1
    pressure_discount : discount at full pressure
    floor : marginal cost, yuan/t

    Returns
    -------
    yuan/t, never below the floor

    Notes
    -----
    Linear weights and factors are assumption A7.
    """
    reference = guide
    if last_price > 0.0:
        reference = anchor_weight * guide + (1.0 - anchor_weight) * last_price
    return max(reference * (1.0 + markup) * (1.0 - pressure * pressure_discount), floor)


@rule
def next_markup(markup, offered, sold, step, limit):
    """Markup after a month: up when the lot sold out, down when nothing sold.

    Parameters
    ----------
    markup : before
    offered, sold : t in this month
    step, limit : positive

    Returns
    -------
    within -limit and limit; unchanged where nothing was offered or a part was sold
    """
    if offered <= 0:
        return markup
    if sold >= offered:
        return min(markup + step, limit)
    if sold == 0:
        return max(markup - step, -limit)
    return markup


@rule
def offered_tonnes(stock, share, smallest_lot):
    """Tonnes a seller offers from the stock it holds.

    Parameters
    ----------
    stock : t held
    share : share of the stock offered, 0 to 1
    smallest_lot : t; a smaller stock is offered whole

    Returns
    -------
    t, at most the stock
    """
    return min(stock, max(int(stock * share), smallest_lot))


@rule
def believed_price(belief, last_price, learning_rate):
    """Price a seller expects, after this month's deals.

    Parameters
    ----------
    belief : yuan/t, before
    last_price : yuan/t, mean of this month's deals; 0 where there was none
    learning_rate : 0 to 1

    Returns
    -------
    yuan/t

    Notes
    -----
    Adaptive expectations (Nerlove 1958, QJE 72:227): assumption A8.
    """
    if last_price <= 0.0:
        return belief
    return belief + learning_rate * (last_price - belief)
