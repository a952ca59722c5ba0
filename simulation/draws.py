"""Addressed draws: every random number has an address and depends on nothing else.

``draw(seed, stream, month, agent_id, k)`` is word ``k`` of Philox 4x32-10 at the address (stream,
month, agent). Whatever else the model draws, it stays the same; so two runs with one seed are
paired, and agents that are added leave the luck of the others alone.
"""

import math
import zlib
from typing import NamedTuple

import numpy as np

from agents.compiled import allocating_kernel, rule

__all__ = [
    "STREAMS",
    "DrawKey",
    "draw",
    "draw_block",
    "normal_quantile",
    "philox",
    "stream_number",
    "uniform",
    "uniform_blocks",
    "uniform_column",
]

_LOW = np.uint64(0xFFFFFFFF)
_WORD = np.uint64(32)
_MULTIPLIER_0 = np.uint64(0xD2511F53)
_MULTIPLIER_1 = np.uint64(0xCD9E8D57)
_WEYL_0 = np.uint64(0x9E3779B9)
_WEYL_1 = np.uint64(0xBB67AE85)
_TO_UNIT = 2.0**-32


def stream_number(name: str) -> int:
    """Number of a stream: a hash of its name, so that new streams never move old ones.

    Parameters
    ----------
    name : str

    Returns
    -------
    int
        32 bits.
    """
    return zlib.crc32(name.encode())


# Every stream of the model; a new one goes anywhere in the list.
STREAMS = {
    name: stream_number(name)
    for name in (
        "setup.project",
        "setup.firm",
        "weather",
        "measurement",
        "emissions",
        "audit",
        "allowance_price",
        "occasion",
        "order.arrival",
        "listing.sight",
        "call_auction.pairing",
        "bilateral.contact",
        "administered.lottery",
        "join",
        "continuous.shout",
        "laboratory.trader",
        "laboratory.arrival",
        "laboratory.turn",
        "laboratory.quote",
        "laboratory.acceptance",
        "laboratory.learning",
        "allowance.arrival",
        "allowance.audit",
        "verification.queue",
        "reversal",
        "spot_audit",
        "participation",
    )
}
# Kernels read constants, not dictionaries.
SETUP_PROJECT = STREAMS["setup.project"]
SETUP_FIRM = STREAMS["setup.firm"]
WEATHER = STREAMS["weather"]
MEASUREMENT = STREAMS["measurement"]
EMISSIONS = STREAMS["emissions"]
AUDIT = STREAMS["audit"]
ALLOWANCE_PRICE = STREAMS["allowance_price"]
OCCASION = STREAMS["occasion"]
ORDER_ARRIVAL = STREAMS["order.arrival"]
LISTING_SIGHT = STREAMS["listing.sight"]
CALL_AUCTION_PAIRING = STREAMS["call_auction.pairing"]
BILATERAL_CONTACT = STREAMS["bilateral.contact"]
ADMINISTERED_LOTTERY = STREAMS["administered.lottery"]
JOIN = STREAMS["join"]
CONTINUOUS_SHOUT = STREAMS["continuous.shout"]
LABORATORY_TRADER = STREAMS["laboratory.trader"]
LABORATORY_ARRIVAL = STREAMS["laboratory.arrival"]
LABORATORY_TURN = STREAMS["laboratory.turn"]
LABORATORY_QUOTE = STREAMS["laboratory.quote"]
LABORATORY_ACCEPTANCE = STREAMS["laboratory.acceptance"]
LABORATORY_LEARNING = STREAMS["laboratory.learning"]
ALLOWANCE_ARRIVAL = STREAMS["allowance.arrival"]
ALLOWANCE_AUDIT = STREAMS["allowance.audit"]
VERIFICATION_QUEUE = STREAMS["verification.queue"]
REVERSAL = STREAMS["reversal"]
SPOT_AUDIT = STREAMS["spot_audit"]
PARTICIPATION = STREAMS["participation"]


class DrawKey(NamedTuple):
    """The part of an address that a clearing may not know: it can draw, but not tell the time.

    Attributes
    ----------
    seed : int
        0 to 2**63 - 1.
    month : int
        Month number.
    """

    seed: int
    month: int


