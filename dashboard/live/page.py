"""The page Live."""

import solara

from dashboard.desk import dark, language
from dashboard.parts.chart import Chart

__all__ = ["LivePage"]


@solara.component
def LivePage() -> None:  # noqa: N802
    """Nothing yet."""
    solara.Text("Live" + language.value + str(dark.value))
    Chart("x", {"xAxis": {"data": [1, 2, 3]}, "yAxis": {}, "series": [
        {"id": "a", "type": "line", "data": [1, 2, 3]}]}, title="Price", note="yuan/t")
