"""What has come out so far: table, fans, and files to save."""

from collections.abc import Callable
from typing import cast

import solara

from agents.parameters import month_text
from dashboard.compare.charts import (
    MOST_OUTER_BANDS,
    Scaled,
    fan_option,
    fan_update,
    legend_room,
    lowest_share,
    paint_of,
    scaled,
    series_note,
    series_title,
    share_option,
    share_update,
)
from dashboard.compare.numbers import names_of, outcome_rows, outcomes_csv, series_csv
from dashboard.compare.parts import OutcomeTable, Switches
from dashboard.compare.since import Since, marks_of, since_of
from dashboard.compare.texts import TEXTS
from dashboard.compare.work import Work
from dashboard.desk import dark, language, offer_download
from dashboard.parts.chart import Chart
from experiments.comparing import Comparison
from experiments.describing import notes
from experiments.language import Language, say
from experiments.series_compared import SERIES, By, Fan, fan, span_of

__all__ = ["Results"]

PRICE = SERIES[0].name
# Below this the price chart is not the whole story.
RARE = 0.9
# More columns than this leave no room for charts beside the table.
MOST_BESIDE = 4
layout = solara.reactive("overlaid")
by = cast("solara.Reactive[By]", solara.reactive("month"))
measure = solara.reactive(PRICE)


@solara.component
def Results(work: Work, replicates: int) -> None:  # noqa: N802
    """Outcomes and fans of the first replicates.

    Parameters
    ----------
    work : Work
    replicates : int
        That are complete.
    """
    spoken, step = language.value, by.value
    comparison = solara.use_memo(lambda: work.comparison(replicates), [work, replicates])
    fans = solara.use_memo(lambda: _fans(work, replicates, step), [work, replicates, step])
    since = solara.use_memo(
        lambda: since_of(work.plan.scenarios, work.rows[:replicates]), [work, replicates]
    )
    rows = solara.use_memo(
        lambda: outcome_rows(comparison, spoken, since), [work, replicates, spoken]
    )
    titles = work.plan.titles
    names = names_of(comparison, spoken, titles)

    def save_outcomes() -> None:
        offer_download("swcmarket-compare.csv", outcomes_csv(comparison, spoken, titles))

    def save_series() -> None:
        name = f"swcmarket-compare-by-{step}.csv"
        offer_download(name, series_csv(comparison, fans, spoken, titles))

    beside = ["beside"] if len(names) <= MOST_BESIDE else []
    with solara.Div(classes=["swc-compare-results", *beside], attributes={
        "data-results": str(replicates),
    }):
        with solara.Div(classes=["swc-compare-column"]):
            _title("outcomes", _ran(comparison, since, spoken), "save_table", save_outcomes, spoken)
            OutcomeTable(
                heading=TEXTS("outcome", spoken), names=names, base=TEXTS("base", spoken),
                rows=rows, words=TEXTS.all_in(spoken),
                paints=[paint_of(place, dark.value) for place in range(len(names))],
            )
            key = "note" if replicates > 1 else "note_once"
            _line(TEXTS(key, spoken, n=replicates))
            for line in dict.fromkeys(
                line for variant in comparison.variants for line in notes(variant.scenario, spoken)
            ):
                _line(line)
        with solara.Div(classes=["swc-compare-column"]):
            _title("fans", _bands(len(names), spoken), "save_series", save_series, spoken)
            _switches(spoken)
            if layout.value == "overlaid":
                _overlaid(comparison, fans, names, spoken)
            else:
                _panels(comparison, fans, names, spoken)


def _ran(comparison: Comparison, since: Since | None, spoken: Language) -> str:
    key = "results" if comparison.replicates > 1 else "results_once"
    span = span_of([variant.scenario for variant in comparison.variants])
    said = TEXTS(
        key, spoken, replicates=comparison.replicates, seed=comparison.base_seed,
        first=month_text(span.start), last=month_text(span.stop - 1),
    )
    if since is not None:
        said += TEXTS("results_since", spoken, month=month_text(since.month))
    return said


def _bands(variants: int, spoken: Language) -> str:
    crowded = layout.value == "overlaid" and variants > MOST_OUTER_BANDS
    return TEXTS("fan_note_crowded" if crowded else "fan_note", spoken)


