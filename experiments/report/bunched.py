"""When compliance buyers buy: by months before the deadline, beside the record."""

from collections.abc import Sequence

import numpy as np

from agents.parameters import month_text
from experiments.bunching import (
    EVEN,
    LAST_MONTHS,
    MONTHS,
    PaceCase,
    RecordedVolume,
    deadline_of,
    intended,
    last_share,
    november_ratio,
    recorded_volumes,
)
from experiments.intervals import Interval, interval_of
from experiments.language import LANGUAGES, Language
from experiments.report.looks import Look
from experiments.report.numerals import figure, ratio
from experiments.report.panels import (
    COLOUR,
    TIP,
    Figure,
    Panel,
    Spec,
    layer,
    nominal,
    number,
    sized,
)
from experiments.report.reading import Reading
from experiments.report.texts import both, in_both, rule_label, rule_name, tell

__all__ = [
    "DEFAULT_COLOUR", "EVEN_COLOUR", "bunched_caption", "bunched_figure", "bunched_table",
    "bunched_words", "pace_like_record",
]

HEIGHT = 230
DEFAULT_COLOUR, EVEN_COLOUR = "compliance", "muted"


def _deadline(reading: Reading) -> int:
    return deadline_of(reading.variant(reading.leading, reading.changed).scenario)


def _pace(case: PaceCase, language: Language) -> str:
    if case.pace == EVEN:
        return tell("pace_even", language)
    return tell("pace_default", language, pace=ratio(case.pace))


def _month(deadline: int, before: int) -> int:
    """Month of the year so many months before the deadline, 1 to 12."""
    return (deadline - 1 - before) % MONTHS + 1


def _profile(case: PaceCase, deadline: int, colour: str, shift: float, look: Look) -> list[Spec]:
    label, points = _pace(case, look.language), []
    for before in range(MONTHS):
        found = case.month(_month(deadline, before))
        if found.mean is None:
            continue
        value = _interval(found, 2)
        points.append({
            "before": before + shift, "mean": found.mean, "low": found.low, "high": found.high,
            "colour": colour, "pace": label,
            "tip": tell("bunching_tip", look.language, pace=label, n=before, value=value),
        })
    return points


def _interval(found: Interval, digits: int, size: float = 1.0) -> str:
    if found.mean is None:
        return "–"
    mean = figure(found.mean * size, digits)
    if found.low is None or found.low == found.high:
        return mean
    return f"{mean} [{figure(found.low * size, digits)}, {figure(found.high * size, digits)}]"


def _percent(found: Interval, language: Language) -> str:
    return _interval(found, 0, 100.0) + ("\u00a0%" if language == "en" else "%")


def _axis(look: Look) -> Spec:
    return number(
        "before",
        scale={"domain": [MONTHS - 0.5, -0.5], "nice": False, "zero": False},
        axis={"title": tell("bunching_axis", look.language), "values": list(range(0, MONTHS, 2)),
              "tickCount": MONTHS, "grid": False, "domain": False, "tickSize": 0},
    )


def _up(highest: float) -> Spec:
    return number(
        "mean", scale={"domain": [0, highest], "nice": False},
        axis={"title": None, "tickCount": 5, "domain": False, "tickSize": 0, "grid": True},
    )


def _panel(
    cases: Sequence[PaceCase], deadline: int, highest: float, look: Look
) -> Panel:
    language = look.language
    colours = (look.colours[DEFAULT_COLOUR], look.colours[EVEN_COLOUR])
    points = []
    for case, colour, shift in zip(cases, colours, (0.12, -0.12), strict=True):
        points += _profile(case, deadline, colour, shift, look)
    across, up = _axis(look), _up(highest)
    barred = [point for point in points if point["low"] is not None]
    layers = [
        layer([{"at": 1.0}], "rule", {"y": number("at")}, color=look.colours["muted"],
              strokeDash=[4, 3]),
        layer(points, "line", {"x": across, "y": up, "color": COLOUR, "detail": nominal("pace")},
              strokeWidth=2),
        layer(barred, "rule", {"x": across, "y": number("low"), "y2": {"field": "high"},
                               "color": COLOUR, "tooltip": TIP}, strokeWidth=1.4),
        layer(points, "point", {"x": across, "y": up, "color": COLOUR, "tooltip": TIP},
              size=34, filled=True, opacity=1),
    ]
    key = "bunching_whole" if cases[0].whole else "bunching_room"
    rule = rule_label(cases[0].mechanism, language)
    return Panel(
        tell(key, language, rule=rule, room=ratio(cases[0].room)), sized(layers, look, HEIGHT),
        tell("semicolon", language).join(point["tip"] for point in points),
    )


def _record(records: Sequence[RecordedVolume], look: Look) -> Panel:
    language, bars = look.language, []
    for record in records:
        for month in range(record.first, record.last + 1):
            bound = tell("at_least", language) if record.at_least else ""
            value = figure(record.volume_mt_per_day, 2)
            bars.append({
                "before": MONTHS - 1 - month % MONTHS, "mean": record.volume_mt_per_day,
                "text": (">" if record.at_least else "") + ratio(record.volume_mt_per_day),
                "tip": tell("bunching_record_tip", language, month=month_text(month), bound=bound,
                            value=value),
            })
    across, up = _axis(look), _up(1.25)
    place = {"x": across, "y": up, "tooltip": TIP}
    layers = [
        layer(bars, "bar", place, color=look.colours["rule-4"], size=14),
        layer(bars, "text", {**place, "text": nominal("text")}, dy=-8, fontSize=10,
              color=look.colours["ink"]),
    ]
    return Panel(
        tell("bunching_record", language), sized(layers, look, HEIGHT),
        tell("semicolon", language).join(bar["tip"] for bar in bars),
    )


