"""The memory benchmark on a small world: both runs write one journal, and one of them to disk."""

import json

from benchmarks.memory import main, measured


def test_lines_leave_memory_where_they_go_to_disk(capsys):
    """Thirty firms for two years; rows at each third, more lines each time."""
    rows = measured(30, 24)
    assert [row["month"] for row in rows] == [8, 16, 24] * 2
    memory, parquet = rows[:3], rows[3:]
    for one, other in zip(memory, parquet, strict=True):
        assert one["lines"] == other["lines"] > 0
        assert one["blocks"] == other["blocks"]
        assert other["resident_bytes"] > 0
    assert memory[-1]["lines_in_memory"] == memory[-1]["lines"]
    main(["--firms", "10", "--months", "12", "--json"])
    assert len(json.loads(capsys.readouterr().out)) == 6
