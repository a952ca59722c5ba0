"""Random firms for the tests of the solvers, and their cheapest abatement by general optimisers."""

import numpy as np
from hypothesis import strategies as st
from scipy.optimize import linprog, minimize

from simulation.theory.abatement import linear_mac, step_mac

linear_firms = st.lists(
    st.tuples(st.integers(1, 100).map(float), st.floats(0.2, 5.0)), min_size=1, max_size=5
)
measures = st.lists(
    st.tuples(st.integers(1, 60).map(float), st.integers(1, 20).map(float)),
    min_size=1, max_size=4,
)
step_firms = st.lists(measures, min_size=1, max_size=4)


def lines(firms):
    """Emissions curves of straight marginal costs, each (intercept, slope)."""
    return [linear_mac(*firm) for firm in firms]


def steps(firms):
    """Emissions curves of lists of measures, each (cost, tonnes)."""
    return [step_mac(*zip(*firm, strict=True)) for firm in firms]


def cheapest_quadratic(firms, extra_gradient=None, extra=None, total=None, bounds=None):
    """Least cost of straight marginal costs, by emissions; SLSQP.

    Parameters
    ----------
    firms : list of (intercept, slope)
    extra, extra_gradient : callable, optional
        Cost of emissions beside abatement, of the vector of emissions.
    total : float, optional
        Emissions are at most so many.
    """
    intercept, slope = np.array(firms).T
    free = intercept / slope
    # In parts of what each firm emits freely, so that the optimiser sees numbers near 1.
    scale = float(np.sum(intercept * free)) / 2.0 + 1.0

    def cost(part):
        emitted = part * free
        found = float(np.sum((intercept - slope * emitted) ** 2 / slope)) / 2.0
        return (found + (extra(emitted) if extra else 0.0)) / scale

    def gradient(part):
        emitted = part * free
        found = -(intercept - slope * emitted)
        return (found + (extra_gradient(emitted) if extra else 0.0)) * free / scale

    limits = [] if total is None else [{
        "type": "ineq", "fun": lambda part: (total - part @ free) / free.sum(),
        "jac": lambda part: -free / free.sum(),
    }]
    start = np.full(len(free), min(1.0, (total or free.sum()) / free.sum()))
    found = minimize(
        cost, start, jac=gradient, method="SLSQP", bounds=bounds or [(0, 1)] * len(free),
        constraints=limits, options={"ftol": 1e-15, "maxiter": 2000},
    )
    return found.fun * scale, found.x * free


def cheapest_steps(firms, cap, penalty=None):
    """Least cost of lists of measures under a cap; linear programme.

    With a penalty the cap may be exceeded at that price.
    """
    costs = [cost for firm in firms for cost, _ in firm]
    bounds = [(0, tonnes) for firm in firms for _, tonnes in firm]
    free = sum(tonnes for firm in firms for _, tonnes in firm)
    row = [-1.0] * len(costs)
    if penalty is not None:
        costs, bounds, row = [*costs, penalty], [*bounds, (0, None)], [*row, -1.0]
    found = linprog(costs, A_ub=[row], b_ub=[cap - free], bounds=bounds)
    assert found.status == 0
    return found.fun
