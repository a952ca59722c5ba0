"""Outcomes of integrity: how many tonnes are real, and what the atmosphere gains."""

import numpy as np

from agents.registry.ledger import BLOCKS, ISSUED
from agents.vocabulary import Account, CreditState, Purpose
from simulation.outcomes.outcome import Outcome, column, finished_months, yuan
from simulation.state import Clock, State

__all__ = ["INTEGRITY_OUTCOMES", "real_tonnes"]


def real_tonnes(state: State, chosen: np.ndarray) -> tuple[float, float]:
    """What stands behind some credits in truth.

    Parameters
    ----------
    state : State
    chosen : bool array, shape (blocks in use,)
        Blocks of the ledger.

    Returns
    -------
    real, additional : float
        t still stored, and t that would not be stored without credit revenue. Each credit of an
        issue stands for the same part of what its verification was about; those that were taken
        back stand for nothing, and leave what is there to the others.
    """
    every = state.ledger.blocks[: state.ledger.counters[BLOCKS]]
    standing = (every.verification >= 0) & ~_taken_back(every)
    shared = np.bincount(
        every.verification[standing], every.tonnes[standing], minlength=len(state.verifications)
    )
    blocks = every[chosen & standing]
    periods = state.verifications[blocks.verification]
    part = blocks.tonnes / shared[blocks.verification]
    return (
        float((part * periods.real_t).sum()),
        float((part * (periods.real_t - periods.without_t)).sum()),
    )


def _taken_back(blocks: np.recarray) -> np.ndarray:
    return (blocks.purpose == Purpose.REVERSAL) | (blocks.purpose == Purpose.OVER_CREDITING)


def _blocks(state: State) -> np.recarray:
    return state.ledger.blocks[: state.ledger.counters[BLOCKS]]


def _behind_retired(state: State) -> tuple[float, float]:
    return real_tonnes(state, _blocks(state).state == CreditState.RETIRED)


def _claims(state: State) -> int:
    tonnes = state.ledger.tonnes
    return int(
        state.ledger.counters[ISSUED] - tonnes[:, CreditState.CANCELLED].sum()
        - tonnes[:, CreditState.BUFFER].sum()
        # What the public bought is cancelled, and claimed all the same.
        + tonnes[Account.TREASURY, CreditState.CANCELLED]
    )


def _real(state: State) -> float:
    used = state.verifications[: state.clock[Clock.VERIFICATIONS]]
    return float(used.real_t[used.issued_month > 0].sum())


def _real_share(state: State) -> float | None:
    claims = _claims(state)
    return _real(state) / claims if claims else None


def _over_crediting(state: State) -> float | None:
    used = state.verifications[: state.clock[Clock.VERIFICATIONS]]
    used = used[used.issued_month > 0]
    removed = float(used.removed_t.sum())
    return float(used.credited_t.sum()) / removed - 1.0 if removed > 0 else None


def _cost_per_real_tonne(state: State) -> float | None:
    blocks = _blocks(state)
    people = len(Account) + 2 * len(state.projects)
    live = blocks.state != CreditState.CANCELLED
    bought = (live & (blocks.owner >= people)) | (~live & (blocks.owner == Account.TREASURY))
    real = int(blocks.tonnes[bought].sum()) * (_real_share(state) or 0.0)
    paid = state.monthly.value_fen.sum() + state.monthly.spot_audit_fen.sum()
    return yuan(paid) / real if real > 0 else None


def _additional_share(state: State) -> float | None:
    issued = int(state.ledger.counters[ISSUED])
    return float(state.monthly.additional_t.sum()) / issued if issued else None


def _net_effect(state: State) -> float:
    return float(state.monthly.additional_t.sum()) - int(state.firms.licensed_t.sum())


def _cost_per_net_tonne(state: State) -> float | None:
    monthly, net = state.monthly, _net_effect(state)
    if net <= 0:
        return None
    # What is paid to sellers of credits, by whomever, and what the public pays for treatment and
    # audits. Taxes, subsidies, penalties and sales from the reserve move between buyers and the
    # treasury, and cost nobody else anything.
    bought = monthly.value_fen.sum() - monthly.reserve_value_fen.sum()
    treatment = (
        state.ledger.fen[Account.CONTRACTORS] - monthly.treatment_fen.sum()
        - monthly.upkeep_fen.sum()
    )
    return yuan(bought + treatment + monthly.spot_audit_fen.sum()) / net


