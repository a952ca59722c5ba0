"""What is asked before something of a visitor's own is dropped."""

from collections.abc import Iterable

from dashboard.live.lane import Move
from dashboard.live.session import Session
from dashboard.live.texts import SAY
from experiments.language import Language

__all__ = ["question_of", "settle_question", "would_drop"]

# What is done after a question all the same.
ANSWERS = {"fork": "fork_anew", "drop": "drop_fork", "continue": "continue_here",
           "begin": "begin_another"}


def would_drop(session: Session, what: str, language: Language) -> str:
    """What of a visitor's own would be lost, in words.

    Parameters
    ----------
    session : Session
    what : str
        What a button or a key asks for.
    language : {"en", "zh"}

    Returns
    -------
    str
        Empty where nothing would be.
    """
    player = session.player
    lanes, forked = player.lanes, len(player.lanes) > 1
    if what == "fork":
        return SAY("ask_fork", language) if forked else ""
    if what == "drop":
        own = [move for move in lanes[-1].moves if move not in lanes[0].moves]
        return SAY("ask_drop", language, what=_levers(len(own), language)) if own else ""
    if what == "continue" and player.viewed is not None:
        later = _distinct(
            move for lane in lanes for move in lane.moves if move.month > player.viewed
        )
        return SAY("ask_continue", language, what=_levers(later, language)) if later else ""
    moves = _distinct(move for lane in lanes for move in lane.moves)
    parts = [_levers(moves, language)] if moves else []
    if forked:
        parts.append(SAY("dropped_fork", language))
    if what not in ("reset", "begin") or not parts:
        return ""
    return SAY(f"ask_{what}", language, what=SAY("and", language).join(parts))


def _distinct(moves: Iterable[Move]) -> int:
    # Values may be lists, which no set takes.
    found: list[Move] = []
    for move in moves:
        if move not in found:
            found.append(move)
    return len(found)


def _levers(number: int, language: Language) -> str:
    levers = SAY("one_lever" if number == 1 else "some_levers", language, number=number)
    return SAY("dropped_moves", language, count=levers)


def settle_question(session: Session) -> None:
    """Drop a question whose reason is gone, and the run that was chosen with it.

    Parameters
    ----------
    session : Session
    """
    if session.asks and not would_drop(session, session.asks, session.language):
        session.asks, session.wanted = "", None


def question_of(session: Session, language: Language) -> dict[str, str]:
    """Question that the controls show.

    Parameters
    ----------
    session : Session
    language : {"en", "zh"}

    Returns
    -------
    dict
        Arguments of `Controls`.
    """
    asks = session.asks
    return {
        "asks": asks, "question": would_drop(session, asks, language) if asks else "",
        "answer": SAY(ANSWERS.get(asks, "start_again"), language),
    }
