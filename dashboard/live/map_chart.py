"""Firms and projects by province, and the deals between them."""

import math
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from dashboard.live.frame import Frame
from dashboard.live.texts import SAY
from dashboard.parts.looks import frame, tooltip
from experiments.agent_columns_words import place_in
from experiments.language import Language
from experiments.names import agent_name
from experiments.report.looks import colours
from simulation.building import People
from simulation.world import World

__all__ = ["Places", "map_option", "map_told", "map_update", "places_of"]

# More links or deals than these only blacken the picture; the largest deals are drawn.
MOST_LINKS = 1500
MOST_DEALS = 250
GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))


class Places(NamedTuple):
    """Where agents stand on the map.

    Attributes
    ----------
    projects, firms : float array, shape (agents, 2)
    provinces : list of (str, float, float)
        Name and place of its label.
    people : People
    rows_of_projects, rows_of_firms : dict
        Stable id to row.
    links : list of [[x, y], [x, y]]
        Of the network of firms, where they are few enough to be seen.
    size : int
        Firms, which decides how large they are drawn.
    """

    projects: np.ndarray
    firms: np.ndarray
    provinces: list[tuple[str, float, float]]
    people: People
    rows_of_projects: dict[int, int]
    rows_of_firms: dict[int, int]
    links: list[list[list[float]]]
    size: int


def places_of(world: World) -> Places:
    """Place agents: provinces on an ellipse, projects inside each, firms around them.

    Parameters
    ----------
    world : World

    Returns
    -------
    Places
        The same for the same scenario and seed.
    """
    people, state = world.people, world.state
    names = tuple(dict.fromkeys((*people.project_provinces, *people.firm_provinces)))
    projects = np.zeros((len(people.projects), 2))
    firms = np.zeros((len(people.firms), 2))
    labels = []
    centres = _centres(tuple(
        people.project_provinces.count(name) + people.firm_provinces.count(name) for name in names
    ))
    for name, (x, y, radius) in zip(names, centres, strict=True):
        inside = [row for row, where in enumerate(people.project_provinces) if where == name]
        around = [row for row, where in enumerate(people.firm_provinces) if where == name]
        total = len(inside) + len(around)
        for number, row in enumerate(inside + around):
            # A sunflower: equal room for everybody, without drawing lots.
            far = radius * math.sqrt((number + 0.5) / total)
            turn = number * GOLDEN_ANGLE
            spot = (x + far * math.cos(turn), y + far * math.sin(turn))
            if number < len(inside):
                projects[row] = spot
            else:
                firms[row] = spot
        labels.append((name, x, y + radius))
    links = []
    starts, others = state.neighbours.starts, state.neighbours.others
    if len(others) <= 2 * MOST_LINKS:
        owners = np.repeat(np.arange(len(firms)), np.diff(starts))
        once = owners < others
        pairs = np.stack([firms[owners[once]], firms[others[once]]], axis=1)
        links = np.round(pairs, 3).tolist()
    return Places(
        np.round(projects, 3), np.round(firms, 3), labels, people,
        _rows(state.projects.agent_id), _rows(state.firms.agent_id), links, len(firms),
    )


def _rows(ids: np.ndarray) -> dict[int, int]:
    return {number: row for row, number in enumerate(ids.tolist())}


