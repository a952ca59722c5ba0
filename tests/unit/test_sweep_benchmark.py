"""The benchmark of studies measures what it says."""

import json

from benchmarks.sweep import main, sized


def test_every_run_counts_and_no_more_time_is_spent_in_the_model_than_there_is(capsys):
    """Eighty runs with two processes and with one."""
    main(["--points", "2", "--json"])
    found = json.loads(capsys.readouterr().out)
    expected = 2 * (len(sized(2).study.factors) + 2) * sized(2).study.replicates
    for row, workers in zip(found["rows"], (2, 1), strict=True):
        assert (row["workers"], row["runs"], row["failed"]) == (workers, expected, 0)
        assert 0.0 < row["simulated_seconds"] < workers * row["seconds"]
        assert 0.0 < row["overhead_share"] < 1.0
        assert row["megabytes"] > 0
    assert found["ratio"] == found["rows"][1]["seconds"] / found["rows"][0]["seconds"]
