"""The one fitted number."""

from agents.sellers.growth import GrowthParameters
from experiments.fit_growth import fitted_plant_scale


def test_the_shipped_scale_is_the_fitted_one():
    """Whoever changes growth must fit it again."""
    assert GrowthParameters().plant_scale == fitted_plant_scale()
