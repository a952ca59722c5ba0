"""Reserve: a soft ceiling, at which the government offers what it has set aside while it lasts.

The reserve is filled in kind, by a share of every issue. At the soft ceiling the government asks
for buyers like any seller; when the reserve is empty the price may rise beyond it.
"""

from agents.parameters import Parameters, param

__all__ = ["ReserveParameters"]


class ReserveParameters(Parameters):
    """The government's reserve of credits."""

    levy_share: float = param(
        0.0, unit="1", low=0, high=0.5, role="lever",
        source="a levy in kind, as under Article 6.4 of the Paris Agreement; assumption A31",
        label="Share of each issue levied for the reserve", label_zh="签发时提取储备的比例",
    )
    soft_ceiling_yuan_per_t: float = param(
        0.0, unit="yuan/t, 0 for none", low=0, high=1_000_000, role="lever",
        source="reserve tiers of California and RGGI; that one is set here is assumption A31",
        label="Soft ceiling, the lowest price at which the reserve is offered",
        label_zh="软上限（储备投放的最低价）",
    )
