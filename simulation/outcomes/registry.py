"""Outcomes of the registry: what was removed, issued, retired and is left."""

from collections.abc import Callable

from agents.registry.ledger import ISSUED, REFUSED, final_tonnes
from agents.vocabulary import CreditState, Purpose
from simulation.outcomes.outcome import Outcome, column
from simulation.state import State

__all__ = ["REGISTRY_OUTCOMES"]


def _soil_share(state: State) -> float | None:
    measured = float(state.projects.measured_t.sum())
    return float(state.projects.measured_soil_t.sum()) / measured if measured > 0 else None


def _in_state(state: State, credit_state: CreditState) -> int:
    return int(state.ledger.tonnes[:, credit_state].sum())


def _retired(purpose: Purpose) -> Callable[[State], int]:
    return lambda state: final_tonnes(state.ledger, CreditState.RETIRED, purpose)


REGISTRY_OUTCOMES = (
    Outcome("removed_t", "t", "Removed", "实际碳汇量",
            "stored in plants and soil during the run, against no treatment, less what was lost",
            "运行期内林草与土壤相对于不治理所多储存的碳，减去逆转损失",
            column("removed_t", float)),
    Outcome("verified_t", "t", "Verified", "核查量", "measured by finished verifications",
            "已完成核查的测量量",
            column("verified_t")),
    Outcome("issued_t", "t", "Issued", "签发量", "credits issued, buffer included",
            "签发的碳信用量，含缓冲池",
            lambda state: int(state.ledger.counters[ISSUED])),
    Outcome("soil_share", "1", "Soil share", "土壤占比",
            "soil part of the removal covered by verification",
            "核查所涵盖的碳汇中土壤所占比例", _soil_share),
    Outcome("retired_own_emissions_t", "t", "Retired for own emissions", "注销：抵销自身排放",
            "retired by voluntary buyers for their own emissions",
            "自愿买方为抵销自身排放而注销",
            _retired(Purpose.OWN_EMISSIONS)),
    Outcome("retired_local_support_t", "t", "Retired in local support", "注销：支持本地",
            "retired by voluntary buyers in support of the place",
            "自愿买方为支持当地而注销",
            _retired(Purpose.LOCAL_SUPPORT)),
    Outcome("retired_compliance_t", "t", "Retired for compliance", "注销：履约",
            "surrendered against an obligation",
            "用于清缴履约义务", _retired(Purpose.COMPLIANCE)),
    Outcome("retired_quota_t", "t", "Retired for a quota", "注销：强制购买",
            "retired to meet a purchase quota; licenses no emissions",
            "为完成强制购买而注销，不允许任何排放", _retired(Purpose.QUOTA)),
    Outcome("held_t", "t", "Held", "持有量", "held at the end of the run",
            "期末持有量",
            lambda state: _in_state(state, CreditState.HELD)),
    Outcome("escrow_t", "t", "In escrow", "挂牌冻结量", "offered and not sold at the end",
            "期末已挂出而未售出的量",
            lambda state: _in_state(state, CreditState.ESCROW)),
    Outcome("pledged_t", "t", "Pledged", "质押量", "collateral at the end of the run",
            "期末作为质押物的量",
            lambda state: _in_state(state, CreditState.PLEDGED)),
    Outcome("buffer_t", "t", "Buffer pool", "缓冲池", "in the buffer pool at the end",
            "期末在缓冲池中的量",
            lambda state: _in_state(state, CreditState.BUFFER)),
    Outcome("cancelled_t", "t", "Cancelled", "取消量", "cancelled during the run",
            "运行期内取消的量",
            lambda state: _in_state(state, CreditState.CANCELLED)),
    Outcome("licensed_t", "t", "Emissions licensed", "允许的排放",
            "emissions that surrendered credits covered in the place of allowances",
            "清缴碳信用代替配额所覆盖的排放",
            lambda state: int(state.firms.licensed_t.sum())),
    Outcome("refusals", "1", "Refusals", "登记机构拒绝次数", "requests the registry refused",
            "登记机构拒绝的请求次数",
            lambda state: int(state.ledger.counters[REFUSED:].sum())),
)