INTEGRITY_OUTCOMES = (
    Outcome("additional_t", "t", "Additional", "额外碳汇量",
            "removed, less what the same world removes without credit revenue",
            "实际碳汇量减去同一世界没有碳信用收入时的碳汇量",
            column("additional_t", float)),
    Outcome("additional_share_of_issued", "1", "Additional share of issued", "额外量占签发量",
            "additional tonnes for each credit issued",
            "每签发一吨碳信用对应的额外碳汇量", _additional_share),
    Outcome("net_effect_t", "t", "Net effect on the atmosphere", "对大气的净效应",
            "additional tonnes less emissions licensed by surrendered credits (own abatement that "
            "credits displace is among what they license)",
            "额外碳汇量减去清缴碳信用所允许的排放（被挤出的自身减排已含在其中）",
            _net_effect),
    Outcome("cost_yuan_per_net_t", "yuan/t", "Cost per net tonne", "净减排单位成本",
            "money paid for credits, and public money for treatment and audits, for each net "
            "tonne; none where the net effect is not positive",
            "购买碳信用的支出与财政用于治理和抽查的支出之和，除以净减排吨数；净效应不为正则无",
            _cost_per_net_tonne),
    Outcome("lost_t", "t", "Lost again", "逆转损失碳量",
            "stored carbon lost to reversals, in truth", "因逆转而损失的储碳（真实值）",
            column("lost_t", float)),
    Outcome("reversed_t", "t", "Credits reversed", "逆转碳信用量",
            "credits whose carbon was lost", "所对应碳储量已损失的碳信用",
            column("reversed_t")),
    Outcome("spot_audits", "1", "Spot audits", "抽查次数", "issues audited", "被抽查的签发次数",
            column("spot_audits")),
    Outcome("found_t", "t", "Over-crediting found", "查出超额签发",
            "credits that spot audits found to stand for nothing",
            "抽查发现无实际碳汇支撑的碳信用", column("found_t")),
    Outcome("uncovered_t", "t", "Not made good", "未补足碳信用量",
            "reversed and found credits that nobody has made good, at the end",
            "期末尚未补足的逆转与超额签发碳信用",
            lambda state: int((state.projects.uncovered_t + state.projects.owed_t).sum())),
    Outcome("over_crediting_share", "1", "Over-crediting", "超额签发率",
            "credits issued for each tonne removed in truth, less one; deductions make it negative",
            "签发碳信用与核查时实际碳汇量之比减一（扣减使其为负）", _over_crediting),
    Outcome("claims_t", "t", "Claims", "碳信用声称量",
            "credits that somebody holds or has retired, or that the public bought: issued, less "
            "buffer and what was taken back",
            "由市场主体持有、已注销或政府购买的碳信用：签发量减缓冲池与收回量", _claims),
    Outcome("real_share_of_claims", "1", "Real share of claims", "声称量的真实比例",
            "tonnes still stored of what was verified, for each claim",
            "已核查碳汇中仍储存的吨数与声称量之比", _real_share),
    Outcome("retired_real_t", "t", "Real tonnes retired", "注销碳信用的真实吨数",
            "tonnes still stored behind retired credits", "已注销碳信用背后仍储存的吨数",
            lambda state: _behind_retired(state)[0]),
    Outcome("retired_additional_t", "t", "Additional tonnes retired", "注销碳信用的额外吨数",
            "of these, tonnes that would not be stored without credit revenue",
            "其中没有碳信用收入便不会储存的吨数",
            lambda state: _behind_retired(state)[1]),
    Outcome("cost_yuan_per_real_t", "yuan/t", "Cost per real tonne", "每真实吨成本",
            "money paid for credits and for spot audits, for each real tonne: credits bought, "
            "times the real share of claims",
            "购买碳信用与抽查的支出，除以所购碳信用量与声称量真实比例之积", _cost_per_real_tonne),
    Outcome("verification_fees_yuan", "yuan", "Verification fees", "核查费用",
            "paid by sellers to verifiers", "卖方支付给核查机构的费用",
            lambda state: yuan(state.monthly.verification_fees_fen.sum())),
    Outcome("spot_audit_cost_yuan", "yuan", "Cost of spot audits", "抽查费用",
            "paid by the treasury", "由财政承担",
            lambda state: yuan(state.monthly.spot_audit_fen.sum())),
    Outcome("upkeep_yuan", "yuan", "Upkeep", "管护支出", "paid by sellers", "由卖方支付",
            lambda state: yuan(state.monthly.upkeep_fen.sum())),
    Outcome("trust", "1", "Trust", "信任度", "of voluntary buyers at the end; 1 where nothing bad "
            "is known", "期末自愿买方的信任；1为无负面信息",
            lambda state: float(finished_months(state).trust[-1])
            if len(finished_months(state)) else None),
)
