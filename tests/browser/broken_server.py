"""A dashboard whose model breaks in its third year, for tests of what people see then."""

from dashboard.server import main
from simulation.errors import InvariantError
from simulation.world import World

real = World.run


def run(self, months=None):
    """Run, but not beyond the third year."""
    if self.month - self.scenario.start >= 30:
        raise InvariantError(
            "credits do not add up", phase="settle", month="2026-06", seed=self.seed
        )
    real(self, months)


if __name__ == "__main__":
    World.run = run
    main()
