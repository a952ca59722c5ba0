"""A scenario as the text of a file that gives the same run again."""

from collections.abc import Mapping
from typing import Any

import tomli_w

from simulation.scenario import Scenario, load

__all__ = ["scenario_text"]


def scenario_text(scenario: Scenario, base: str, *, name: str, remark: str = "") -> str:
    """Write down what distinguishes a scenario from one that ships.

    Parameters
    ----------
    scenario : Scenario
        With its timeline, levers moved by hand included.
    base : str
        Name of a scenario that ships, which the file extends.
    name : str
        What the file calls itself.
    remark : str
        Lines for people, above everything else.

    Returns
    -------
    str
        TOML. `swcmarket run FILE` gives the run of `scenario`, number for number.
    """
    before, now = load(base).model_dump(mode="json"), scenario.model_dump(mode="json")
    content: dict[str, Any] = {"extends": base, "name": name}
    for key, value in now.items():
        if key != "name" and value != before[key]:
            content[key] = _difference(before[key], value)
    start = "".join(f"# {line}\n" for line in remark.splitlines())
    return start + tomli_w.dumps(content)


def _difference(before: object, now: object) -> object:
    # Lists take the place of inherited ones as a whole; TOML has no word for nothing.
    if isinstance(before, Mapping) and isinstance(now, Mapping):
        return {
            key: _difference(before.get(key), value) for key, value in now.items()
            if value is not None and value != before.get(key)
        }
    if isinstance(now, Mapping):
        return {key: _difference(None, value) for key, value in now.items() if value is not None}
    if isinstance(now, list):
        return [_difference(None, item) for item in now]
    return now