@rule
def philox(c0, c1, c2, c3, key0, key1):
    """Philox 4x32 with ten rounds.

    Parameters
    ----------
    c0, c1, c2, c3 : counter words, uint64 below 2**32
    key0, key1 : key words, uint64 below 2**32

    Returns
    -------
    four uint64 below 2**32

    References
    ----------
    Salmon, Moraes, Dror, Shaw (2011), Parallel random numbers: as easy as 1, 2, 3, SC '11.
    """
    for turn in range(10):
        if turn > 0:
            key0 = (key0 + _WEYL_0) & _LOW
            key1 = (key1 + _WEYL_1) & _LOW
        product0 = _MULTIPLIER_0 * c0
        product1 = _MULTIPLIER_1 * c2
        c0, c1, c2, c3 = (
            (product1 >> _WORD) ^ c1 ^ key0,
            product1 & _LOW,
            (product0 >> _WORD) ^ c3 ^ key1,
            product0 & _LOW,
        )
    return c0, c1, c2, c3


@rule
def draw_block(seed, stream, month, agent_id, block):
    """Four uniform draws at one address.

    Parameters
    ----------
    seed : 0 to 2**63 - 1
    stream : stream number
    month : month number
    agent_id : stable id, never a row
    block : which four words

    Returns
    -------
    four floats, each inside (0, 1)
    """
    key = np.uint64(seed)
    w0, w1, w2, w3 = philox(
        np.uint64(stream) & _LOW,
        np.uint64(month) & _LOW,
        np.uint64(agent_id) & _LOW,
        np.uint64(block) & _LOW,
        key & _LOW,
        key >> _WORD,
    )
    return (
        (float(w0) + 0.5) * _TO_UNIT,
        (float(w1) + 0.5) * _TO_UNIT,
        (float(w2) + 0.5) * _TO_UNIT,
        (float(w3) + 0.5) * _TO_UNIT,
    )


@rule
def uniform(seed, stream, month, agent_id, block):
    """First of the four draws of a block.

    Parameters
    ----------
    seed, stream, month, agent_id, block : address, see `draw_block`

    Returns
    -------
    float inside (0, 1)
    """
    first, _, _, _ = draw_block(seed, stream, month, agent_id, block)
    return first


@allocating_kernel
def uniform_blocks(seed, stream, month, ids):
    """Block 0 of many agents, equal to `draw_block` one by one.

    Parameters
    ----------
    seed, stream, month : address
    ids : int64 array, stable ids

    Returns
    -------
    float64 array, shape (4, ids), each inside (0, 1)
    """
    count = len(ids)
    low = np.empty(count, dtype=np.uint64)
    for place in range(count):
        low[place] = np.uint64(ids[place]) & _LOW
    found = np.empty((4, count))
    # The rounds are written out and not left to `philox`: only a loop that calls nothing becomes
    # vector instructions, which work on several agents at once.
    for place in range(count):
        c0 = np.uint64(stream) & _LOW
        c1 = np.uint64(month) & _LOW
        c2 = low[place]
        c3 = np.uint64(0)
        key0 = np.uint64(seed) & _LOW
        key1 = np.uint64(seed) >> _WORD
        for _ in range(10):
            product0 = _MULTIPLIER_0 * c0
            product1 = _MULTIPLIER_1 * c2
            c0 = (product1 >> _WORD) ^ c1 ^ key0
            c1 = product1 & _LOW
            c2 = (product0 >> _WORD) ^ c3 ^ key1
            c3 = product0 & _LOW
            key0 = (key0 + _WEYL_0) & _LOW
            key1 = (key1 + _WEYL_1) & _LOW
        found[0, place] = (float(np.int64(c0)) + 0.5) * _TO_UNIT
        found[1, place] = (float(np.int64(c1)) + 0.5) * _TO_UNIT
        found[2, place] = (float(np.int64(c2)) + 0.5) * _TO_UNIT
        found[3, place] = (float(np.int64(c3)) + 0.5) * _TO_UNIT
    return found


