"""Outcomes of compliance: allowances over time, and what is paid in their place."""

import numpy as np

from simulation.outcomes.outcome import Outcome, column, finished_months, yuan

__all__ = ["COMPLIANCE_OUTCOMES"]

COMPLIANCE_OUTCOMES = (
    Outcome("carbon_tax_yuan", "yuan", "Carbon tax", "碳税",
            "paid to the treasury for emissions under a carbon tax", "碳税制度下就排放缴纳的税款",
            lambda state: yuan(state.monthly.carbon_tax_fen.sum())),
    Outcome("fines_yuan", "yuan", "Fines", "违规罚款",
            "paid to the treasury for violations that audits found", "因核查发现违规而缴纳的罚款",
            lambda state: yuan(state.monthly.fines_fen.sum())),
    Outcome("violation_t", "t", "Violations", "违规排放",
            "emissions neither covered nor owned up to, in truth",
            "既未覆盖也未申报的排放（真实值）", column("violation_t")),
    Outcome("violation_found_t", "t", "Violations found", "被发现的违规排放",
            "of these, found by audits", "其中由核查发现的部分", column("violation_found_t")),
    Outcome("allowances_banked_t", "t", "Allowances carried over", "结转配额量",
            "allowances carried over, added up over all deadlines",
            "历次履约截止时结转的配额之和", column("allowances_banked_t")),
    Outcome("bank_end_t", "t", "Allowances in the bank", "期末结存配额",
            "allowances that covered firms have carried over, at the end",
            "期末重点排放单位结存的配额", lambda state: int(state.firms.bank_t.sum())),
    Outcome("allowances_borrowed_t", "t", "Allowances borrowed", "预借配额量",
            "allowances of the next allocation used early, added up over all deadlines",
            "历次履约截止时预借的下期配额之和", column("allowances_borrowed_t")),
    Outcome("allowance_price_mean_yuan_per_t", "yuan/t", "Allowance price", "配额均价",
            "mean allowance price over the months", "各月配额价格均值",
            lambda state: float(np.mean(finished_months(state).allowance_price))
            if len(finished_months(state)) else None),
    Outcome("allowance_volume_t", "t", "Allowances traded", "配额成交量",
            "allowances that firms traded or bought at auction, where they set the price",
            "企业间交易及拍卖购得的配额（价格由企业形成时）", column("allowance_volume_t")),
    Outcome("allowance_auctioned_t", "t", "Allowances sold by the authority", "主管部门出售配额",
            "of these, sold at auction, from reserve tiers or at the ceiling",
            "其中经拍卖、分级储备或上限价出售的部分", column("allowance_auctioned_t")),
    Outcome("allowances_lapsed_t", "t", "Allowances lapsed", "失效配额",
            "allowances that nobody needed and nobody may keep", "无人需要且不可结转的配额",
            column("allowances_lapsed_t")),
)
