"""Write the report: the page, its figures and its tables."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from experiments.answer import Answer
from experiments.report.drawing import drawn_files
from experiments.report.page import page
from experiments.report.painting import has_chinese_font
from experiments.report.reading import Reading
from experiments.report.sheets import sheets
from experiments.theory_lines import Polyline
from experiments.workers import Workers
from simulation.whole_files import write_whole

__all__ = ["write_files", "write_report"]


def _command(reading: Reading) -> str:
    """Python that makes the answer and the report again."""
    comparison, maps = reading.answer.comparison, reading.answer.maps
    settings = [str(comparison.replicates)]
    if maps:
        settings.append(f"map_replicates={maps[0].replicates}")
    settings.append(f"base_seed={comparison.base_seed}")
    return (
        "from pathlib import Path; from experiments.answer import ask; from experiments.report "
        f"import write_report; write_report(ask({', '.join(settings)}), Path('report'))"
    )


def _scenarios(reading: Reading) -> str:
    """Every scenario of the comparisons, resolved, by its hash."""
    scenarios = {
        scenario.fingerprint: scenario.model_dump(mode="json") for scenario in reading.scenarios
    }
    return json.dumps(scenarios, ensure_ascii=False, separators=(",", ":")) + "\n"


def write_report(
    answer: Answer, folder: Path, *, theory_lines: Sequence[Polyline] | None = None,
    command: str | None = None, spread: Workers | None = None,
) -> list[Path]:
    """Write an answer as a page with figures and tables beside it.

    Parameters
    ----------
    answer : Answer
        What `experiments.answer.ask` gave.
    folder : Path
        Made where it is missing.
    theory_lines : sequence of Polyline
        Drawn over the maps, in units of their axes; those of `experiments.theory_lines` where not
        given.
    command : str, optional
        What makes the report again, shown on the page; Python code where not given.
    spread : callable, optional
        Processes of `experiments.workers.workers` that draw the files; this one where not given.

    Returns
    -------
    list of Path
        Files written, the page first.

    Notes
    -----
    Without a Chinese font on this machine the Chinese figures are written as SVG only, and the page
    says so: a PNG would hold boxes.
    """
    reading = Reading(answer)
    if theory_lines is None:
        theory_lines = reading.theory.lines if reading.theory else ()
    chinese_png = has_chinese_font()
    text = page(
        reading, lines=theory_lines, command=command or _command(reading), chinese_png=chinese_png
    )
    content: dict[str, bytes] = {"index.html": text.encode()}
    content["scenarios.json"] = _scenarios(reading).encode()
    for name, sheet in sheets(reading).items():
        content[f"tables/{name}"] = sheet.encode()
    drawings = drawn_files(reading, theory_lines, chinese_png=chinese_png, spread=spread)
    for name, drawing in drawings:
        content[f"figures/{name}"] = drawing
    return write_files(folder, content)


def write_files(folder: Path, content: Mapping[str, bytes]) -> list[Path]:
    """Write files by their names under a folder, each whole.

    Parameters
    ----------
    folder : Path
        Made where it is missing.
    content : mapping of str to bytes

    Returns
    -------
    list of Path
    """
    paths = []
    for name, body in content.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, body)
        paths.append(path)
    return paths
