"""A user's Mesa page: SolaraViz on our model."""

import solara
from mesa.visualization import Slider, SolaraViz, make_plot_component

from simulation import MarketModel


def Month(model):  # noqa: N802
    """What the model itself says of its time."""
    return solara.Text(f"month {model.month}", classes=["model-month"])


@solara.component
def Page():  # noqa: N802
    """A model for each visitor."""
    model = solara.use_memo(lambda: MarketModel("tiny-eligible", months=36), [])
    SolaraViz(
        model,
        components=[
            make_plot_component("price_yuan_per_t"), make_plot_component("volume_t"), (Month, 0),
        ],
        model_params={"rng": Slider("Seed", value=1, min=1, max=9, step=1), "months": 36},
        name="swcmarket in Mesa",
    )
