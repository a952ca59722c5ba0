"""What the tests of the report share: a page taken apart, and answers made up for its words."""

import json
import re
from html.parser import HTMLParser

from experiments import answer as answer_module
from experiments.answer import Answer, RoomCase
from experiments.comparing import Comparison, Variant
from experiments.report import Polyline
from experiments.report.reading import REPORTED, Reading
from experiments.report.wording import answer_paragraph

LINE = Polyline([(0.0, 0.9), (0.9, 0.0)], "demand meets supply", "供需相等")


class Elements(HTMLParser):
    """Elements of a page with their attributes, and its text outside of scripts and styles."""

    def __init__(self, text):
        super().__init__()
        self.found, self.text, self.numbers = [], [], []
        self._silent, self._number = 0, None
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.found.append((tag, attributes))
        self._silent += tag in ("script", "style")
        if tag == "data":
            self._number = attributes

    def handle_endtag(self, tag):
        self._silent -= tag in ("script", "style")
        if tag == "data":
            self._number = None

    def handle_data(self, data):
        if not self._silent:
            self.text.append(data)
        if self._number is not None:
            self.numbers.append((self._number, data))


def embedded(text):
    """The figures inside a page."""
    found = re.search(r'<script type="application/json" id="specifications">(.*?)</script>', text)

    def refuse(constant):
        raise AssertionError(f"{constant} is not JSON")

    return json.loads(found.group(1), parse_constant=refuse)


def told(values, base=None):
    """An answer of one pricing rule in which an outcome has these values, one a replicate."""
    before = {outcome.name: [0.0, 0.0, 0.0] for outcome in REPORTED}
    # Something is sold in any case, so that prices can be compared.
    for name in ("price_yuan_per_t", "proceeds_yuan_per_km2", "proceeds_yuan"):
        before[name] = [20.0, 20.0, 20.0]
    before.update(base or {})
    after = {**before, **values}
    scenarios = [answer_module.load(name) for name in ("tiny", "tiny-eligible")]
    variants = [Variant(s, v) for s, v in zip(scenarios, (before, after), strict=True)]
    comparison = Comparison(variants, 1, 3)
    return Answer(
        ("tiny", "tiny-eligible"), ("listing",), comparison, [RoomCase(1.0, comparison)], 4.0, []
    )


def words(answer, language):
    return re.sub(r"<[^>]+>", "", answer_paragraph(Reading(answer), language))
