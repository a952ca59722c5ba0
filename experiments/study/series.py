"""Monthly columns that a study can keep with every run."""

import numpy as np

from simulation.outcomes import finished_months
from simulation.results import shown_name
from simulation.state import MONTHLY_COLUMNS, State

__all__ = ["SERIES", "monthly_series"]

# Shown name to column; a price is what was paid over what was traded.
PRICE = "price_yuan_per_t"
SERIES: dict[str, str] = {
    PRICE: "value_fen",
    **{shown_name(column.name): column.name for column in MONTHLY_COLUMNS},
}


def monthly_series(state: State, names: tuple[str, ...]) -> dict[str, np.ndarray]:
    """Some monthly columns of a run.

    Parameters
    ----------
    state : State
    names : tuple of str
        Of `SERIES`.

    Returns
    -------
    dict
        Name to float array, one number a month; NaN is the price of a month without a deal.
    """
    months = finished_months(state)
    found = {}
    for name in names:
        values = months[SERIES[name]].astype(float)
        if SERIES[name].endswith("_fen"):
            values = values / 100.0
        if name == PRICE:
            traded = months["volume_t"].astype(float)
            values = np.divide(
                values, traded, out=np.full(len(values), np.nan), where=traded > 0
            )
        found[name] = values
    return found
