"""Groups of projects and firms that a scenario places."""

from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from agents.parameters import Month, Parameters, param
from simulation.reference_data import trade

__all__ = ["FirmGroup", "Group", "MeasureShares", "ProjectGroup", "province_of"]

MeasureName = Literal[
    "protection_forest", "closure_replanting", "low_yield_forest", "tending", "terrace", "grass",
    "check_dam",
]


def _share(label: str, label_zh: str, default: float) -> float:
    return param(
        default, unit="1", low=0, high=1, role="design",
        source="the measures are those of trade JX-2024-01; their shares are assumption A3",
        label=f"Share of area: {label}", label_zh=f"面积比例：{label_zh}",
    )


class MeasureShares(Parameters):
    """Shares of the treated area; the default mix is that of Ziyang."""

    protection_forest: float = _share("protection forest", "水土保持林", 0.3)
    closure_replanting: float = _share("closure with replanting", "封禁补植", 0.35)
    low_yield_forest: float = _share("improvement of low-yield forest", "低效林改造", 0.2)
    tending: float = _share("tending", "抚育", 0.15)
    terrace: float = _share("terraces", "梯田", 0.0)
    grass: float = _share("grass", "种草", 0.0)
    check_dam: float = _share("check dams", "淤地坝", 0.0)

    @model_validator(mode="after")
    def _add_up(self) -> Self:
        total = sum(self.model_dump().values())
        if abs(total - 1.0) > 1e-9:
            raise ValueError(f"shares add up to {total:g}; make them add up to 1")
        return self


class Group(Parameters):
    """What every group of agents says."""

    name: str = param(
        "", unit="name", role="design", source="the scenario, or the trade it names",
        label="Name", label_zh="名称",
    )
    count: int = param(
        1, unit="agents", low=1, high=1_000_000, role="design", source="the scenario",
        label="Number of agents", label_zh="数量",
    )
    province: str = param(
        "", unit="name", role="design", source="the scenario, or the trade it names",
        label="Province", label_zh="省份",
    )
    trade: str = param(
        "", unit="name", role="design", source="a trade_id of data/trades.csv",
        label="Real trade that is replayed", label_zh="重演的真实交易",
    )


class ProjectGroup(Group):
    """Seller projects of one kind."""

    credit_class: str = param(
        "soil_and_water", unit="name", role="design", source="the scenario",
        label="Class of the credits", label_zh="碳信用类别",
    )
    area_ha: Annotated[float, Field(gt=0, le=1e7)] | None = param(
        None, unit="ha", role="design",
        source="the scenario, or the area of the trade's watershed",
        label="Median treated area", label_zh="治理面积中位数",
    )
    area_deviation: float = param(
        0.0, unit="1", low=0, high=3, role="design", source="the scenario",
        label="Spread of treated areas (logarithm)", label_zh="治理面积离散度（对数）",
    )
    site_deviation: float = param(
        0.0, unit="1", low=0, high=3, role="design", source="the scenario",
        label="Spread of site productivity (logarithm)", label_zh="立地生产力离散度（对数）",
    )
    treated: Month | None = param(
        None, unit="month", role="design",
        source="the scenario, or the first accrual year of the trade",
        label="Month of treatment", label_zh="治理月份",
    )
    shares: MeasureShares = MeasureShares()
    joined: bool = param(
        True, unit="1", role="design", source="the scenario",
        label="Takes part from the opening of the registry", label_zh="登记机构开放时即参与",
    )
    cluster_size: int = param(
        1, unit="projects", low=1, high=1_000_000, role="design", source="the scenario",
        label="Projects that share a watershed's weather", label_zh="共享气象的项目数",
    )
    strategy: Literal["", "focal", "truthful", "posted", "bargaining", "storage"] = param(
        "", unit="name", role="design", source="quote.strategy where the group names none",
        label="Ask strategy of this group", label_zh="本组报价策略",
    )
    cash_yuan: float = param(
        1_000_000.0, unit="yuan", low=0, high=1e10, role="design", source="assumption A9",
        label="Money at the start", label_zh="初始资金",
    )
    treatable_ha: float = param(
        0.0, unit="ha", low=0, high=1e7, role="design", source="the scenario",
        label="Land left to treat", label_zh="可治理剩余面积",
    )
    new_measure: MeasureName = param(
        "protection_forest", unit="name", role="design", source="assumption A9",
        label="Measure of new treatment", label_zh="新增治理措施",
    )


def _measures_of(given: object) -> tuple[tuple[float, float], ...]:
    if isinstance(given, str) and ":" in given:
        # A cell of a spreadsheet: 20:0.05; 70:0.1
        pairs = [step.split(":") for step in given.split(";") if step.strip()]
        try:
            given = [[float(part) for part in pair] for pair in pairs]
        except ValueError:
            given = None
    if not isinstance(given, list | tuple) or not all(
        isinstance(step, list | tuple) and len(step) == 2
        and all(isinstance(part, int | float) and not isinstance(part, bool) for part in step)
        for step in given
    ):
        raise ValueError("not a list of measures; write [[cost, share], [cost, share]], "
            "or cost:share; cost:share in a spreadsheet")
    steps = [(float(cost), float(share)) for cost, share in given]
    if len(steps) > 4:
        raise ValueError(f"{len(steps)} measures; give at most four, the cheapest first")
    for cost, share in steps:
        if not (0.0 <= cost <= 1e6 and 0.0 < share <= 1.0):
            raise ValueError(
                f"[{cost:g}, {share:g}] is no measure; give a cost from 0 to 1,000,000 yuan/t and "
                "a share of emissions above 0"
            )
    total = sum(share for _, share in steps)
    if total > 1.0 + 1e-9:
        raise ValueError(f"measures abate {total:g} of emissions; give at most all of them")
    return tuple(sorted(steps))