def _pairs(reading: Reading) -> list[Sequence[PaceCase]]:
    paces = reading.answer.paces
    return [paces[place : place + 2] for place in range(0, len(paces), 2)]


def bunched_figure(reading: Reading, look: Look) -> Figure:
    """Purchases by month at two rooms, and the record.

    Parameters
    ----------
    reading : Reading
    look : Look

    Returns
    -------
    Figure
    """
    deadline, language = _deadline(reading), look.language
    ends = [
        case.month(month).high or case.month(month).mean or 1.0
        for case in reading.answer.paces for month in range(1, MONTHS + 1)
    ]
    highest = 1.08 * max(ends)
    panels = [_panel(pair, deadline, highest, look) for pair in _pairs(reading)]
    default, even = reading.answer.paces[:2]
    key = [(look.colours[DEFAULT_COLOUR], _pace(default, language)),
           (look.colours[EVEN_COLOUR], _pace(even, language))]
    return Figure("bunching", [*panels, _record(recorded_volumes(), look)], 2, key)


def pace_like_record(ratio_wanted: float, deadline: int = MONTHS) -> float:
    """Pace at which firms want so many times as much in November as in August to October.

    Parameters
    ----------
    ratio_wanted : float
    deadline : int

    Returns
    -------
    float
        To a tenth.
    """
    paces = np.arange(1.0, 30.0, 0.1)
    done = np.minimum(np.array([7, 10, 11])[:, None] / deadline, 1.0) ** paces
    found = (done[2] - done[1]) / ((done[1] - done[0]) / 3)
    return float(paces[np.argmin(np.abs(found - ratio_wanted))])


def _recorded_ratio() -> float:
    """November against the mean of August to October, in the record."""
    daily = {
        month % MONTHS + 1: record.volume_mt_per_day
        for record in recorded_volumes() for month in range(record.first, record.last + 1)
    }
    return daily[11] / (sum(daily[month] for month in (8, 9, 10)) / 3)


def bunched_words(reading: Reading, language: Language) -> list[str]:
    """What the pace does, and where it does nothing.

    Parameters
    ----------
    reading : Reading
    language : {"en", "zh"}

    Returns
    -------
    list of str
        HTML.
    """
    deadline, pairs = _deadline(reading), _pairs(reading)
    shares = [
        [_percent(interval_of(last_share(case, deadline)), language) for case in pair]
        for pair in pairs
    ]
    default = pairs[0][0]

    def wanted(pace: float) -> str:
        share = figure(100 * intended(pace, LAST_MONTHS, deadline), 0)
        return share + ("\u00a0%" if language == "en" else "%")

    words = [tell(
        "bunching_words", language, room=ratio(default.room), months=LAST_MONTHS,
        rule=rule_name(default.mechanism, language), default=shares[0][0], even=shares[0][1],
        wanted=wanted(default.pace), flat=wanted(EVEN),
    )]
    rules = reading.variant(reading.leading, reading.changed).scenario.bilateral
    for (case, _), (own, even) in zip(pairs[1:], shares[1:], strict=True):
        key = "bunching_whole_words" if case.whole else "bunching_other_words"
        words.append(tell(
            key, language, rule=rule_name(case.mechanism, language), default=own, even=even
        ))
        if case.mechanism == "bilateral" and not case.whole:
            words.append(tell("bunching_blocks", language, block=figure(rules.smallest_block_t, 0)))
    real, found = _recorded_ratio(), interval_of(november_ratio(default))
    if deadline == MONTHS and found.mean is not None:
        words.append(tell(
            "bunching_record_words", language, real=ratio(real), found=_interval(found, 1),
            pace=figure(pace_like_record(real), 0),
        ))
    return [tell("join", language).join(words)]


def bunched_caption(reading: Reading, language: Language) -> str:
    """How to read the figure, and what it rests on."""
    comparison = reading.answer.comparison
    return tell(
        "caption_bunching", language, n=comparison.replicates, seed=comparison.base_seed,
    )


def bunched_table(reading: Reading) -> tuple[list[str], list[list[str]]]:
    """Heads and rows: each month before the deadline, and the last three together.

    Parameters
    ----------
    reading : Reading

    Returns
    -------
    heads, rows : list of str, list of list of str
        HTML.
    """
    deadline, cases = _deadline(reading), reading.answer.paces
    heads = [both("bunching_axis")]
    for case in cases:
        place = both("room_whole" if case.whole else "room_times", room=ratio(case.room))
        pace = in_both(*(_pace(case, language) for language in LANGUAGES))
        rule = in_both(*(rule_label(case.mechanism, language) for language in LANGUAGES))
        heads.append(f"{rule}<br>{place}<br>{pace}")
    rows = [
        [str(before), *(_interval(case.month(_month(deadline, before)), 2) for case in cases)]
        for before in range(MONTHS - 1, -1, -1)
    ]
    shares = [interval_of(last_share(case, deadline)) for case in cases]
    rows.append([both("last_months"), *(_interval(share, 1, 100.0) + " %" for share in shares)])
    return heads, rows
