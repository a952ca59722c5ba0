"""The run as it would have been without its latest rule, with the same luck."""

import logging
import time

import numpy as np

from dashboard.live.lane import Lane
from experiments.rule_effects import Rules, rules_between, without_rules
from simulation.world import World

__all__ = ["Beside"]

LOG = logging.getLogger("swcmarket.dashboard")


class Beside:
    """A world beside a lane that goes its way without some rules: those of `rules.dates`.

    Parameters
    ----------
    lane : Lane
    rules : Rules
        In force in the lane.

    Attributes
    ----------
    rules : Rules
    world : World or None
        None where later rules cannot stand without these, or it stopped for a fault.
    """

    def __init__(self, lane: Lane, rules: Rules) -> None:
        self.rules = rules
        self._lane, self._timeline = lane, lane.world.scenario
        self.world: World | None = None
        scenario = without_rules(lane.world.scenario, rules.dates)
        if scenario is None:
            return
        # Nobody can have acted on them before they were announced, unless all is foreseen.
        if scenario.expectations.foresight == "perfect":
            self.world = World(scenario, lane.world.seed)
        else:
            self.world = lane.forked(rules.announced - 1).world
            self.world.scenario = scenario

    @classmethod
    def of(cls, lane: Lane, known: "Beside | None") -> "Beside | None":
        """What stands beside a lane now.

        Parameters
        ----------
        lane : Lane
        known : Beside or None
            What stood there so far; it is kept where it still does.

        Returns
        -------
        Beside or None
            None where no rule has changed yet.
        """
        scenario, last = lane.world.scenario, lane.world.month - 1
        # Working out the rules of a month takes longer than most months: only where they may move.
        if known is not None and known.fits(lane) and not any(
            known.rules.latest < event.effective <= last for event in scenario.events
        ):
            return known
        rules = rules_between(scenario, scenario.start + 1, last)
        if rules is None:
            return None
        if known is not None and known.leaves_out(rules) and (
            known.fits(lane) or known.follows(lane)
        ):
            known.rules = rules
            return known
        return cls(lane, rules)

    def leaves_out(self, rules: Rules) -> bool:
        """Whether it goes without these rules, whichever of their steps are in force by now."""
        return (self.rules.dates, self.rules.announced) == (rules.dates, rules.announced)

    def fits(self, lane: Lane) -> bool:
        """Whether it goes beside a lane as it stands: not ahead, with the same timeline."""
        ahead = self.world is not None and self.world.month > lane.world.month
        return (
            lane is self._lane and not ahead and self.rules.date < lane.world.month
            and self._timeline is lane.world.scenario
        )

    def follows(self, lane: Lane) -> bool:
        """Take over what changed on the timeline of a lane, if it is still to come.

        Parameters
        ----------
        lane : Lane

        Returns
        -------
        bool
            Whether it goes beside that lane now; False where the past has changed.
        """
        if lane is not self._lane or self.world is None or self.world.month > lane.world.month:
            return False
        left = without_rules(lane.world.scenario, self.rules.dates)
        if left is None or left.expectations.foresight == "perfect":
            return False
        heard = [
            [event for event in scenario.events if event.announced < self.world.month]
            for scenario in (left, self.world.scenario)
        ]
        if heard[0] != heard[1]:
            return False
        self.world.scenario, self._timeline = left, lane.world.scenario
        return True

    def follow(self, month: int, until: float) -> bool:
        """Run up to a month.

        Parameters
        ----------
        month : int
            First that does not run.
        until : float
            `time.perf_counter` at which to leave off.

        Returns
        -------
        bool
            Whether it has come so far.
        """
        while self.world is not None and self.world.month < month:
            if time.perf_counter() > until:
                return False
            try:
                self.world.run(1)
            except Exception as error:
                # The run that is watched is not at fault; there is just nothing to compare with.
                LOG.warning("the run beside stopped: %s", error)
                self.world = None
        return True

    @property
    def monthly(self) -> np.recarray | None:
        """Its months so far; None where there is no such run."""
        if self.world is None:
            return None
        return self.world.state.monthly[: self.world.month - self.world.scenario.start].copy()