@allocating_kernel
def uniform_column(seed, stream, month, rows, word):
    """One draw for every row of a population.

    Parameters
    ----------
    seed, stream, month : address
    rows : recarray with the field ``agent_id``
    word : which of the four words of block 0

    Returns
    -------
    float64 array, shape (rows,), each inside (0, 1)
    """
    return uniform_blocks(seed, stream, month, rows.agent_id)[word]


def draw(seed: int, stream: str, month: int, agent_id: int, k: int) -> float:
    """Draw number `k` of an agent in a month.

    Parameters
    ----------
    seed : int
        0 to 2**63 - 1.
    stream : str
        Name of the stream, one of `STREAMS`.
    month : int
        Month number.
    agent_id : int
        Stable id.
    k : int
        Which draw of this address, from 0.

    Returns
    -------
    float
        Inside (0, 1).

    Raises
    ------
    ValueError
        When the stream is unknown or an address is out of range.
    """
    if stream not in STREAMS:
        raise ValueError(f"unknown stream {stream!r}; known are {', '.join(STREAMS)}")
    if not (0 <= seed < 2**63 and 0 <= month < 2**32 and 0 <= agent_id < 2**32 and 0 <= k < 2**34):
        raise ValueError("an address is out of range: seed below 2**63, month and id below 2**32")
    return draw_block(seed, STREAMS[stream], month, agent_id, k // 4)[k % 4]


@rule
def normal_quantile(probability):
    """Quantile of the standard normal distribution.

    Parameters
    ----------
    probability : inside (0, 1)

    Returns
    -------
    float, relative error about 1e-16

    References
    ----------
    Wichura (1988), Algorithm AS 241, Applied Statistics 37:477, routine PPND16.
    """
    centre = probability - 0.5
    if abs(centre) <= 0.425:
        r = 0.180625 - centre * centre
        top = ((((((2509.0809287301226727 * r + 33430.575583588128105) * r
                   + 67265.770927008700853) * r + 45921.953931549871457) * r
                 + 13731.693765509461125) * r + 1971.5909503065514427) * r
               + 133.14166789178437745) * r + 3.387132872796366608
        bottom = ((((((5226.495278852854561 * r + 28729.085735721942674) * r
                      + 39307.89580009271061) * r + 21213.794301586595867) * r
                    + 5394.1960214247511077) * r + 687.1870074920579083) * r
                  + 42.313330701600911252) * r + 1.0
        return centre * top / bottom
    tail = probability if centre < 0.0 else 1.0 - probability
    r = math.sqrt(-math.log(tail))
    if r <= 5.0:
        r -= 1.6
        top = ((((((7.7454501427834140764e-4 * r + 0.0227238449892691845833) * r
                   + 0.24178072517745061177) * r + 1.27045825245236838258) * r
                 + 3.64784832476320460504) * r + 5.7694972214606914055) * r
               + 4.6303378461565452959) * r + 1.42343711074968357734
        bottom = ((((((1.05075007164441684324e-9 * r + 5.475938084995344946e-4) * r
                      + 0.0151986665636164571966) * r + 0.14810397642748007459) * r
                    + 0.68976733498510000455) * r + 1.6763848301838038494) * r
                  + 2.05319162663775882187) * r + 1.0
    else:
        r -= 5.0
        top = ((((((2.01033439929228813265e-7 * r + 2.71155556874348757815e-5) * r
                   + 0.0012426609473880784386) * r + 0.026532189526576123093) * r
                 + 0.29656057182850489123) * r + 1.7848265399172913358) * r
               + 5.4637849111641143699) * r + 6.6579046435011037772
        bottom = ((((((2.04426310338993978564e-15 * r + 1.4215117583164458887e-7) * r
                      + 1.8463183175100546818e-5) * r + 7.868691311456132591e-4) * r
                    + 0.0148753612908506148525) * r + 0.13692988092273580531) * r
                  + 0.59983220655588793769) * r + 1.0
    return -top / bottom if centre < 0.0 else top / bottom
