"""Agents' names in the reader's language."""

import re

from experiments.agent_columns_words import place_in
from experiments.language import Language

__all__ = ["agent_name"]

# Groups of the scenarios that come with the program; others stay as they are written.
_GROUPS = {
    "Battery maker": "电池厂",
    "Cement works": "水泥厂",
    "Dabie mountains": "大别山区",
    "Eastern Gansu valleys": "陇东沟谷",
    "Forest project": "森林项目",
    "Fuel supplier": "燃料供应商",
    "Fujian pilot": "福建试点",
    "Fujian red soil": "福建红壤区",
    "Gansu plateau": "甘肃黄土塬",
    "Gas plant": "天然气厂",
    "Henan hills": "豫西丘陵",
    "Industry": "工业企业",
    "Land project": "土地项目",
    "Loess county": "黄土高原县",
    "Loess gully": "黄土沟壑区",
    "Loess project": "黄土项目",
    "Mine": "矿山",
    "Ningxia hills": "宁夏丘陵",
    "Northern Shaanxi valleys": "陕北沟谷",
    "Power plant": "发电厂",
    "Qinling-Bashan": "秦巴山区",
    "Red-soil county": "红壤县",
    "Red-soil hills": "红壤丘陵",
    "Red-soil project": "红壤项目",
    "Refinery": "炼油厂",
    "Shandong rocky hills": "山东土石山区",
    "Steel works": "钢铁厂",
    "Western Shanxi valleys": "晋西沟谷",
    # Of groups without a name of their own.
    "project group": "项目组",
    "firm group": "企业组",
}
# Firms that are called by their province and what they do.
_KINDS = {
    "construction and services": "建筑与服务企业",
    "heavy industry": "重工业企业",
    "new energy and export": "新能源与出口企业",
}
_PARTS = re.compile(
    r"(?P<base>.*?)(?P<numbers>(?: [0-9]+)*)(?P<again> \([0-9]+\))?", re.DOTALL
)
# Parties of real trades carry their Chinese name with them.
_BOTH = re.compile(r"[^()]+ \((?P<chinese>[一-鿿][^()]*)\)")


def agent_name(name: str, language: Language) -> str:
    """Name of an agent as a reader of a language would write it.

    Parameters
    ----------
    name : str
        As in `simulation.building.People`.
    language : {"en", "zh"}

    Returns
    -------
    str
        Numbers are kept; names that do not come with the program stay as they are.
    """
    if language != "zh":
        return name
    found = _PARTS.fullmatch(name)
    chinese = _in_chinese(found["base"]) if found is not None else ""
    if found is None or not chinese:
        return name
    numbers = "-".join(found["numbers"].split())
    again = found["again"] or ""
    return chinese + numbers + again.strip().replace("(", "（").replace(")", "）")


def _in_chinese(base: str) -> str:
    if base in _GROUPS:
        return _GROUPS[base]
    place, _, kind = base.partition(" ")
    if kind in _KINDS and (known := place_in(place, "zh")) != place:
        return known + _KINDS[kind]
    both = [_BOTH.fullmatch(part) for part in base.split("; ")]
    return "、".join(each["chinese"] for each in both if each) if all(both) else ""
