"""`swcmarket scheme`: agents beside theory, and one clear line where there is nothing to judge."""

import json

import pytest

from experiments.cli import main
from experiments.scheme import scheme_years
from experiments.scheme_theory import firm_curves
from simulation.errors import InputError
from simulation.scenario import load
from simulation.theory.curves import total
from simulation.world import World

TRADED = {"allowance_price.path": "endogenous", "months": 24,
          "firms.1.free_share": 0.8, "firms.2.free_share": 0.9}


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"allowance_price.path": "constant"}, "Set it to 'endogenous'"),
        ({"months": 11}, "Give it more months"),
        ({"banking.period_years": 2}, "Set it to 1"),
        ({"firms.1.covered": False, "firms.2.covered": False}, "none is covered"),
    ],
)
def test_what_cannot_be_judged_is_said(changes, says):
    with pytest.raises(InputError, match=says) as error:
        scheme_years(load("tiny", {**TRADED, **changes}))
    assert "\n" not in str(error.value)


def test_only_whole_years_after_the_first_january_are_judged():
    years = scheme_years(load("tiny", {**TRADED, "start": "2023-10", "months": 30}))
    assert [one.year for one in years] == [2024, 2025]


def test_curves_are_those_of_the_firms():
    """A line to its limit, measures in steps, and a retrofit that is gone whatever the price."""
    world = World(load("tiny", {
        **TRADED, "firms.1.abatement_steps": [[20.0, 0.1], [50.0, 0.2]],
        "firms.1.retrofit_share": 0.5,
    }))
    world.state.firms.built_share[3] = 0.5
    steps, halved, line, _ = firm_curves(world.state)
    activity = world.state.firms.activity_t[2:].tolist()
    assert steps.at(30.0)[1] == pytest.approx(0.9 * activity[0])
    assert steps.at(60.0)[1] == pytest.approx(0.7 * activity[0])
    assert halved.at(30.0)[1] == pytest.approx(0.45 * activity[1])
    assert line.at(200.0)[1] == pytest.approx(0.8 * activity[2])
    assert line.at(900.0)[1] == pytest.approx(0.7 * activity[2])
    assert total(steps, halved).at(1e6)[1] == pytest.approx(0.7 * activity[0] + 0.35 * activity[1])


def test_measures_find_the_price_of_theory():
    """Between two measures any price clears, and what is emitted is the cap."""
    years = scheme_years(load("tiny", {
        **TRADED, "firms.1.abatement_steps": [[20.0, 0.1], [50.0, 0.3]],
        "firms.2.abatement_steps": [[35.0, 0.15], [70.0, 0.2]], "emissions.shock_deviation": 0.0,
    }))
    for one in years:
        low, high = one.theory.allowance_price_low, one.theory.allowance_price_high
        assert low - 1.0 <= one.allowance_price <= high + 1.0
        assert one.emissions_t == pytest.approx(one.theory.emissions_t.sum(), rel=0.005)


@pytest.mark.parametrize(("language", "words"), [("en", "Allowance"), ("zh", "配额价格")])
def test_the_table_and_the_numbers_from_the_command_line(capsys, language, words):
    settings = [word for key, value in TRADED.items() for word in ("--set", f"{key}={value}")]
    main(["scheme", "tiny", *settings, "-l", language])
    assert words in capsys.readouterr().out
    main(["scheme", "tiny", *settings, "--json"])
    found = json.loads(capsys.readouterr().out)
    assert [year["year"] for year in found["years"]] == [2024, 2025]
    assert set(found["years"][0]["agents"]) == set(found["years"][0]["theory"])
