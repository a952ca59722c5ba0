"""Tables as CSV: read back, they are what was computed."""

import csv
import io

import numpy as np

from experiments.intervals import Interval
from experiments.report.reading import REPORTED
from experiments.report.sheets import sheets


def test_tables_read_back_are_what_was_computed(reading):
    written = {
        name: list(csv.DictReader(io.StringIO(sheet))) for name, sheet in sheets(reading).items()
    }
    rows = [(place.room, index) for index, place in enumerate(reading.places)]
    for name, of in (("outcomes.csv", reading.level), ("differences.csv", reading.change)):
        assert written[name]
        for row in written[name]:
            place = dict(rows)[float(row["room"])]
            found = of(row["outcome"], row["mechanism"], row["regime"], place).found
            for end in Interval._fields:
                expected = getattr(found, end)
                assert row[end] == ("" if expected is None else repr(expected))
    for row in written["replicates.csv"]:
        place = dict(rows)[float(row["room"])]
        for outcome in REPORTED:
            values = reading.values(outcome.name, row["mechanism"], row["regime"], place)
            value = values[int(row["replicate"])]
            assert row[outcome.name] == ("" if value is None else repr(value))
    prices = [float(row["price_yuan_per_t"] or "nan") for row in written["map.csv"]]
    expected = [found.price_yuan_per_t.ravel() for found in reading.answer.maps]
    np.testing.assert_array_equal(prices, np.concatenate(expected))
    assert [row["outcome"] for row in written["dictionary.csv"]] == [o.name for o in REPORTED]
