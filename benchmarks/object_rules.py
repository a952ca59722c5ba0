"""Rules and draws for the object version: compiled, or as the text that people read.

The oracle test runs the plain text, so that a rule which compiles to something else is found. The
benchmark runs whichever form is quicker to call from Python.
"""

from types import SimpleNamespace
from typing import Literal

from agents import expectations, quantities
from agents.buyers import (
    abatement,
    banking,
    compliance,
    emissions,
    enforcement,
    green_reserve,
    penalty,
    quota,
    regime,
    trust,
    voluntary,
)
from agents.registry import permanence, spot_audit
from agents.sellers import (
    bargaining,
    growth,
    joining,
    quote,
    reinvestment,
    storage,
    upkeep,
    verification,
)
from simulation import allowance_price, draws

__all__ = ["RuleForm", "rules_in"]

RuleForm = Literal["plain", "compiled", "quickest"]

_MODULES = (
    quantities, expectations, abatement, compliance, regime, penalty, banking, enforcement,
    emissions, quota, voluntary, green_reserve, bargaining, growth, joining, quote, reinvestment,
    storage, verification, upkeep, permanence, spot_audit, trust, allowance_price,
)
# Sixty operations on 64-bit integers: the compiled text is quicker even when called from Python.
_DRAWS = {name: getattr(draws, name) for name in ("draw_block", "normal_quantile")}
_SCALAR_RULES = {
    name: item
    for module in _MODULES
    for name in module.__all__
    if hasattr(item := getattr(module, name), "py_func")
}


def rules_in(form: RuleForm) -> SimpleNamespace:
    """Every rule by its name.

    Parameters
    ----------
    form : {"plain", "compiled", "quickest"}
        *plain*: the text as Python runs it; *compiled*: as the engine runs it; *quickest*: draws
        compiled, and the rest plain, because calling compiled code costs more than a few sums.

    Returns
    -------
    SimpleNamespace
    """
    plain_rules, plain_draws = form != "compiled", form == "plain"
    return SimpleNamespace(
        **{name: item.py_func if plain_rules else item for name, item in _SCALAR_RULES.items()},
        **{name: item.py_func if plain_draws else item for name, item in _DRAWS.items()},
    )
