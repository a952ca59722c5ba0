"""Words about integrity: real tonnes, audits and the net effect, in English and Chinese."""

__all__ = ["INTEGRITY"]

INTEGRITY = {
    "figure_integrity": ("What is real of what is claimed", "声称量中有多少是真实的"),
    "integrity_time": ("Tonnes by the end of each year", "各年末累计量"),
    "integrity_net": ("Net effect and its parts", "净效应及其构成"),
    "integrity_costs": ("Cost of a tonne over audits, yuan/t", "每吨成本随抽查的变化，元/吨"),
    "integrity_shares": ("Real share of claims, and trust, over audits, %",
                         "声称量的真实比例与信任随抽查的变化，%"),
    "audit_axis": ("Issues that are audited, %", "被抽查的签发，%"),
    "path_verified": ("verified", "核查"),
    "path_issued": ("issued", "签发"),
    "path_retired": ("retired", "注销"),
    "path_additional": ("additional", "额外"),
    "path_cancelled": ("cancelled", "取消"),
    "path_buffer": ("buffer pool", "缓冲池"),
    "line_price_yuan_per_t": ("of a credit", "每吨碳信用"),
    "line_cost_yuan_per_real_t": ("of a real tonne", "每真实吨"),
    "line_real_share_of_claims": ("real", "真实比例"),
    "line_trust": ("trust", "信任"),
    "part_additional_t": ("additional", "额外碳汇"),
    "part_licensed_t": ("less: licensed", "减：允许的排放"),
    "part_net_effect_t": ("net effect", "净效应"),
    "integrity_alone": ("volunteers only", "仅自愿"),
    "integrity_counts": ("eligible", "可履约"),
    "integrity_words": (
        "By the end of {year} {issued} have been issued here, {retired} retired and {cancelled} "
        "cancelled for what was lost or found wanting. <b>Additional are {additional}:</b> what "
        "was treated before the run would be there without credits.",
        "至{year}年末共签发 {issued}，注销 {retired}，因逆转或查出超额签发而取消 {cancelled}。"
        "<b>额外碳汇仅 {additional}：</b>运行之前的治理即使没有碳信用也会存在。",
    ),
    "integrity_cheaper": (
        "<b>Audits make a real tonne cheaper.</b> Without them credits exceed removals by "
        "{over_none} and {real_none} of the claims are real; with every issue audited it is "
        "{over_all} and {real_all}. A credit then costs {price_all} instead of {price_none} "
        "yuan/t, and a real tonne, audits paid, {cost_all} instead of {cost_none}.",
        "<b>抽查使每真实吨更便宜。</b>不抽查时签发超出实际碳汇 {over_none}，声称量中 {real_none} "
        "是真实的；全部抽查时分别为 {over_all} 和 {real_all}。碳信用价格由 {price_none} 变为 "
        "{price_all} 元/吨，计入抽查费用后每真实吨由 {cost_none} 变为 {cost_all} 元。",
    ),
    "integrity_dearer": (
        "<b>Audits make a real tonne dearer.</b> Without them credits exceed removals by "
        "{over_none} and {real_none} of the claims are real; with every issue audited it is "
        "{over_all} and {real_all}. But scandals that nobody looks for do not happen either: trust "
        "is {trust} without audits. A credit costs {price_all} instead of {price_none} yuan/t, and "
        "a real tonne, audits paid, {cost_all} instead of {cost_none}.",
        "<b>抽查使每真实吨更贵。</b>不抽查时签发超出实际碳汇 {over_none}，声称量中 {real_none} "
        "是真实的；全部抽查时分别为 {over_all} 和 {real_all}。但无人检查也就没有丑闻："
        "不抽查时信任为 {trust}。碳信用价格由 {price_none} 变为 {price_all} 元/吨，计入抽查费用后"
        "每真实吨由 {cost_none} 变为 {cost_all} 元。",
    ),
    "integrity_unsure": (
        "<b>What a real tonne costs does not depend on audits, as far as can be told.</b> Without "
        "them credits exceed removals by {over_none} and {real_none} of the claims are real; with "
        "every issue audited it is {over_all} and {real_all}. A credit costs {price_all} instead "
        "of {price_none} yuan/t, and a real tonne, audits paid, {cost_all} instead of {cost_none}.",
        "<b>每真实吨的成本与抽查的关系无法区分。</b>不抽查时签发超出实际碳汇 {over_none}，"
        "声称量中 {real_none} 是真实的；全部抽查时分别为 {over_all} 和 {real_all}。碳信用价格由 "
        "{price_none} 变为 {price_all} 元/吨，计入抽查费用后每真实吨由 {cost_none} 变为 "
        "{cost_all} 元。",
    ),
    "caption_integrity": (
        "Scenario <code>integrity</code>: baselines {inflation} % too high on average, with a "
        "spread of {spread} points between projects; verifiers that would add {leniency} %; fires; "
        "{own} % of issues audited in the first two panels. The credit counts for compliance from "
        "{month} in the second. Real are tonnes of verified removal that are still stored, buffer "
        "and cancelled credits standing behind the claims; above 100 % deductions and buffer "
        "exceed what is missing. {n} replicates with common seeds (base seed {seed}), bars are "
        "95 % intervals.",
        "情景 <code>integrity</code>：基线平均虚高 {inflation}%，项目间标准差 {spread} 个百分点；"
        "核查从宽 {leniency}%；有火灾；前两图抽查 {own}% 的签发。第二图中碳信用自{month}起可履约。"
        "“真实”指已核查且仍储存的碳汇，缓冲池与已取消碳信用亦支撑声称量；高于100%表示扣减与缓冲"
        "超过缺口。{n} 次重复，随机种子相同（基础种子 {seed}），竖线为95%区间。",
    ),
    "table_integrity": ("integrity over audits", "诚信度随抽查的变化"),
    "table_integrity_years": ("tonnes by year", "逐年吨数"),
}
