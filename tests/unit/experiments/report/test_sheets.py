"""Tables as CSV: read back, they are what was computed."""

import csv
import io

import numpy as np

from experiments.intervals import Interval
from experiments.regimes_seen import Seen, regimes_seen
from experiments.report.kinds import among_kinds
from experiments.report.reading import REPORTED
from experiments.report.sheets import sheets
from experiments.report.signature import agreements


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
    maps = [*reading.answer.maps, *reading.answer.other_maps]
    expected = [found.price_yuan_per_t.ravel() for found in maps]
    np.testing.assert_array_equal(prices, np.concatenate(expected))
    seen = [Seen[row["regime"].upper()] for row in written["map.csv"]]
    codes = np.concatenate([regimes_seen(found).ravel() for found in maps])
    np.testing.assert_array_equal(seen, codes)
    assert [row["outcome"] for row in written["dictionary.csv"]] == [o.name for o in REPORTED]


def test_tables_of_compliance_read_back_are_what_was_computed(reading):
    written = {
        name: list(csv.DictReader(io.StringIO(sheet))) for name, sheet in sheets(reading).items()
    }
    kinds = among_kinds(reading)
    assert {row["kind"] for row in written["kinds.csv"]} == set(kinds.kinds)
    for row in written["kinds.csv"]:
        where = (row["outcome"], row["mechanism"], row["kind"])
        against = row["less_kind"]
        fact = kinds.change(*where, against) if against else kinds.level(*where)
        assert row["mean"] == ("" if fact.found.mean is None else repr(fact.found.mean))
    for row in written["kind_replicates.csv"]:
        for outcome in kinds.outcomes:
            values = kinds.values(outcome.name, row["mechanism"], row["kind"])
            value = values[int(row["replicate"])]
            assert row[outcome.name] == ("" if value is None else repr(value))
    values = [float(row["purchases_of_mean_month"] or "nan") for row in written["bunching.csv"]]
    np.testing.assert_array_equal(
        values, np.concatenate([case.profiles.ravel() for case in reading.answer.paces])
    )
    shares = [float(row["same_regime_share"]) for row in written["signature.csv"]]
    assert shares == [found.same_share for found in agreements(reading)]
