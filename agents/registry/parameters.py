"""Parameters of the registry."""

from agents.parameters import Month, Parameters, param

__all__ = ["RegistryParameters"]


class RegistryParameters(Parameters):
    """Opening of the registry."""

    opens: Month = param(
        "2023-12", unit="month", role="lever",
        source="month of the first trade, FJ-2023-01 (data/trades.csv)",
        label="First month in which verification can be asked", label_zh="可申请核查的首月",
    )
