"""A user's Mesa page: SolaraViz on our model."""

import solara
from mesa.visualization import Slider, SolaraViz, make_plot_component

from simulation import MarketModel


class Market(MarketModel):
    """A model whose parameters are those of its page.

    Mesa's Reset hands its own empty scenario to any model that takes one or any keyword.
    """

    def __init__(self, *, rng=1, months=36):
        super().__init__("tiny-eligible", rng=rng, months=months)


def Month(model):  # noqa: N802
    """What the model itself says of its time."""
    return solara.Text(f"month {model.month}", classes=["model-month"])


@solara.component
def Page():  # noqa: N802
    """A model for each visitor."""
    model = solara.use_memo(Market, [])
    SolaraViz(
        model,
        components=[
            make_plot_component("price_yuan_per_t"), make_plot_component("volume_t"), (Month, 0),
        ],
        model_params={"rng": Slider("Seed", value=1, min=1, max=9, step=1), "months": 36},
        name="swcmarket in Mesa",
    )
