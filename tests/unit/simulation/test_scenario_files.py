"""Scenario files: how they extend each other, and one clear line for whatever is wrong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.errors import InputError, ScenarioError, close_to
from simulation.scenario import declared, load
from simulation.scenario_files import parse_override
from tests.helpers import MECHANISMS, one_of

START = 'start = "2024-01"\nmonths = 12\n'
PROJECT = '[[projects]]\narea_ha = 10.0\ntreated = "2020-01"\n'


def write(folder, name, text):
    """A file, and its path as somebody would type it."""
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return str(path)


def refused(source, overrides=None):
    """The one line with which a scenario is refused."""
    with pytest.raises(ScenarioError) as error:
        load(source, overrides)
    message = str(error.value)
    assert "\n" not in message
    assert message.strip()
    return message


def test_a_file_is_named_after_itself(tmp_path):
    """Where it does not say how it is called."""
    assert load(write(tmp_path, "mine.toml", START)).name == "mine"
    assert load(write(tmp_path, "mine.toml", f'name = "ours"\n{START}')).name == "ours"


def test_a_child_says_only_what_differs(tmp_path):
    """Tables are merged key by key, lists are replaced, three generations deep."""
    write(tmp_path, "grandparent.toml", f"{START}[compliance]\noffset_limit = 0.1\n"
          f"penalty_multiple = 7.0\n{PROJECT}{PROJECT}")
    write(tmp_path, "parent.toml", 'extends = "grandparent.toml"\nmonths = 24\n'
          "[compliance]\noffset_limit = 0.2\n")
    child = load(write(tmp_path, "child.toml", f'extends = "parent.toml"\n{PROJECT}count = 3\n'))
    assert child.months == 24
    assert (child.compliance.offset_limit, child.compliance.penalty_multiple) == (0.2, 7.0)
    assert [group.count for group in child.projects] == [3]


def test_a_child_does_not_inherit_the_heading(tmp_path):
    """A name or title of the parent would claim that the child is the parent."""
    child = load(write(tmp_path, "child.toml", 'extends = "tiny"\n'))
    assert (child.name, child.title, child.title_zh) == ("child", "", "")


def test_a_path_is_looked_up_beside_its_child(tmp_path):
    """So that a folder of scenarios can be moved."""
    (tmp_path / "deep").mkdir()
    write(tmp_path, "base.toml", START)
    child = write(tmp_path / "deep", "child.toml", 'extends = "../base.toml"\n')
    assert load(child).months == 12


def test_overrides_come_last(tmp_path):
    """Whatever the file says; into tables, groups, and tables that the file leaves out."""
    path = write(tmp_path, "a.toml", f"{START}[compliance]\noffset_limit = 0.1\n{PROJECT}")
    scenario = load(path, {
        "compliance.offset_limit": 0.3, "projects.0.count": 4, "market.mechanism": "call_auction",
    })
    assert scenario.compliance.offset_limit == 0.3
    assert scenario.projects[0].count == 4
    assert scenario.market.mechanism == "call_auction"


WRONG = [
    # What the file says, and what the line must say.
    (f"{START}[complience]\n", "unknown key 'complience' (did you mean 'compliance'?)"),
    (f"{START}[compliance]\nofset_limit = 0.1\n", "(did you mean 'offset_limit'?)"),
    (f"{START}[price_limits]\nflor = 1.0\n", "(did you mean 'floor_yuan_per_t'?)"),
    (f"{START}[trading_units]\ntick_yuan_per_t = 0.015\n",
     "trading_units.tick_yuan_per_t = 0.015: is no whole number of fen"),
    (f"{START}[compliance]\nxyzzy = 1\n", "unknown key 'compliance.xyzzy'. See"),
    (f"{START}{PROJECT}cuont = 2\n", "unknown key 'projects.0.cuont' (did you mean 'count'?)"),
    (f"{START}[growth.measures.gras]\n", "(did you mean 'grass'?)"),
    (f'{START}[compliance]\noffset_limit = "0.1"\n', "is not a number. Give a number without"),
    (f"{START}[compliance]\noffset_limit = nan\n", "is not a finite number"),
    (f"{START}[compliance]\noffset_limit = 1.4\n",
     "compliance.offset_limit = 1.4 is above 1. Give 1 or less."),
    (f"{START}[compliance]\noffset_limit = -0.1\n", "= -0.1 is below 0. Give 0 or more."),
    (f"{START}[compliance]\neligible = 1\n", "compliance.eligible = 1 is neither true nor false"),
    (f"{START}[compliance]\ndeadline_month = 6.5\n", "is not a whole number"),
    (f"{START}[compliance]\ndeadline_month = 13\n", "= 13 is above 12"),
    (f'{START}[market]\nmechanism = "auction"\n',
     f"market.mechanism = 'auction' is unknown. Give one of {one_of(MECHANISMS)}."),
    (f"{START}market = 3\n", "market = 3 is not a table"),
    (f"{START}projects = 3\n", "projects = 3 is not a list"),
    (f"{START}projects = [3]\n", "projects.0 = 3 is not a table"),
    (f"{START}[[projects]]\narea_ha = 0.0\ntreated = '2020-01'\n",
     "projects.0.area_ha = 0.0 is not above 0"),
    (f"{START}name = 3\n", "name = 3 is not a text"),
    ("months = 12\n", "start is missing. Give it a value."),
    ('start = "2024-13"\nmonths = 12\n', "start = '2024-13': not a month"),
    ("start = 2024-01-01\nmonths = 12\n", "start: not a month; write it as YYYY-MM"),
    ('start = "1800-01"\nmonths = 12\n', "not a month of the years 1900 to 2299"),
    ('start = "2024-01"\nmonths = 0\n', "months = 0 is below 1"),
    (f"{START}[[projects]]\ntreated = '2020-01'\n", "projects.0.area_ha is missing"),
    (f"{START}[[projects]]\narea_ha = 10.0\n", "projects.0.treated is missing"),
    (f"{START}{PROJECT}strategy = 'posted'\n",
     "projects.0.strategy = 'posted' replays a real lot"),
    (f"{START}{PROJECT}shares = {{ terrace = 0.1 }}\n",
     "projects.0.shares: shares add up to 1.1; make them add up to 1"),
    (f"{START}{PROJECT}trade = 'XX-1'\n", "projects.0.trade = 'XX-1' is not in data/trades.csv"),
    (f"{START}[voluntary]\nneutrality_weight = 0.0\nfootprint_weight = 0.0\nlocal_weight = 0.0\n"
     "collateral_weight = 0.0\n", "collateral_weight are all 0; give one kind"),
    (f"{START}[[projects]]\ntrade = 'SN-2024-01'\n",
     "projects.0.trade = 'SN-2024-01' has no watershed_km2"),
    (f"{START}[[firms]]\ntrade = 'JX-2024-01'\n", "firms.0.planned is missing"),
    (f"{START}[[events]]\nannounced = '2024-06'\neffective = '2024-03'\nset = {{}}\n",
     "events.0.effective = 2024-03 is before its announcement in 2024-06"),
    (f"{START}[[events]]\nannounced = '2023-01'\neffective = '2023-12'\nset = {{}}\n",
     "events.0.effective = 2023-12 is before the first month 2024-01"),
    (f"{START}[[events]]\nannounced = '2024-01'\neffective = '2024-03'\n"
     "set = { 'quote.anchor_weight' = 0.1 }\n", "'quote.anchor_weight' is not a lever"),
    (f"{START}[[events]]\nannounced = '2024-01'\neffective = '2024-03'\n"
     "set = { 'compliance.eligble' = true }\n", "(did you mean 'compliance.eligible'?)"),
    (f"{START}[[events]]\nannounced = '2024-01'\neffective = '2024-03'\n"
     "set = { 'compliance.offset_limit' = 2 }\n",
     "events.0.set.compliance.offset_limit = 2 is above 1"),
    (f"{START}[[events]]\neffective = '2024-03'\nset = {{}}\n", "events.0.announced is missing"),
    (START + PROJECT * 999, "has more than 998 entries"),
    ("extends = 3\n", "extends = 3 is not a text"),
    ('extends = "wrong.toml"\n', "extends itself through wrong.toml"),
    ('extends = "tinny"\n', "'tinny' is not a scenario (did you mean 'tiny'?)"),
    ('extends = "nowhere.toml"\n', "nowhere.toml: no such file"),
    ("start = \n", "is not valid TOML"),
    ("[a]\n[a]\n", "is not valid TOML"),
    (b"name = '\xff'\n", "is not UTF-8 text. Save it as UTF-8."),
]


@pytest.mark.parametrize(("text", "says"), WRONG, ids=[says[:48] for _, says in WRONG])
def test_whatever_is_wrong_is_said_in_one_line(tmp_path, text, says):
    """Where, what, the limit, and the way out."""
    message = refused(write(tmp_path, "wrong.toml", text))
    assert says in message


NAMES_ANOTHER = ("'tinny'", "nowhere.toml")


@pytest.mark.parametrize(
    ("text", "says"), [case for case in WRONG if not case[1].startswith(NAMES_ANOTHER)],
    ids=lambda value: str(value)[:40],
)
def test_the_line_names_the_file(tmp_path, text, says):
    """Among several files that extend each other, the reader must know which to open."""
    assert refused(write(tmp_path, "wrong.toml", text)).split(":")[0].endswith("wrong.toml")


def test_the_file_that_said_it_is_named(tmp_path):
    """A child inherits the fault of its parent, and the parent is the place to mend it."""
    write(tmp_path, "parent.toml", f"{START}[compliance]\noffset_limit = 2.0\n")
    child = write(tmp_path, "child.toml", 'extends = "parent.toml"\n[market]\n')
    assert "parent.toml: compliance.offset_limit" in refused(child)
    child = write(tmp_path, "child.toml", 'extends = "parent.toml"\n[compliance]\noffset_limit=3\n')
    assert "child.toml: compliance.offset_limit = 3" in refused(child)
    assert refused(child, {"compliance.offset_limit": 4}).startswith("--set: ")
    assert load(child, {"compliance.offset_limit": 0.5}).compliance.offset_limit == 0.5


def test_a_circle_of_files_is_shown(tmp_path):
    """a extends b extends a."""
    write(tmp_path, "b.toml", 'extends = "a.toml"\n')
    message = refused(write(tmp_path, "a.toml", 'extends = "b.toml"\n'))
    assert "a.toml: extends itself through a.toml -> b.toml" in message


def test_an_unknown_name_lists_the_known():
    """And guesses what was meant."""
    message = refused("zhiyang")
    assert "'zhiyang' is not a scenario (did you mean 'ziyang'?)" in message
    assert "tiny, tiny-eligible, ziyang" in message


def test_a_missing_file_is_said_to_be_missing(tmp_path):
    """With the path that was typed."""
    path = str(tmp_path / "none.toml")
    assert refused(path).startswith(f"{path}: no such file")


def test_what_cannot_be_read_is_said_to_be_unreadable(tmp_path):
    """A folder, for example."""
    (tmp_path / "folder.toml").mkdir()
    message = refused(str(tmp_path / "folder.toml"))
    assert "folder.toml: " in message
    assert "read" in message


@pytest.mark.parametrize(
    ("key", "says"),
    [
        ("projects.9.count", "'9' is not in the list. Give a number from 0 to 1."),
        ("projects.x.count", "'x' is not in the list"),
        ("projects.-1.count", "'-1' is not in the list"),
        ("events.0.announced", "events is not a list"),
        ("months.x", "months is not a table"),
        ("months.x.y", "months is not a table"),
        ("complience.eligible", "(did you mean 'compliance'?)"),
        ("", "unknown key"),
    ],
)
def test_an_override_that_does_not_fit_is_said_in_one_line(key, says):
    """And that it came from the command line."""
    message = refused("tiny", {key: 1})
    assert message.startswith("--set: ")
    assert says in message


@pytest.mark.parametrize(
    ("text", "key", "value"),
    [
        ("months=12", "months", 12), ("a.b=0.5", "a.b", 0.5), ("a=true", "a", True),
        ("a='x'", "a", "x"), ("a=listing", "a", "listing"), ("a = 2024-01", "a", "2024-01"),
        ("a=[1, 2]", "a", [1, 2]), ("a=b=c", "a", "b=c"), ("a=", "a", ""),
        ("a=1\nb=2", "a", "1\nb=2"),  # a line break cannot bring in a second key
    ],
)
def test_an_override_is_read_like_toml(text, key, value):
    """A bare word is a text."""
    assert parse_override(text) == (key, value)


@pytest.mark.parametrize("text", ["", "months", "=3", " =3"])
def test_an_override_needs_key_and_value(text):
    """With an example of how to write it."""
    with pytest.raises(ScenarioError, match="no KEY=VALUE") as error:
        parse_override(text)
    assert "\n" not in str(error.value)


def test_a_number_without_end_is_no_reason_to_stop():
    """Python reads at most 4,300 digits; the line must still be one that a person understands."""
    with pytest.raises(InputError):
        load("tiny", dict([parse_override("months=" + "9" * 5000)]))


def test_a_hint_needs_something_close():
    """No guess is better than a wild one."""
    assert close_to("eligble", ["eligible", "other"]) == " (did you mean 'eligible'?)"
    assert close_to("xyzzy", ["eligible", "other"]) == ""


def test_an_empty_list_has_no_place(tmp_path):
    """There is no number to give."""
    path = write(tmp_path, "a.toml", f"{START}projects = []\n")
    assert "Give nothing: the list is empty" in refused(path, {"projects.0.count": 1})


def test_one_number_of_a_measure_can_be_changed():
    """Every declared key can be set alone, or it could be neither swept nor moved by a slider."""
    scenario = load("tiny", {"growth.measures.grass.plant_shape": 1.01})
    assert scenario.growth.measures.grass.plant_shape == 1.01


# Shares must add up, a trade must exist: these cannot be said alone.
ALONE = [
    item for item in declared()
    if item.default is not None and not item.key.startswith("events")
    and ".shares." not in item.key and not item.key.endswith(".trade")
]


@pytest.mark.parametrize("item", ALONE, ids=lambda item: item.key)
def test_every_default_can_be_said(item):
    """A key with its own default loads, in a file or as an override."""
    assert load("tiny", {item.key.replace(".N", ".0"): item.default})


KEYS = [item.key.replace(".N", ".0") for item in declared() if not item.key.startswith("events")]
ODD = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5),
    st.just(10**400), st.just([]), st.just({}), st.just(["x"]), st.just({"x": 1}),
)


@given(st.sampled_from(KEYS), ODD)
def test_an_odd_value_loads_or_is_refused_in_one_line(key, value):
    """Whatever somebody writes behind a key: no crash, and never more than one line."""
    try:
        load("tiny", {key: value})
    except InputError as error:
        message = str(error)
        assert "\n" not in message
        assert key.split(".")[0] in message or key.endswith(".trade")