@lru_cache(maxsize=64)
def _centres(sizes: tuple[int, ...]) -> list[tuple[float, float, float]]:
    # In a grid as wide as two and a half times its height, as the card is.
    count = len(sizes)
    columns = min(count, max(1, math.ceil(math.sqrt(count * 1.8))))
    largest = max(sizes, default=1)
    return [
        (2.4 * (number % columns), -2.75 * (number // columns), math.sqrt(max(size, 1) / largest))
        for number, size in enumerate(sizes)
    ]


def map_option(places: Places, dark: bool, language: Language) -> dict[str, Any]:
    """Agents where they stand, and the links between firms.

    Parameters
    ----------
    places : Places
    dark : bool
    language : {"en", "zh"}

    Returns
    -------
    dict
        Option of ECharts.
    """
    paint = colours(dark)
    firm_size = 7 if places.size <= 400 else 4 if places.size <= 3000 else 2
    everybody = np.vstack([places.projects, places.firms, [[0.0, 0.0]]])
    low, high = everybody.min(axis=0) - 0.35, everybody.max(axis=0) + 0.35
    low[0], high[0] = low[0] - 0.3, high[0] + 0.3
    hidden = {"type": "value", "show": False, "scale": True}
    spread = {"type": "scatter", "cursor": "pointer"}
    base = frame(dark, language)
    return {
        **base, "tooltip": {**tooltip(dark, trigger="item"), "formatter": "{b}"},
        "grid": {"left": 4, "right": 4, "top": 30, "bottom": 4},
        "xAxis": {**hidden, "min": low[0], "max": high[0]},
        "yAxis": {**hidden, "min": low[1], "max": high[1] + 0.45},
        "series": [
            {"id": "links", "type": "lines", "coordinateSystem": "cartesian2d", "silent": True,
             "data": [{"coords": pair} for pair in places.links], "z": 1,
             "lineStyle": {"color": paint["muted"], "width": 0.5, "opacity": 0.18}},
            {"id": "trades", "type": "lines", "coordinateSystem": "cartesian2d", "silent": True,
             "data": [], "z": 4,
             "lineStyle": {"color": paint["rule-1"], "opacity": 0.75, "curveness": 0.18}},
            {**spread, "id": "firms", "name": SAY("firms", language), "z": 2,
             "symbolSize": firm_size, "itemStyle": {"color": paint["muted"], "opacity": 0.55},
             "data": _dots(places.firms, places.people.firms, "firm", language)},
            {**spread, "id": "projects", "name": SAY("projects", language), "z": 3,
             "symbolSize": 9, "itemStyle": {"color": paint["rule-3"], "opacity": 0.8},
             "data": _dots(places.projects, places.people.projects, "project", language)},
            {**spread, "id": "buying", "name": SAY("buying", language), "z": 6,
             "symbolSize": firm_size + 4, "itemStyle": {"color": paint["rule-2"]}, "data": []},
            {**spread, "id": "selling", "name": SAY("selling", language), "z": 7,
             "symbolSize": 13, "itemStyle": {
                 "color": paint["rule-3"], "borderColor": paint["ink"], "borderWidth": 1.5,
             }, "data": []},
            {"id": "chosen", "type": "scatter", "z": 8, "silent": True, "symbolSize": 22,
             "itemStyle": {"color": "transparent", "borderColor": paint["ink"],
                           "borderWidth": 2}, "data": []},
            {"id": "provinces", "type": "scatter", "silent": True, "symbolSize": 1, "z": 9,
             "data": [
                 {"value": [x, y + 0.12], "label": {
                     "show": True, "formatter": place_in(name, language), "position": "top",
                     "color": paint["ink"], "fontSize": 12, "textBorderColor": paint["paper"],
                     "textBorderWidth": 3,
                 }}
                 for name, x, y in places.provinces
             ]},
        ],
    }


def map_told(seen: Frame, language: Language) -> str:
    """The map in words: how many deals between how many sellers and buyers.

    Parameters
    ----------
    seen : Frame
    language : {"en", "zh"}

    Returns
    -------
    str
    """
    deals = seen.book.deals
    return SAY(
        "map_told", language, title=SAY("map", language), deals=len(deals),
        sellers=len(np.unique(deals.seller_id)), buyers=len(np.unique(deals.buyer_id)),
    )


def map_update(
    seen: Frame, places: Places, language: Language, chosen: tuple[str, int] | None = None
) -> dict[str, Any]:
    """Deals of the month that is shown, and who made them.

    Parameters
    ----------
    seen : Frame
    places : Places
    language : {"en", "zh"}
    chosen : (str, int), optional
        Kind and row of the agent that is looked at.

    Returns
    -------
    dict
        Merged into `map_option`.
    """
    deals = seen.book.deals
    largest = np.argsort(-deals.tonnes, kind="stable")[:MOST_DEALS]
    most = float(deals.tonnes.max()) if len(deals) else 1.0
    trades, buyers, sellers = [], {}, {}
    for place in largest.tolist():
        # The government, which buys and sells too, stands nowhere.
        seller = places.rows_of_projects.get(int(deals.seller_id[place]))
        buyer = places.rows_of_firms.get(int(deals.buyer_id[place]))
        if seller is not None:
            sellers[seller] = True
        if buyer is not None:
            buyers[buyer] = True
        if seller is not None and buyer is not None:
            trades.append({
                "coords": [places.projects[seller].tolist(), places.firms[buyer].tolist()],
                "lineStyle": {"width": round(1.5 + 4 * float(deals.tonnes[place]) / most, 1)},
            })
    ring = []
    if chosen is not None:
        kind, row = chosen
        where = places.projects if kind == "project" else places.firms
        ring = [where[row].tolist()] if row < len(where) else []
    return {"series": [
        {"id": "trades", "data": trades},
        {"id": "buying", "data": _dots(
            places.firms, places.people.firms, "firm", language, list(buyers))},
        {"id": "selling",
         "data": _dots(
             places.projects, places.people.projects, "project", language, list(sellers))},
        {"id": "chosen", "data": ring},
    ]}


def _dots(
    where: np.ndarray, names: tuple[str, ...], kind: str, language: Language,
    rows: list[int] | None = None,
) -> list[dict[str, Any]]:
    spots = where.tolist()
    chosen = range(len(spots)) if rows is None else rows
    return [
        {"value": spots[row], "name": agent_name(names[row], language), "id": f"{kind}:{row}"}
        for row in chosen
    ]
