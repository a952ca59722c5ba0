"""One report of each design for all tests, computed once; nobody may change it."""

import pytest

from experiments.study_report import writing
from tests.unit.experiments.study_report.made import DESIGNS, Made, findings


@pytest.fixture(scope="package", params=list(DESIGNS))
def made(request, tmp_path_factory):
    """A report of each design in turn."""
    folder = tmp_path_factory.mktemp(request.param)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(writing, "painted_files", lambda *_, **__: iter(()))
        patch.setattr(writing, "has_chinese_font", lambda: True)
        yield Made(findings(request.param, folder), folder)


@pytest.fixture
def undrawn(monkeypatch):
    """Reports without drawings, which take longest."""
    monkeypatch.setattr(writing, "painted_files", lambda *_, **__: iter(()))
    monkeypatch.setattr(writing, "has_chinese_font", lambda: True)
