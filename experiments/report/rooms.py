"""How the answer depends on compliance room: lines by pricing rule."""

from collections.abc import Sequence

from experiments.report.looks import Look
from experiments.report.numerals import measure_for, ratio, shown
from experiments.report.panels import (
    COLOUR,
    TIP,
    Figure,
    Panel,
    Spec,
    axis_range,
    layer,
    nominal,
    number,
    sized,
)
from experiments.report.reading import Fact, Reading
from experiments.report.texts import pointed_at, rule_label, tell

__all__ = ["rooms_figure", "spread"]

HEIGHT = 260


def spread(values: Sequence[float], gap: float) -> list[float]:
    """Places for labels: near their values and at least a gap apart.

    Parameters
    ----------
    values : sequence of float
    gap : float

    Returns
    -------
    list of float
        In the order of the values.
    """
    order = sorted(range(len(values)), key=lambda row: values[row])
    clusters: list[tuple[float, list[int]]] = []
    for row in order:
        centre, members = values[row], [row]
        while clusters:
            other, its = clusters[-1]
            if centre - (len(members) - 1) * gap / 2 - other - (len(its) - 1) * gap / 2 >= gap:
                break
            clusters.pop()
            members = its + members
            centre = sum(values[one] for one in members) / len(members)
        clusters.append((centre, members))
    placed = [0.0] * len(values)
    for centre, members in clusters:
        for step, row in enumerate(members):
            placed[row] = centre + (step - (len(members) - 1) / 2) * gap
    return placed


def _lines(title: str, facts: dict[str, list[Fact]], reading: Reading, look: Look) -> Panel:
    language = look.language
    every = [fact.found for row in facts.values() for fact in row]
    measure = measure_for(facts[reading.rules[0]][0].outcome, every, language)
    rooms = [place.room for place in reading.places]
    points, ends = [], []
    for place, rule in enumerate(reading.rules):
        label, colour = rule_label(rule, language), look.rule(place)
        # A little to the side of each other, so that no interval hides another.
        shift = 1.06 ** (place - (len(reading.rules) - 1) / 2)
        for room, fact in zip(rooms, facts[rule], strict=True):
            if fact.found.mean is None:
                continue
            scaled = [None if end is None else end / measure.divisor for end in fact.found[:3]]
            mean, low, high = scaled
            said = shown(fact.found, measure) + measure.suffix
            tip = pointed_at((label, f"{ratio(room)} ×"), said, language)
            points.append({
                "rule": label, "colour": colour, "room": room * shift, "mean": mean, "low": low,
                "high": high, "tip": tip,
            })
        if points and points[-1]["rule"] == label:
            ends.append({**points[-1], "room": rooms[-1] * 1.06})
    values = [end for point in points for end in (point["mean"], point["low"], point["high"])]
    domain = axis_range(values, left=0.06, right=0.06)
    places = spread([end["mean"] for end in ends], 16 / HEIGHT * (domain[1] - domain[0]))
    for end, height in zip(ends, places, strict=True):
        end["mean"] = height
    return Panel(
        tell("with_unit", language, label=title, unit=measure.text),
        _layers(points, ends, rooms, domain, look),
        tell("semicolon", language).join(point["tip"] for point in points),
    )


def _layers(
    points: list[Spec], ends: list[Spec], rooms: Sequence[float], domain: Sequence[float],
    look: Look,
) -> Spec:
    first, last = rooms[0] / 1.35, rooms[-1] * 1.2
    # The names of the lines take the last third.
    across = number(
        "room",
        scale={"type": "log", "domain": [first, last * (last / first) ** 0.55], "nice": False},
        axis={"title": tell("room_axis", look.language), "values": list(rooms), "grid": False,
              "labelExpr": _room_labels(rooms), "labelOverlap": False, "titleAnchor": "start"},
    )
    up = number("mean", scale={"domain": list(domain), "nice": False},
                axis={"title": None, "tickCount": 6, "domain": False, "tickSize": 0, "grid": True})
    known = [point for point in points if point["low"] is not None]
    zero = layer([{"at": 0}], "rule", {"y": number("at")}, color=look.colours["muted"])
    line = layer(points, "line", {"x": across, "y": up, "color": COLOUR, "detail": nominal("rule")},
                 strokeWidth=2)
    bar = layer(known, "rule", {"x": across, "y": number("low"), "y2": {"field": "high"},
                                "color": COLOUR, "tooltip": TIP}, strokeWidth=1.6)
    dot = layer(points, "point", {"x": across, "y": up, "color": COLOUR, "tooltip": TIP},
                size=45, filled=True, opacity=1)
    name = layer(ends, "text", {"x": across, "y": up, "text": nominal("rule"), "color": COLOUR},
                 align="left", dx=8)
    return sized([zero, line, bar, dot, name], look, HEIGHT)


def _room_labels(rooms: Sequence[float]) -> str:
    labels = [f"abs(datum.value - {room!r}) < 1e-6 ? '{ratio(room)}'" for room in rooms]
    return " : ".join([*labels, "''"])


def rooms_figure(reading: Reading, look: Look) -> Figure:
    """Price difference, volume and net effect over compliance room."""
    places = range(len(reading.places))
    panels = []
    for title, name, of in (
        ("price_change", "price_yuan_per_t", reading.change),
        ("volume_level", "volume_t", reading.level),
        ("net_level", "net_effect_t", reading.level),
    ):
        facts = {rule: [of(name, rule, place=place) for place in places] for rule in reading.rules}
        panels.append(_lines(tell(title, look.language), facts, reading, look))
    return Figure("rooms", panels, 3)
