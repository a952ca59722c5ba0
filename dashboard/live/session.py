"""The live run of one visitor: what was asked for, the run itself, and what is to be told."""

import solara

from dashboard.live.address import Wish, open_player, query_of, wish_of
from dashboard.live.levers import checked_value
from dashboard.live.player import Player
from dashboard.memory import give_back_soon
from dashboard.studies.opening import scenario_of_run
from dashboard.texts import COMMON
from experiments.language import Language
from simulation.errors import InputError, InvariantError

__all__ = ["LiveContext", "Session"]



class Session:
    """One visitor's run.

    Parameters
    ----------
    search : str or None
        What stands behind the question mark of the address.
    language : {"en", "zh"}

    Attributes
    ----------
    wish : Wish
    player : Player
    notice : str
        What is to be told; empty if nothing.
    trouble : bool
        Whether the notice is about something that could not be done.
    started : bool
        Whether the run was set going, or opened at a month of its own.
    painted : int
        Number of the last frame that the browser has painted.
    changes : int
        Grows with everything that is done to the run.
    agent : (str, int) or None
        Kind and row of the agent that is looked at.
    """

    def __init__(self, search: str | None, language: Language) -> None:
        self.notice, self.trouble, self.changes = "", False, 0
        self.painted = 0
        self.agent: tuple[str, int] | None = None
        wish = Wish()
        try:
            wish = wish_of(search)
            if wish.unknown:
                self.notice = COMMON("unknown_page", language, path=wish.unknown[:200])
            self.player = self._opened(wish)
        except (InputError, InvariantError, ValueError, ArithmeticError, RecursionError) as error:
            self.say_trouble(error)
            if not self.notice.startswith("address"):
                self.notice = f"address: {self.notice}"
            wish = Wish()
            self.player = self._opened(wish)
        self.wish = wish
        self.started = wish.month is not None or bool(wish.moves)

    @staticmethod
    def _opened(wish: Wish) -> Player:
        start = scenario_of_run(None, wish.store, wish.run) if wish.store else None
        return open_player(wish, start)

    def say_trouble(self, error: Exception) -> None:
        """Tell why something could not be done."""
        self.notice, self.trouble = str(error).replace("--set", "address"), True

    def hush(self) -> None:
        """What was told has been read."""
        self.notice, self.trouble = "", False

    def note_painted(self, number: object) -> None:
        """The browser has painted a frame."""
        if isinstance(number, int):
            self.painted = max(self.painted, number)

    def begin(self, wish: Wish) -> None:
        """Another run takes the place of this one, or a line says why it cannot.

        Parameters
        ----------
        wish : Wish
        """
        self.hush()
        try:
            player = self._opened(wish)
        except (InputError, ValueError) as error:
            self.say_trouble(error)
        else:
            speed = self.player.speed
            self.player.close()
            self.player, self.wish, self.agent = player, wish, None
            player.set_speed(speed)
        self.changes += 1

    def move(self, key: str, value: object) -> None:
        """Move a lever, or say why it cannot be moved."""
        self.hush()
        try:
            self.player.set_lever(key, checked_value(key, value))
        except (InputError, ValueError) as error:
            self.say_trouble(error)
        self.changes += 1

    def choose(self, agent: str) -> None:
        """Look at an agent, ``project:3`` or ``firm:12``; anything else is none."""
        kind, _, row = agent.partition(":")
        known = kind in ("project", "firm") and row.isascii() and row.isdigit()
        self.agent = (kind, int(row)) if known and len(row) < 9 else None

    def address(self) -> str:
        """Where this run can be found again."""
        with self.player.still():
            return "/" + query_of(self.wish, self.player)

    def close(self) -> None:
        """The visitor is gone."""
        self.player.close()
        give_back_soon()


LiveContext = solara.create_context(None)
