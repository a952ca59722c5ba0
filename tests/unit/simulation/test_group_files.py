"""Groups from a CSV: the counties and firms of a researcher's own."""

import pytest

from agents.parameters import month_number
from simulation.errors import ScenarioError
from simulation.scenario import load
from simulation.world import World
from tests.unit.simulation.test_scenario_files import START, refused, write

COUNTIES = (
    "name,province,count,area_ha,treated,joined,shares.terrace,shares.protection_forest,"
    "shares.closure_replanting,shares.low_yield_forest,shares.tending,note\r\n"
    '"Anxi, upper",福建,2,1700.5,2001-01,no,1,0,0,0,0,"our survey, table 2"\r\n'
    "\r\n"
    "Changting,福建,,900,2003-06,,,,,,,\r\n"
)


def scenario(folder, text=COUNTIES, key="projects_csv", more=""):
    """A scenario beside its CSV."""
    write(folder, "counties.csv", text)
    return write(folder, "mine.toml", f'{START}{key} = "counties.csv"\n{more}')


def test_a_row_is_a_group(tmp_path):
    """Numbers, months, names with commas, nested keys, a mark of spreadsheets, empty cells."""
    found = load(scenario(tmp_path, b"\xef\xbb\xbf" + COUNTIES.encode()))
    first, second = found.projects
    assert (first.name, first.province, first.count) == ("Anxi, upper", "福建", 2)
    assert (first.area_ha, first.treated, first.joined) == (1700.5, month_number("2001-01"), False)
    assert (first.shares.terrace, first.shares.tending) == (1.0, 0.0)
    assert (second.count, second.joined, second.shares.protection_forest) == (1, True, 0.3)
    assert len(World(found).state.projects) == 3


def test_it_is_the_same_world_as_when_written_in_toml(tmp_path):
    """Equal hash: a run depends on what the file says, not on where it says it."""
    table = (
        '[[projects]]\nname = "Anxi, upper"\nprovince = "福建"\ncount = 2\narea_ha = 1700.5\n'
        'treated = "2001-01"\njoined = false\n'
        "shares = {terrace = 1.0, protection_forest = 0.0, closure_replanting = 0.0, "
        "low_yield_forest = 0.0, tending = 0.0}\n"
        '[[projects]]\nname = "Changting"\nprovince = "福建"\narea_ha = 900.0\n'
        'treated = "2003-06"\n'
    )
    (tmp_path / "other").mkdir()
    other = write(tmp_path / "other", "mine.toml", START + table)
    assert load(scenario(tmp_path)).fingerprint == load(other).fingerprint


def test_a_child_puts_its_counties_in_the_place_of_the_parents(tmp_path):
    """So that one's own counties meet the firms and rules that ship."""
    write(tmp_path, "counties.csv", COUNTIES)
    text = 'extends = "china-counties"\nprojects_csv = "counties.csv"\n'
    child = load(write(tmp_path, "child.toml", text))
    assert [group.count for group in child.projects] == [2, 1]
    assert sum(group.count for group in child.firms) == 300


def test_the_command_line_takes_a_csv_too(tmp_path):
    """As ``--set projects_csv=counties.csv``; other keys may change its rows."""
    path = write(tmp_path, "counties.csv", COUNTIES)
    found = load("china-counties", {"projects.1.count": 7, "projects_csv": path})
    assert [group.count for group in found.projects] == [2, 7]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "has no header"),
        ("name,area_ha,treated\n", "has a header and no rows"),
        ("name,area,treated\nA,1,2001-01\n", "unknown column 'area'"),
        ("name,aera_ha,treated\nA,1,2001-01\n", "did you mean 'area_ha'?"),
        ("name,name\nA,B\n", "column 'name' stands twice"),
        ("name,area_ha,treated\nA,1\n", "line 2: has 2 cells, the header 3"),
        ("name,area_ha,treated\n\nA,many,2001-01\n", "line 3: area_ha = 'many' is not a number"),
        ("count,area_ha,treated\n1.5,1,2001-01\n", "count = '1.5' is not a whole number"),
        ("joined,area_ha,treated\nperhaps,1,2001-01\n", "is not true or false"),
        ("area_ha,treated\n-1,2001-01\n", "counties.csv, line 2: projects.0.area_ha = -1.0"),
        ("area_ha,treated\n1,2001-13\n", "counties.csv, line 2: projects.0.treated"),
        ("name,treated\nA,2001-01\n", "counties.csv, line 2: projects.0.area_ha is missing"),
        ("strategy,area_ha,treated\nshout,1,2001-01\n", "line 2: projects.0.strategy"),
        ("名称,面积\n甲,1\n".encode("gbk"), "is not UTF-8 text"),
        ("area_ha,treated\n" + "1,2001-01\n" * 999, "has more than 998 rows"),
        ("name,area_ha,treated\n" + "x" * 200_000 + ",1,2001-01\n", "line 2: cannot be read"),
        ("area_ha;treated\n1;2001-01\n", "with commas between"),
    ],
)
def test_whatever_is_wrong_is_said_in_one_line(tmp_path, text, said):
    """With the file, the line, and the way out."""
    assert said in refused(scenario(tmp_path, text))


def test_a_missing_file_is_named(tmp_path):
    """With the path that was tried."""
    path = write(tmp_path, "mine.toml", START + 'projects_csv = "nowhere.csv"\n')
    assert "nowhere.csv: no such file" in refused(path)
    assert "projects_csv = 3 is not a text" in refused(
        write(tmp_path, "mine.toml", START + "projects_csv = 3\n")
    )
    with pytest.raises(ScenarioError, match="cannot be read"):
        load("tiny", {"projects_csv": str(tmp_path)})


def test_counties_come_from_one_place(tmp_path):
    """A CSV and a list in one file contradict each other."""
    more = '[[projects]]\narea_ha = 1.0\ntreated = "2001-01"\n'
    assert "has both projects and projects_csv" in refused(scenario(tmp_path, more=more))
