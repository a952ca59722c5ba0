"""Files of a live run: its scenario, its months, its deals."""

from dashboard.live.player import Player
from dashboard.live.session import Session
from experiments.scenario_text import scenario_text
from simulation.results import Run
from simulation.scenario import scenario_names

__all__ = ["deals_text", "monthly_text", "saved_scenario"]


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
        base = scenario.name if scenario.name in scenario_names() else session.wish.scenario
        name = f"{base}-live"
        remark = (
            f"Saved from a live run. The same numbers again:\n"
            f"swcmarket run {name}.toml --seed {session.player.seed}"
        )
        return scenario_text(scenario, base, name=name, remark=remark)


def monthly_text(player: Player) -> str:
    """Months of the future that is shown, as CSV."""
    with player.still():
        return Run(player.lane.world).monthly.to_csv(index=False)


def deals_text(player: Player) -> str:
    """Deals of the future that is shown, as CSV."""
    with player.still():
        return Run(player.lane.world).deals.to_csv(index=False)
