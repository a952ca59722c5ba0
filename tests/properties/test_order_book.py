"""What holds for every stream of orders, cancels and replacements."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.population import empty
from agents.vocabulary import Side
from benchmarks.book import same_as_plain, stream
from simulation.markets.book_stream import ANSWER_DTYPE, COMMAND_DTYPE, CommandKind, process
from simulation.markets.order_book import (
    BookRefusal,
    Counter,
    best_ask,
    best_bid,
    cancel,
    new_book,
)
from simulation.markets.protocol import LARGEST_ORDER_T, LARGEST_PRICE_FEN

# Few prices, so that many orders share one; the ends, and what lies beyond them.
PRICES = st.sampled_from([1999, 2000, 2001]) | st.sampled_from(
    [-1, 0, LARGEST_PRICE_FEN, LARGEST_PRICE_FEN + 1]
) | st.integers(1990, 2010)
TONNES = st.integers(1, 9) | st.sampled_from([-3, 0, LARGEST_ORDER_T, LARGEST_ORDER_T + 1])
SIDES = st.sampled_from([0, 0, 0, 1, 1, 1, 2])
KINDS = st.sampled_from([CommandKind.SUBMIT] * 3 + [CommandKind.CANCEL, CommandKind.REPLACE])


@st.composite
def streams(draw, sides=SIDES):
    """Commands of every kind; some speak of orders that are gone, or never were."""
    count = draw(st.integers(0, 40))
    commands = empty(COMMAND_DTYPE, count)
    for row in range(count):
        commands[row] = (
            draw(KINDS), draw(sides), draw(PRICES), draw(TONNES), draw(st.integers(-1, row + 1)),
        )
    return commands


ROOM = st.tuples(st.integers(1, 12) | st.just(50), st.integers(1, 12) | st.just(50))
ENOUGH = (50, 50)


def played(commands, room=ENOUGH):
    """Book and answers after a stream."""
    book, answers = new_book(*room), empty(ANSWER_DTYPE, len(commands))
    process(book, commands, answers)
    return book, answers


def made(book):
    """Trades in order."""
    return book.trades[: book.counters[Counter.TRADES]]


@settings(max_examples=500)
@given(streams() | streams(st.just(0)) | streams(st.just(1)), ROOM)
def test_compiled_and_plain_book_agree(commands, room):
    """Answer by answer, trade by trade and in what rests, with room or without."""
    assert same_as_plain(commands, *room) == []


@pytest.mark.parametrize("reach", [10, 20, 100, 1000])
@pytest.mark.parametrize("room", [20_000, 40])
def test_long_streams_agree(reach, room):
    """What short ones hardly ever do: a replacement that trades in part is replaced again."""
    assert same_as_plain(stream(20_000, reach), room, 20_000) == []


@settings(max_examples=300)
@given(streams(), ROOM)
def test_no_tonne_is_lost_or_made(commands, room):
    """What was sent has traded, rests, was taken back or was never taken in; twice traded: once
    bought, once sold."""
    book, answers = played(commands, room)
    bought, sold = np.zeros(len(commands), dtype=np.int64), np.zeros(len(commands), dtype=np.int64)
    np.add.at(bought, made(book).buyer, made(book).tonnes)
    np.add.at(sold, made(book).seller, made(book).tonnes)
    assert bought.sum() == sold.sum()
    resting = {
        int(order.owner): int(order.tonnes) for order in book.orders if order.serial >= 0
    }
    for row, (command, answer) in enumerate(zip(commands, answers, strict=True)):
        if command.kind != CommandKind.SUBMIT:
            assert bought[row] == sold[row] == 0
            continue
        # Only its own side trades, and at least what it took at once.
        traded = bought[row] if command.side == Side.BUY else sold[row]
        assert (sold[row] if command.side == Side.BUY else bought[row]) == 0
        assert traded >= answer.tonnes
        replaced = any(commands.kind == CommandKind.REPLACE)
        if not replaced:
            assert traded + resting.get(row, 0) <= max(command.tonnes, 0)
    assert sum(resting.values()) == sum(
        cancel(book, int(order.serial) * len(book.orders) + slot)[0]
        for slot, order in enumerate(book.orders.copy()) if order.serial >= 0
    )
    assert book.counters[Counter.ASKS] == book.counters[Counter.BIDS] == 0


def without_replacements(commands):
    """The same stream with cancels instead, so that an order has one limit."""
    commands.kind[commands.kind == CommandKind.REPLACE] = CommandKind.CANCEL
    return commands


@settings(max_examples=300)
@given(streams().map(without_replacements), ROOM)
def test_no_trade_is_outside_a_limit(commands, room):
    """Nor at any price but that of the order that stood first, nor with oneself."""
    book, _ = played(commands, room)
    for trade in made(book):
        assert commands[trade.seller].price_fen <= trade.price_fen
        assert trade.price_fen <= commands[trade.buyer].price_fen
        first = min(trade.buyer, trade.seller)
        assert trade.price_fen == commands[first].price_fen
        assert trade.standing == commands[first].side
        assert trade.tonnes > 0


@settings(max_examples=300)
@given(streams().map(without_replacements))
def test_price_then_time(commands):
    """When an order trades, none that was in the book then is better, or as good and earlier."""
    ended = np.full(len(commands), len(commands))
    for row in range(len(commands)):
        # Played up to here: who still rests had its chance in every trade before.
        book, _ = played(commands[: row + 1])
        resting = {int(order.owner) for order in book.orders if order.serial >= 0}
        for earlier in range(row + 1):
            if earlier not in resting:
                ended[earlier] = min(ended[earlier], row)
    book, _ = played(commands)
    for trade in made(book):
        first, now = sorted((int(trade.buyer), int(trade.seller)))
        sign = 1 if commands[first].side == Side.SELL else -1
        rank = (sign * int(commands[first].price_fen), first)
        rivals = [
            (sign * int(commands[row].price_fen), row)
            for row in range(now)
            if commands[row].side == commands[first].side and ended[row] > now
        ]
        assert all(rank < rival for rival in rivals if rival[1] != first)


@settings(max_examples=300)
@given(streams(), ROOM)
def test_best_prices_never_cross(commands, room):
    """What could trade has traded, but where there was no room to write the trade down."""
    book, _ = played(commands, room)
    if best_bid(book) >= 0 and best_ask(book) >= 0:
        assert best_bid(book) < best_ask(book)
    bids = [order.price_fen for order in book.orders if order.serial >= 0 and order.side == 1]
    assert best_bid(book) == max(bids, default=-1)
    asks = [order.price_fen for order in book.orders if order.serial >= 0 and order.side == 0]
    assert best_ask(book) == min(asks, default=-1)


def test_these_streams_do_everything():
    """Streams without trades, cancels or any one refusal would prove nothing."""
    seen = set()
    trades = []

    @settings(max_examples=400, database=None)
    @given(streams(), ROOM)
    def look(commands, room):
        book, answers = played(commands, room)
        seen.update(answers.refusal.tolist())
        trades.append(len(made(book)))

    look()
    assert seen >= set(BookRefusal) - {BookRefusal.BOOK_WORN_OUT}
    assert sum(count > 3 for count in trades) > 40


@pytest.mark.parametrize("room", [ENOUGH, (3, 3)])
def test_the_uncompiled_text_gives_the_same_book(room):
    """One stream, once with the compiled loop and once with its Python text."""
    luck = np.random.default_rng(5)
    commands = empty(COMMAND_DTYPE, 40)
    commands.kind = luck.choice([0, 0, 1, 2], size=40)
    commands.side = luck.integers(0, 2, 40)
    commands.price_fen = luck.integers(1995, 2006, 40)
    commands.tonnes = luck.integers(0, 9, 40)
    commands.target = np.arange(40) - luck.integers(1, 9, 40)
    book, answers = played(commands, room)
    plain, plain_answers = new_book(*room), empty(ANSWER_DTYPE, 40)
    process.py_func(plain, commands, plain_answers)
    np.testing.assert_array_equal(plain_answers, answers)
    np.testing.assert_array_equal(made(plain), made(book))
