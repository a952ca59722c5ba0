"""What the object version's agents know of rules that are announced."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from benchmarks.object_compliance import CarbonPrices
from simulation.scenario import Scenario

__all__ = ["HearsNews"]


def _sorting(scenario: Scenario) -> list[Any]:
    rules = scenario.eligibility
    return [
        rules.credit_classes, rules.provinces, rules.first_vintage_year, rules.last_vintage_year,
    ]


def _worth(scenario: Scenario) -> list[Any]:
    compliance, regime = scenario.compliance, scenario.regime
    return [
        compliance.eligible, compliance.discount_ratio, compliance.penalty_multiple, regime.kind,
        regime.tax_yuan_per_t, scenario.penalty, _sorting(scenario),
    ]


def _rules(scenario: Scenario) -> list[Any]:
    return [scenario.compliance, scenario.regime, scenario.penalty, scenario.banking]


class HearsNews:
    """The part of the model that knows what is announced."""

    def hear_news(self) -> None:
        """Next announced changes, and the rules from then on."""
        self.news, self.rules_at_news = self._next(_worth)
        self.coming, self.rules_to_come = self._next(_rules)
        self.news_sorts = _sorting(self.rules_at_news) != _sorting(self.parameters)

    def _next(self, of: Callable[[Scenario], list[Any]]) -> tuple[int | None, Scenario]:
        # Months from now, and the rules then; today's where nothing is announced.
        told = sorted(
            (event for event in self.parameters.events
             if event.announced <= self.month < event.effective),
            key=lambda event: event.effective,
        )
        then = self.parameters
        for place, event in enumerate(told):
            then = then.with_levers(event.set)
            last = place + 1 == len(told) or told[place + 1].effective > event.effective
            if last and of(then) != of(self.parameters):
                return event.effective - self.month, then
        return None, self.parameters

    def within_horizon(self, months: int | None) -> bool:
        """Whether agents look as far as that."""
        return months is not None and months <= self.parameters.expectations.horizon_months

    @property
    def later(self) -> tuple[int, float]:
        """Months to the later month that today is compared with, and the chance looked at."""
        beliefs = self.parameters.expectations
        if self.within_horizon(self.news):
            return self.news, beliefs.credibility
        return beliefs.horizon_months, beliefs.eligibility_probability

    @contextmanager
    def under(self, rules: Scenario, *names: str) -> Iterator[None]:
        """Reckon as if some of the rules were others."""
        kept = self.parameters
        self.parameters = kept.model_copy(update={name: getattr(rules, name) for name in names})
        yield
        self.parameters = kept

    def expect(self) -> None:
        """What a credit will be worth to who complies, at today's price grown as expected."""
        months, _ = self.later
        growth = self.parameters.expectations.price_growth_per_year
        allowance = self.allowance_price * (1.0 + growth) ** (months / 12.0)
        near = self.within_horizon(self.news)
        rules = self.rules_at_news if near else self.parameters
        with self.under(rules, "compliance", "regime", "penalty", "banking"):
            self.credit_then = CarbonPrices(self, allowance).credit
        if near and not rules.compliance.eligible:
            self.credit_then = 0.0

    def worth_to_compliers(self, project: Any, *, counts: bool) -> tuple[float, float]:
        """Of credits of a kind, today and later."""
        now = self.carbon.credit if counts and self.parameters.compliance.eligible else 0.0
        if self.within_horizon(self.news) and self.news_sorts:
            with self.under(self.rules_at_news, "eligibility"):
                counts = self.group_counts(project.group)
        return now, self.credit_then if counts else 0.0
