"""The live run of one visitor: what was asked for, the run itself, and what is to be told."""

from typing import NamedTuple

import solara

from dashboard.live.address import Wish, query_of, wish_of
from dashboard.live.levers import checked_value, why_refused
from dashboard.live.opening import open_player
from dashboard.live.player import LARGEST_SPEED, Player
from dashboard.memory import give_back_soon
from dashboard.parts.messages import text, whole_number
from dashboard.studies.opening import scenario_of_run
from dashboard.texts import COMMON
from experiments.language import LANGUAGES, Language
from experiments.refusals_told import plain_refusal, refusal_told
from simulation.errors import InputError, InvariantError

__all__ = ["LiveContext", "Session"]

MOST_FRAMES = 10**9
# What an address or a choice may come to; anything else is a mistake of ours.
CANNOT = (InputError, InvariantError, ValueError, ArithmeticError, RecursionError)


class Refusal(NamedTuple):
    """A lever that could not be moved.

    Attributes
    ----------
    key : str
    texts : tuple of str
        Why not, in one line, in every language of `LANGUAGES`.
    number : int
        Grows, so that the same refusal is told again.
    """

    key: str
    texts: tuple[str, ...]
    number: int


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
    asks : str
        What was asked for and waits for an answer, as something would be lost.
    wanted : Wish or None
        Another run that was chosen, while a question about this one waits for its answer.
    choices : int
        Grows with every run that is chosen, be it begun or not.
    player : Player
    said : tuple of str
        What is to be told, in every language of `LANGUAGES`; empty if nothing.
    trouble : bool
        Whether the notice is about something that could not be done.
    refused : Refusal or None
        Lever that could not be moved.
    started : bool
        Whether the run was set going, or opened at a month of its own.
    painted : int
        Number of the last frame that the browser has painted.
    changes : int
        Grows with everything that is done to the run.
    agent : (str, int) or None
        Kind and row of the agent that is looked at.
    language : {"en", "zh"}
        In which it is told.
    """

    def __init__(self, search: str | None, language: Language) -> None:
        self.language = language
        self.said: tuple[str, ...] = ()
        self.trouble, self.changes = False, 0
        self.refused: Refusal | None = None
        self.painted = 0
        self.asks, self.choices = "", 0
        self.wanted: Wish | None = None
        self.agent: tuple[str, int] | None = None
        wish = Wish()
        try:
            wish = wish_of(search)
            if wish.unknown:
                path = wish.unknown[:200]
                self.say(*(COMMON("unknown_page", each, path=path) for each in LANGUAGES))
            self.player = self._opened(wish)
        except CANNOT as error:
            self._say_address(error)
            wish = Wish()
            self.player = self._opened(wish)
        self.wish = wish
        self.started = wish != wish.afresh()

    @staticmethod
    def _opened(wish: Wish) -> Player:
        start = scenario_of_run(None, wish.store, wish.run) if wish.store else None
        return open_player(wish, start)

    def _say_address(self, error: Exception) -> None:
        told = str(error).replace("--set", "set").removeprefix("address: ").removeprefix("set: ")
        told = plain_refusal(told)
        chinese = getattr(error, "chinese", "") or refusal_told(told, "zh")
        if chinese == told:
            # What is not known here is given as it was said.
            chinese = f"以下内容无法使用：{told}"
        told, chinese = f"address: {told}", f"地址：{chinese}"
        self.say(told, chinese, trouble=True)

    @property
    def notice(self) -> str:
        """What is to be told; empty if nothing."""
        return self.said[LANGUAGES.index(self.language)] if self.said else ""

    def say(self, *texts: str, trouble: bool = False) -> None:
        """Tell something, in whichever language the page comes to be read.

        Parameters
        ----------
        *texts : str
            In the order of `LANGUAGES`.
        trouble : bool
            Whether it is about something that could not be done.
        """
        self.said, self.trouble = texts, trouble

    def hush(self) -> None:
        """What was told has been read."""
        self.said, self.trouble, self.refused = (), False, None

    def note_painted(self, number: object) -> None:
        """The browser has painted a frame."""
        self.painted = max(self.painted, whole_number(number, 0, MOST_FRAMES) or 0)

    def begin(self, wish: Wish) -> bool:
        """Another run takes the place of this one, or a line says why it cannot.

        Parameters
        ----------
        wish : Wish

        Returns
        -------
        bool
            Whether it has.
        """
        self.hush()
        self.changes += 1
        try:
            player = self._opened(wish)
        except CANNOT as error:
            self._say_address(error)
            return False
        player.set_speed(self.player.speed)
        self.player.close()
        self.player, self.wish, self.agent = player, wish, None
        return True

    def begin_wanted(self) -> None:
        """The run that was chosen takes the place of this one, and plays."""
        if self.wanted is not None and self.begin(self.wanted):
            self.player.play()

    def speed_up(self, speed: object) -> None:
        """The browser asks for another speed; what is none is passed over."""
        wanted = whole_number(speed, 0, LARGEST_SPEED)
        if wanted is not None:
            self.player.set_speed(wanted)

    def look(self, place: object) -> None:
        """The browser asks for a month, counted from the first; what is none is passed over."""
        scenario = self.player.lane.world.scenario
        wanted = whole_number(place, 0, scenario.months)
        if wanted is not None:
            self.player.look_at(scenario.start + wanted)

    def move(self, key: str, value: object) -> None:
        """Move a lever, or say below it why it cannot be moved."""
        self.hush()
        self.changes += 1
        try:
            self.player.set_lever(key, checked_value(key, value))
        except (InputError, ValueError) as error:
            told = tuple(why_refused(key, value, error, each) for each in LANGUAGES)
            self.refused = Refusal(key, told, self.changes)

    def choose(self, agent: object) -> None:
        """Look at an agent, ``project:3`` or ``firm:12``; anything else is none."""
        kind, _, row = text(agent, 20).partition(":")
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
