"""One small answer for all tests of the report, computed once; nobody may change it."""

import pytest

from experiments import answer as answer_module
from experiments.answer import ask
from experiments.report.page import page
from experiments.report.reading import Reading
from tests.unit.experiments.report.made import LINE, Elements


@pytest.fixture(scope="package")
def answer():
    """The question asked of ten agents, small enough for a test."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(answer_module, "REGIMES", ("tiny", "tiny-eligible"))
        return ask(3, voluntary_axis=(0.0, 1.0), room_axis=(0.0, 1.0))


@pytest.fixture(scope="package")
def reading(answer):
    return Reading(answer)


@pytest.fixture(scope="package")
def text(reading):
    return page(reading, lines=[LINE], command="make demo", chinese_png=True)


@pytest.fixture(scope="package")
def parsed(text):
    return Elements(text)
