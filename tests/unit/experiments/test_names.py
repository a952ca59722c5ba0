"""Agents of shipped scenarios have names in both languages, and no two become one."""

import re

import pytest

from experiments.names import agent_name
from simulation.building import people_of
from simulation.scenario import load
from simulation.scenario_files import scenario_names


@pytest.mark.parametrize("scenario", scenario_names())
def test_every_agent_that_ships_has_a_chinese_name_of_its_own(scenario: str) -> None:
    """A name in Latin letters would stand out in Chinese text; equal ones could not be chosen."""
    people = people_of(load(scenario))
    names = [*people.projects, *people.firms]
    chinese = [agent_name(name, "zh") for name in names]
    assert not [name for name in chinese if re.search("[A-Za-z]", name)]
    assert len(set(chinese)) == len(names)
    assert [agent_name(name, "en") for name in names] == names


def test_numbers_of_agents_stay() -> None:
    """The third of a group is the third in Chinese too."""
    assert agent_name("Red-soil hills 3", "zh") == "红壤丘陵3"
    assert agent_name("firm group 2 14", "zh") == "企业组2-14"
    assert agent_name("Refinery 2 (3)", "zh") == "炼油厂2（3）"
    assert agent_name("Shaanxi heavy industry 12", "zh") == "陕西重工业企业12"


def test_real_parties_are_called_by_their_chinese_name() -> None:
    """The sources are Chinese."""
    assert agent_name("Ziyang small watershed (紫阳小流域)", "zh") == "紫阳小流域"
    two = "Zijin Mining Group (紫金矿业); Golden Dragon (长汀金龙稀土) 2"
    assert agent_name(two, "zh") == "紫金矿业、长汀金龙稀土2"


@pytest.mark.parametrize(
    "name", ["", "7", "Mill at the lake", "Xanadu heavy industry 2", "我的项目"],
)
def test_names_that_do_not_ship_stay(name: str) -> None:
    """A visitor's own names are not ours to change."""
    assert agent_name(name, "zh") == name