def _title(
    key: str, said: str, save_key: str, save: Callable[[], None], spoken: Language
) -> None:
    with solara.Div(classes=["swc-compare-title"]):
        solara.HTML("h2", unsafe_innerHTML=TEXTS(key, spoken))
        solara.Button(
            TEXTS(save_key, spoken), on_click=save, text=True,
            classes=["swc-quiet", "swc-compare-save"], attributes={"data-do": save_key},
        )
        solara.HTML("span", classes=["swc-muted", "swc-small"], unsafe_innerHTML=said)


def _line(text: str) -> None:
    safe = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    solara.HTML("p", classes=["swc-muted", "swc-small"], unsafe_innerHTML=safe)


def _fans(work: Work, replicates: int, step: By) -> list[dict[str, Fan]]:
    span, rows = span_of(work.plan.scenarios), work.rows[:replicates]
    return [
        {series.name: fan([row[place].series for row in rows], series.name, span, step)
         for series in SERIES}
        for place in range(len(work.plan.scenarios))
    ]


def _switches(spoken: Language) -> None:
    groups = [
        {"key": "layout", "label": TEXTS("layout", spoken), "value": layout.value, "choices": [
            {"value": value, "label": TEXTS(value, spoken)} for value in ("overlaid", "panels")
        ]},
        {"key": "by", "label": TEXTS("by", spoken), "value": by.value, "choices": [
            {"value": value, "label": TEXTS(value, spoken)} for value in ("month", "year")
        ]},
    ]
    if layout.value == "panels":
        groups.append({
            "key": "measure", "label": TEXTS("shown", spoken), "value": measure.value,
            "choices": [{"value": series.name, "label": series_title(series, spoken)}
                        for series in SERIES],
        })
    known = {"layout": layout, "by": by, "measure": measure}
    Switches(groups=groups, event_choose=lambda said: known[said["key"]].set(said["value"]))


def _scaled(
    comparison: Comparison, fans: list[dict[str, Fan]], spoken: Language
) -> dict[str, Scaled]:
    currency = comparison.variants[0].scenario.currency
    return {
        series.name: scaled(series, [own[series.name] for own in fans], currency, spoken)
        for series in SERIES
    }


def _overlaid(
    comparison: Comparison, fans: list[dict[str, Fan]], names: list[str], spoken: Language
) -> None:
    places = list(range(len(names)))
    with solara.Div(classes=["swc-compare-charts"]):
        for found in _scaled(comparison, fans, spoken).values():
            periods = found.fans[0].periods
            Chart(
                f"compare-{found.series.name}",
                fan_option(names, places, periods, found, dark.value, spoken),
                fan_update(places, found) | _marks(comparison, periods, spoken),
                title=series_title(found.series, spoken),
                note=series_note(found, by.value, spoken), height=f"{300 + legend_room(names)}px",
            )
        _shares(comparison, fans, names, spoken)


def _panels(
    comparison: Comparison, fans: list[dict[str, Fan]], names: list[str], spoken: Language
) -> None:
    found = _scaled(comparison, fans, spoken)[measure.value]
    title, periods = series_title(found.series, spoken), found.fans[0].periods
    _line(say("titled", spoken, title=title, what=series_note(found, by.value, spoken)))
    with solara.Div(classes=["swc-compare-panels"]):
        for place, name in enumerate(names):
            Chart(
                f"compare-{found.series.name}-{place + 1}",
                fan_option([name], [place], periods, found, dark.value, spoken),
                fan_update([place], found) | _marks(comparison, periods, spoken), title=name,
                label=f"{title}: {name}", height="220px",
            )
        if measure.value == PRICE:
            _shares(comparison, fans, names, spoken)


def _marks(comparison: Comparison, periods: list[str], spoken: Language) -> dict[str, object]:
    scenarios = [variant.scenario for variant in comparison.variants]
    return {"marks": marks_of(scenarios, periods, dark.value, spoken)}


def _shares(
    comparison: Comparison, fans: list[dict[str, Fan]], names: list[str], spoken: Language
) -> None:
    prices = [own[PRICE] for own in fans]
    low = lowest_share(prices)
    if low >= RARE:
        _line(TEXTS("all_trade", spoken, low=f"{100 * low:.0f}"))
        return
    Chart(
        "compare-share", share_option(names, prices[0].periods, dark.value, spoken),
        share_update(prices) | _marks(comparison, prices[0].periods, spoken),
        title=TEXTS("share", spoken), note=TEXTS("share_note", spoken),
        height=f"{220 + legend_room(names)}px",
    )
