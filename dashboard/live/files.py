"""Files of a live run: its scenario, its months, its deals."""

import re

from dashboard.live.player import Player
from dashboard.live.session import Session
from experiments.scenario_text import scenario_text
from simulation.results import Run
from simulation.scenario import Scenario, scenario_names

__all__ = ["deals_text", "file_name", "monthly_text", "saved_scenario"]


def file_name(session: Session) -> str:
    """Name of the run's files, less what comes after it.

    Parameters
    ----------
    session : Session

    Returns
    -------
    str
        Scenario and seed; of a run of a study, that study and the number of the run as well.
    """
    wish, player = session.wish, session.player
    what = f"{wish.store}-run-{wish.run}" if wish.store else player.lane.world.scenario.name
    return f"swcmarket-{re.sub(r'[^\w.-]+', '-', what)}-seed-{player.seed}"


def saved_scenario(session: Session) -> str:
    """Scenario of the future that is shown, levers moved by hand on its timeline.

    Parameters
    ----------
    session : Session

    Returns
    -------
    str
        TOML that `swcmarket run` takes; its first lines say with which seed.
    """
    with session.player.still():
        scenario = session.player.lane.world.scenario
        remark = (
            f"Saved from a live run. The same numbers again:\n"
            f"swcmarket run {file_name(session)}.toml --seed {session.player.seed}"
        )
        return _shortest(scenario, f"{scenario.name}-live", remark)


def _shortest(scenario: Scenario, name: str, remark: str) -> str:
    # One that does not ship extends the one that is most like it.
    bases = [scenario.name] if scenario.name in scenario_names() else scenario_names()
    return min((scenario_text(scenario, base, name=name, remark=remark) for base in bases), key=len)


def monthly_text(player: Player) -> str:
    """Months of the future that is shown, as CSV."""
    with player.still():
        return Run(player.lane.world).monthly.to_csv(index=False)


def deals_text(player: Player) -> str:
    """Deals of the future that is shown, as CSV."""
    with player.still():
        return Run(player.lane.world).deals.to_csv(index=False)
