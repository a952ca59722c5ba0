"""Study files: what is allowed, what is refused, in one line."""

import pytest

from experiments.study.definition import ASKED_LATER
from experiments.study.files import StudyError, load_study, study_names
from tests.unit.experiments.study.made import TABLE, study

FILE = """
scenario = "tiny"
replicates = 3
[set]
months = 12
[set.market]
mechanism = "call_auction"
[[factors]]
key = "voluntary.demand_scale"
values = [0.5, 1.0]
"""


def test_a_study_file_is_read_and_named_for_its_file(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text(FILE)
    found = load_study(str(path))
    assert (found.study.name, found.study.replicates) == ("mine", 3)
    assert (found.base.months, found.base.market.mechanism) == (12, "call_auction")


def test_a_study_file_may_have_any_name_that_a_file_has(tmp_path):
    """It names the folder of the runs, too."""
    for name in ("我的研究", "my study (1)"):
        path = tmp_path / f"{name}.toml"
        path.write_text(FILE)
        assert load_study(str(path)).study.name == name


def test_the_scenario_of_a_study_may_lie_beside_it(tmp_path):
    (tmp_path / "own.toml").write_text('extends = "tiny"\nname = "own"\nmonths = 18\n')
    path = tmp_path / "mine.toml"
    text = FILE.replace('"tiny"', '"own.toml"').replace("months = 12", "start = '2025-01'")
    path.write_text(text)
    assert load_study(str(path)).base.months == 18


@pytest.mark.parametrize("name", study_names())
def test_studies_that_ship_can_be_run(name):
    found = load_study(name)
    assert found.study.title
    assert found.study.title_zh
    assert found.study.name == name


@pytest.mark.parametrize(("change", "said"), [
    ({"replicate": 2}, "did you mean 'replicates'"),
    ({"replicates": 0}, "replicates = 0 is below 1. Give 1 or more."),
    ({"scenario": "tinny"}, "did you mean 'tiny'"),
    ({"scenario": "smith-1962"}, "is a laboratory market"),
    ({"set": {"months": -1}}, "[set]: months = -1 is below 1"),
    ({"outcomes": ["price"]}, "outcomes.0 = 'price' is not an outcome (did you mean"),
    ({"series": ["volume"]}, "series.0 = 'volume' is not a monthly column"),
    ({"factors": []}, "factors is empty: nothing would vary"),
    ({"factors": [TABLE["factors"][0]] * 2}, "voluntary.demand_scale stands twice"),
    ({"factors": [{"key": "voluntary.demand_scale", "low": 1.0, "high": 2.0}]},
     "is a range, and a grid needs values"),
    ({"factors": [{"key": "voluntary.demand_scale", "values": [1.0, -1.0]}]},
     "factor voluntary.demand_scale = -1.0: tiny: voluntary.demand_scale = -1.0 is below 0"),
    ({"factors": [*TABLE["factors"], {"key": "market.mechanism", "name": "again",
                                      "values": ["listing", "mcafee"]}]},
     "factors market.mechanism and again both set market.mechanism"),
    ({"factors": [{"key": "firms.*.count", "values": [1, 2]},
                  {"key": "firms.00.count", "values": [1, 2]}]}, "both set firms.0.count"),
    ({"factors": [*TABLE["factors"], {"name": "rules", "options": {
        "a": {}, "b": {"market.mechanism": "listing"}}}]}, "both set market.mechanism"),
    ({"factors": [{"name": "levels", "options": {"a": {}, "b": {"months": 3}}}]},
     "'levels' is a column of its own"),
    ({"factors": [{"name": "volume_t", "options": {"a": {}, "b": {"months": 3}}}]},
     "'volume_t' is a column of its own"),
    ({"factors": [{"key": "events.*.effective", "values": ["2025-01", "2026-01"]}]},
     "sets nothing in tiny"),
    ({"base_point": 6}, "base_point = 6 is not a point. Give 0 to 5."),
    ({"name": "a/b"}, "name = 'a/b'"),
    ({"factors": [{"key": "firms.99.count", "values": [1, 2]}]}, "'99' is not in the list"),
    ({"design": {"kind": "sobol", "points": 100}}, "is not a power of two"),
    ({"design": {"kind": "sobol", "points": 100}}, "Give 64 or 128"),
    ({"design": {"kind": "morris", "levels": 5}}, "is odd"),
    ({"design": {"kind": "list"}}, "a list needs its CSV"),
    ({"design": {"kind": "sobol", "points": 2**20}, "factors": [
        {"key": "voluntary.demand_scale", "low": 1.0, "high": 2.0}, TABLE["factors"][1]]},
     "makes 4,194,304 points, and a study holds at most 2,000,000"),
    ({"design": {"kind": "crossed"}}, "needs to know what is better"),
    ({"design": {"kind": "search"}}, "needs to know what is better"),
    ({"design": {"kind": "crosed"}}, "design.kind = 'crosed' is unknown. Give one of"),
    ({"discovery": {"outcome": "volume_t"}}, "give one of above and below"),
    ({"discovery": {"outcome": "volume_t", "above": 1.0, "factor": "market.mechanism",
                    "option": "listing", "against": "call_auction"}}, "which a crossed design has"),
    ({"criteria": [{"outcome": "volum_t", "better": "high"}]}, "did you mean 'volume_t'"),
    ({"design": {"kind": "crossed"}, "factors": [TABLE["factors"][1]],
      "criteria": [{"outcome": "volume_t", "better": "high"}]}, "one of the two is missing"),
])
def test_what_cannot_be_run_is_refused_in_one_line(tmp_path, change, said):
    """The file, the key, the limit and the way out."""
    with pytest.raises(StudyError) as error:
        study(tmp_path, **change)
    assert str(error.value).startswith("made.toml: ")
    assert said in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(("text", "said"), [
    ("scenario = ", "is not valid TOML"), (b"\xff\xfe", "is not UTF-8"),
])
def test_a_file_that_cannot_be_read_is_one_line(tmp_path, text, said):
    path = tmp_path / "bad.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(StudyError, match=said):
        load_study(str(path))


def test_a_name_that_is_no_study_is_told_with_what_was_meant():
    with pytest.raises(StudyError, match="did you mean 'price-drivers'"):
        load_study("price-driver")
    with pytest.raises(StudyError, match="no such file"):
        load_study("nowhere/at-all.toml")


def test_a_list_of_points_is_read_from_its_csv(tmp_path):
    (tmp_path / "points.csv").write_text(
        "voluntary.demand_scale,market.mechanism,compliance.eligible\n"
        "0.5,listing,true\n2,call_auction,false\n\n"
    )
    found = study(tmp_path, factors=[], design={"kind": "list", "file": "points.csv"})
    assert found.listed == [
        {"voluntary.demand_scale": 0.5, "market.mechanism": "listing", "compliance.eligible": True},
        {"voluntary.demand_scale": 2, "market.mechanism": "call_auction",
         "compliance.eligible": False},
    ]


@pytest.mark.parametrize(("text", "said"), [
    ("voluntary.demand_scale\n", "has no points"),
    ("voluntary.demand_scale\n1,2\n", "line 2 has 2 values and the first line 1 keys"),
    ("\n\n", "has no points"),
    ("months,months\n1,2\n", "the first line has 'months' twice"),
    ("events,months\n[],12\n", "line 2: events = [] is no number, text, true or false"),
    ("voluntary.demand_scal\n1\n", "points.csv, point 0: unknown key"),
])
def test_a_list_that_cannot_be_run_is_one_line(tmp_path, text, said):
    (tmp_path / "points.csv").write_text(text)
    with pytest.raises(StudyError) as error:
        study(tmp_path, factors=[], design={"kind": "list", "file": "points.csv"})
    assert said in str(error.value)


def test_what_is_asked_of_runs_does_not_change_which_runs_they_are(tmp_path):
    """Titles, outcomes and thresholds may be edited while a study runs; factors may not."""
    base = study(tmp_path).fingerprint
    changes = {
        "title": "Another", "outcomes": ["deals"], "replicates": 9, "base_point": 1, "name": "x",
        "criteria": [{"outcome": "volume_t", "better": "high"}],
        "discovery": {"outcome": "volume_t", "above": 1.0},
    }
    assert set(changes) | {"title_zh"} == set(ASKED_LATER)
    for key, value in changes.items():
        assert study(tmp_path, **{key: value}).fingerprint == base, key
    for key, value in {"base_seed": 2, "independent": True, "set": {"months": 13},
                       "series": ["volume_t"]}.items():
        assert study(tmp_path, **{key: value}).fingerprint != base, key
