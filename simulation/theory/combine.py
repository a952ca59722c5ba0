"""Curves made of other curves: at another price, between bounds, and the area beneath them.

All of it is exact: a curve of straight pieces stays one.
"""

import numpy as np

from simulation.theory.curves import Curve, prices_at

__all__ = [
    "area_to", "clipped", "constant", "inverse", "mirrored_prices_at", "near", "substituted",
]

# Prices that were computed in two ways may differ in the last digits.
ROUNDING = 1e-13


def constant(tonnes: float) -> Curve:
    """The same tonnes at every price, of either side.

    Parameters
    ----------
    tonnes : float
        t, of any sign.

    Returns
    -------
    Curve
    """
    level = np.array([float(tonnes)])
    return Curve(np.zeros(1), level, level, 0.0)


def substituted(curve: Curve, scale: float, shift: float) -> Curve:
    """Tonnes of a curve at ``scale * price + shift``, as a function of the price.

    Parameters
    ----------
    curve : Curve
    scale : float
        Positive.
    shift : float
        yuan/t. Where it makes a price negative, the curve is as it is just below price 0.

    Returns
    -------
    Curve
    """
    moved = (curve.prices - shift) / scale
    kept = moved > 0
    below, above = curve.below[kept], curve.above[kept]
    first = curve.around(shift) if shift >= 0 else (curve.below[0], curve.below[0])
    return Curve(
        np.concatenate(([0.0], moved[kept])),
        np.concatenate(([first[0]], below)),
        np.concatenate(([first[1]], above)),
        curve.slope * scale,
    )


def clipped(curve: Curve, least: float, most: float) -> Curve:
    """A curve kept between two bounds.

    Parameters
    ----------
    curve : Curve
        Rising or falling.
    least, most : float
        t; may be infinite.

    Returns
    -------
    Curve
    """
    prices, below, above = curve.prices, curve.below, curve.above
    kinks, values = [prices], [np.stack((below, above))]
    for bound in (least, most):
        if not np.isfinite(bound):
            continue
        inside = np.flatnonzero((above[:-1] - bound) * (below[1:] - bound) < 0)
        part = (bound - above[inside]) / (below[inside + 1] - above[inside])
        crossings = prices[inside] + part * (prices[inside + 1] - prices[inside])
        if curve.slope * (bound - above[-1]) > 0:
            end = prices[-1] + (bound - above[-1]) / curve.slope
            crossings = np.append(crossings, end)
        kinks.append(crossings)
        values.append(np.full((2, len(crossings)), bound))
    price, places = np.unique(np.concatenate(kinks), return_index=True)
    ends = np.clip(np.concatenate(values, axis=1)[:, places], least, most)
    # Beyond its last kink the curve either stays within the bounds or has left them for good.
    bound = most if curve.slope > 0 else least
    slope = 0.0 if np.isfinite(bound) else curve.slope
    return Curve(price, ends[0], ends[1], slope)


def area_to(curve: Curve, price: float) -> float:
    """Area beneath a curve from price 0 to some price.

    Parameters
    ----------
    curve : Curve
    price : float
        yuan/t.

    Returns
    -------
    float
        yuan: of demand what buyers would gain if the price fell from `price` to 0.
    """
    edges = np.append(curve.prices[curve.prices < price], price)
    below, above = curve.around(edges)
    return float(np.sum((above[:-1] + below[1:]) / 2.0 * np.diff(edges)))


def mirrored_prices_at(falling: Curve, tonnes: float) -> tuple[float, float]:
    """Prices at which a curve that never rises takes a value; see `prices_at`."""
    return prices_at(falling.scaled(-1.0), -tonnes)


def near(curve: Curve, price: float) -> tuple[float, float]:
    """Fewest and most tonnes at a price that is known up to rounding.

    Parameters
    ----------
    curve : Curve
    price : float
        yuan/t.

    Returns
    -------
    fewest, most : float
        t. A jump is found even where the last digits of the price miss it.
    """
    slack = ROUNDING * (price + float(curve.prices[-1]))
    jumps = (np.abs(curve.prices - price) <= slack) & (curve.below != curve.above)
    ends = (*curve.around(price), *curve.below[jumps], *curve.above[jumps])
    return float(min(ends)), float(max(ends))


def inverse(curve: Curve, beyond: float = 0.0) -> Curve:
    """Price as a function of the tonnes: a curve with its axes exchanged.

    Parameters
    ----------
    curve : Curve
        Rising or falling, of tonnes that are not negative.
    beyond : float
        yuan/t, price of more tonnes than the curve ever reaches.

    Returns
    -------
    Curve
        Its `prices` are tonnes and its tonnes are prices; it rises where the curve does.
    """
    tonnes = np.stack((curve.below, curve.above), axis=1).ravel()
    prices = np.repeat(curve.prices, 2)
    if tonnes[0] > tonnes[-1]:
        tonnes, prices = tonnes[::-1], prices[::-1]
    tonnes, prices = np.append(0.0, tonnes), np.append(prices[0], prices)
    kinks, first = np.unique(tonnes, return_index=True)
    last = np.append(first[1:], len(tonnes)) - 1
    above = prices[last].astype(float)
    if curve.slope > 0:
        return Curve(kinks, prices[first], above, 1.0 / curve.slope)
    above[-1] = beyond
    return Curve(kinks, prices[first], above, 0.0)
