"""Made-up worlds whose indices are known."""

import numpy as np

NAMES = ["one", "two", "three", "inert"]
# Ishigami and Homma (1990) with a = 7, b = 0.1, and a fourth factor without effect.
FIRST = np.array([0.3139, 0.4424, 0.0, 0.0])
TOTAL = np.array([0.5576, 0.4424, 0.2437, 0.0])
VARIANCE = 49 / 8 + 0.1 * np.pi**4 / 5 + 0.01 * np.pi**8 / 18 + 0.5


def ishigami(points):
    """Response, shape (rows,), at points of the unit cube; factors beyond three do nothing."""
    one, two, three = (np.pi * (2 * points[:, at] - 1) for at in range(3))
    return np.sin(one) + 7 * np.sin(two) ** 2 + 0.1 * three**4 * np.sin(one)


def own_seeds(points, replicates, seed, deviation=5.0):
    """Every run has a seed of its own: noise of 1.3 standard deviations of the response."""
    noise = np.random.default_rng(seed).normal(size=(len(points), replicates))
    return ishigami(points)[:, None] + deviation * noise


def common_seeds(points, replicates, seed, size=2.0):
    """Replicate r has one seed at all points; luck lifts all, and acts on each factor's effect.

    The fourth factor does something in every single world and nothing on average.
    """
    lift, *luck = size * np.random.default_rng(seed).normal(size=(4, replicates))
    slope = points - 0.5
    return (
        ishigami(points)[:, None] + 5 * lift
        + slope[:, :1] * luck[0] + np.sin(6 * points[:, 1:2]) * luck[1]
        + 4 * slope[:, 3:4] * luck[2]
    )
