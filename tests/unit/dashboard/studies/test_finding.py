"""Only stores below the folders of results can be read, whatever a visitor asks for."""

import pytest

from dashboard.studies.finding import place_of, places, roots
from simulation.errors import InputError


def a_store(folder):
    """Enough to be taken for one."""
    folder.mkdir(parents=True)
    (folder / "study.json").write_text("{}", encoding="utf-8")
    return folder


@pytest.fixture
def results(tmp_path):
    """A folder of results with two stores, and a store outside it."""
    a_store(tmp_path / "results" / "one")
    a_store(tmp_path / "results" / "mine" / "two")
    # What lies in a store is part of it, not another one.
    a_store(tmp_path / "results" / "one" / "copy")
    a_store(tmp_path / "elsewhere" / "secret")
    return tmp_path / "results"


def test_stores_are_listed_by_name(results):
    assert [place.name for place in places([results])] == ["mine/two", "one"]


def test_a_store_is_found_by_name_and_by_path(results):
    assert place_of("mine/two", [results]).folder == results / "mine" / "two"
    assert place_of(str(results / "one"), [results]).name == "one"
    assert place_of("mine/../one", [results]).name == "one"


@pytest.mark.parametrize("given", [
    "../elsewhere/secret", "one/../../elsewhere/secret", "/etc", "/", ".", "..", "one/..", "",
    "  ", "~", "x\0y", "a" * 6000, "nothing",
])
def test_anything_else_is_refused_in_one_line(results, given):
    with pytest.raises(InputError) as refused:
        place_of(given, [results])
    assert "\n" not in str(refused.value)
    assert "\0" not in str(refused.value)


def test_a_whole_path_outside_is_refused_as_one_that_is_not_there(results, tmp_path):
    """What lies elsewhere cannot even be learned from the refusal."""
    said = []
    for name in ("secret", "not-there"):
        given = str(tmp_path / "elsewhere" / name)
        with pytest.raises(InputError) as refused:
            place_of(given, [results])
        # Long paths are cut in the message; what is said of them comes after the first colon.
        said.append(str(refused.value).partition(": ")[2])
    assert said[0] == said[1] != ""


def test_links_that_lead_out_are_refused(results, tmp_path):
    (results / "link").symlink_to(tmp_path / "elsewhere" / "secret")
    (results / "folder").symlink_to(tmp_path / "elsewhere")
    for given in ("link", "folder/secret"):
        with pytest.raises(InputError, match="outside"):
            place_of(given, [results])
    assert [place.name for place in places([results])] == ["mine/two", "one"]


def test_a_store_with_a_file_that_leads_out_is_refused(results, tmp_path):
    (results / "one" / "points.parquet").symlink_to(tmp_path / "elsewhere" / "points.parquet")
    with pytest.raises(InputError):
        place_of("one", [results])
    assert [place.name for place in places([results])] == ["mine/two"]


def test_the_folder_of_results_may_itself_be_a_link(results, tmp_path):
    (tmp_path / "disk").symlink_to(results)
    assert place_of("one", [tmp_path / "disk"]).name == "one"


def test_a_folder_of_ones_own_comes_first(monkeypatch, tmp_path):
    monkeypatch.setenv("SWCMARKET_RESULTS", str(tmp_path))
    assert roots()[0] == tmp_path
    assert roots()[1].name == "results"