Measures = Annotated[
    tuple[tuple[float, float], ...], BeforeValidator(_measures_of), Field(strict=False)
]


class FirmGroup(Group):
    """Buyer firms of one kind."""

    sector: str = param(
        "", unit="name", role="design", source="the scenario", label="Sector", label_zh="行业",
    )
    emissions_t_per_year: float = param(
        100_000.0, unit="t/year", low=0, high=1e9, role="design",
        source="the scenario; firms enter the national market at 26,000 t/year",
        label="Median emissions", label_zh="排放量中位数",
    )
    emissions_deviation: float = param(
        0.0, unit="1", low=0, high=3, role="design", source="the scenario",
        label="Spread of emissions (logarithm)", label_zh="排放量离散度（对数）",
    )
    growth_per_year: float = param(
        0.0, unit="1/year", low=-0.5, high=0.5, role="design", source="the scenario",
        label="Growth of emissions", label_zh="排放年增长率",
    )
    covered: bool = param(
        False, unit="1", role="design", source="the scenario",
        label="Has a compliance obligation", label_zh="是否重点排放单位",
    )
    free_share: float = param(
        0.95, unit="1", low=0, high=3, role="design", source="assumption A10",
        label="Free allocation, share of emissions before abatement",
        label_zh="免费配额占减排前排放比例",
    )
    abatement_slope_yuan_per_t: float = param(
        1000.0, unit="yuan/t", low=0.01, high=1e7, role="design", source="assumption A10",
        label="Marginal abatement cost at full abatement", label_zh="边际减排成本斜率",
    )
    abatement_steps: Measures = param(
        (), unit="[yuan/t, share]", role="design",
        source="the scenario; without them the curve is a line, assumption A10",
        label="Abatement measures, cost and share of emissions, at most four",
        label_zh="减排措施（成本与占排放比例，至多四项）",
    )
    retrofit_share: float = param(
        0.0, unit="1", low=0, high=1, role="design", source="the scenario; assumption A48",
        label="Share of emissions that a retrofit would abate", label_zh="改造可减排比例",
    )
    retrofit_cost_yuan_per_t_per_year: float = param(
        3000.0, unit="yuan/(t/year)", low=0, high=1e7, role="design",
        source="the scenario; assumption A48",
        label="Investment of a retrofit for each tonne a year", label_zh="改造投资（每年每吨）",
    )
    retrofit_running_cost_yuan_per_t: float = param(
        0.0, unit="yuan/t", low=0, high=1e6, role="design", source="the scenario; assumption A48",
        label="Running cost of a retrofit", label_zh="改造运行成本",
    )
    retrofit_delay_months: int = param(
        24, unit="months", low=0, high=240, role="design", source="the scenario; assumption A48",
        label="Months until a retrofit works", label_zh="改造建设月数",
    )
    retrofit_life_months: int = param(
        180, unit="months", low=1, high=600, role="design", source="the scenario; assumption A48",
        label="Months for which a retrofit works", label_zh="改造使用月数",
    )
    pace: float = param(
        2.0, unit="1", low=0.1, high=50, role="design",
        source="trade bunches before the deadline (facts, section 3); value is assumption A14",
        label="Purchasing pace (1 even, more is later)", label_zh="履约购买节奏（1为均匀）",
    )
    occasions_per_year: float = param(
        0.0, unit="1/year", low=0, high=365, role="design", source="assumption A11",
        label="Voluntary occasions a year", label_zh="每年自愿购买意向次数",
    )
    occasion_median_t: float = param(
        10_000.0, unit="t", low=1, high=1e9, role="design", source="assumption A11",
        label="Median size of an occasion", label_zh="购买意向规模中位数",
    )
    willingness_yuan_per_t: float = param(
        32.0, unit="yuan/t", low=0, high=10_000, role="design", source="assumption A11",
        label="Median willingness to pay", label_zh="支付意愿中位数",
    )
    willingness_deviation: float = param(
        0.0, unit="1", low=0, high=3, role="design", source="assumption A11",
        label="Spread of willingness to pay between firms (logarithm)",
        label_zh="企业间支付意愿离散度（对数）",
    )
    planned: Month | None = param(
        None, unit="month", role="design", source="the scenario",
        label="Month of the replayed purchase", label_zh="重演购买月份",
    )


def province_of(group: Group) -> str:
    """Province of a group, its own or that of the trade it names.

    Parameters
    ----------
    group : Group

    Returns
    -------
    str
    """
    return group.province or (trade(group.trade).province if group.trade else "")
