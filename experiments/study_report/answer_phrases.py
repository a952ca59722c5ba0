"""Sentences of the answer, in English and Chinese."""

__all__ = ["ANSWERS"]

ANSWERS = {
    # Verdicts and other words of the analyses.
    "matters": ("matters", "有影响"),
    "does not matter": ("does not matter", "无影响"),
    "sample more": ("sample more", "样本不足"),
    "varies": ("varies", "有变化"),
    "constant": ("constant", "不变"),
    "unclear": ("unclear", "不明"),
    "linear": ("linear", "线性"),
    "monotonic": ("monotonic", "单调"),
    "almost monotonic": ("almost monotonic", "近似单调"),
    "nonlinear or interacting": ("nonlinear or interacting", "非线性或有交互"),
    "None": ("shape unknown", "形态不明"),
    "base": ("base", "基准"),
    "higher": ("higher", "较高"),
    "lower": ("lower", "较低"),
    "cannot be told apart": ("cannot be told apart", "无法区分"),
    # Sobol and Morris.
    "sobol_constant": (
        "{label} is the same at every point: no factor moves it.",
        "{label}在各取样点都相同，没有因素影响它。",
    ),
    "sobol_unclear": (
        "{label}: nothing can be said; luck drowns whatever the factors do, or points are too few.",
        "{label}：尚无法判断，偶然波动掩盖了因素的作用，或取样点太少。",
    ),
    "names_matter": ("{label}: what matters is {names}.", "{label}：有影响的是{names}。"),
    "names_none": (
        "{label}: nothing is shown to matter.", "{label}：没有因素显示出影响。"
    ),
    "names_not": (" Does not matter: {names}.", "无影响：{names}。"),
    "names_unsure": (
        " Too uncertain to say without more points: {names}.", "样本不足、尚难判断：{names}。"
    ),
    "names_noise": (
        " Luck makes {share} of the variance of a single run.",
        "单次运行的方差中，偶然波动占{share}。",
    ),
    "with_index": (
        "{title} ({total} <span class=\"interval\">[{low}, {high}]</span>)",
        "{title}（{total} <span class=\"interval\">[{low}, {high}]</span>）",
    ),
    "with_effect": ("{title} ({size}, {shape})", "{title}（{size}，{shape}）"),
    "not_analysed": (
        "Without an answer: {names} (why: see “How much was run”).",
        "未能作答：{names}（原因见“运行规模”）。",
    ),
    "note_sobol": (
        "In parentheses the total index with its {percent} interval: the share of the variance "
        "over all points that a factor accounts for, alone and together with others. Luck is split "
        "off.",
        "括号内为总效应指数及{percent}区间，即某因素单独及与其他因素共同解释的、"
        "各点之间方差的份额；已扣除偶然波动。",
    ),
    "note_morris": (
        "In parentheses the mean absolute effect of going through the whole range of a factor, "
        "and the shape of the effect.",
        "括号内为因素走过整个取值范围的平均绝对效应，以及效应的形态。",
    ),
    # Discovery.
    "case_above": ("{label} above {limit}", "{label}高于{limit}"),
    "case_below": ("{label} below {limit}", "{label}低于{limit}"),
    "case_ratio": (
        "{label} with “{one}” divided by that with “{other}”", "“{one}”与“{other}”的{label}之比"
    ),
    "case_difference": (
        "{label} with “{one}” less that with “{other}”", "“{one}”减“{other}”的{label}之差"
    ),
    "discovery_rate": (
        "Case: {case}. It happens in {share} of futures.",
        "情形：{case}。在{share}的未来中发生。",
    ),
    "discovery_none": (
        "Case: {case}. There are too few points to look for a pattern.",
        "情形：{case}。取样点太少，无法寻找规律。",
    ),
    "discovery_nothing found": (
        "No box was found in which cases are concentrated and stay so on points left out: as far "
        "as boxes can tell, it does not depend on where in the ranges a future lies.",
        "没有找到情形集中、且在留出点上仍然成立的区域：就区域所能说明的，情形的发生与未来处于"
        "取值范围的何处无关。",
    ),
    "discovery_always": (
        "It happens everywhere, and no box is needed.", "情形处处发生，无需划定区域。"
    ),
    "discovery_never": (
        "It never happens, and no box can be drawn.", "情形从未发生，无法划定区域。"
    ),
    "discovery_found": ("Boxes were found.", "找到了区域。"),
    "box_holds": (
        "In the box where {where} ({mass} of futures) it happens in {density}{holdout}; this box "
        "holds {coverage} of all cases.",
        "在{where}的区域内（占未来的{mass}），发生率为{density}{holdout}；该区域包含全部情形的"
        "{coverage}。",
    ),
    "box_fails": (
        "Box {number}, where {where}, does not hold up on points left out and should not be "
        "relied on: {mass} of futures, cases in {density} of them{holdout}, {coverage} of all "
        "cases.",
        "第{number}个区域（{where}）在留出点上不成立，不宜采信：占未来的{mass}，发生率{density}"
        "{holdout}，包含全部情形的{coverage}。",
    ),
    "box_holdout": (
        " (on points left out: {holdout})", "（留出点上为{holdout}）"
    ),
    "limit_in": ("{title} is {values}", "{title}为{values}"),
    "limit_between": ("{title} {low} to {high}", "{title} {low} 至 {high}"),
    "limit_above": ("{title} ≥ {low}", "{title} ≥ {low}"),
    "limit_below": ("{title} ≤ {high}", "{title} ≤ {high}"),
    "note_discovery": (
        "A box is chosen for its density, which flatters it; the number on points left out is the "
        "honest one.",
        "区域按发生率挑选，因此数值偏高；留出点上的数值才是诚实的估计。",
    ),
    # Choice.
    "rules_agree": ("All rules pick “{option}”.", "各规则一致选择“{option}”。"),
    "rules_disagree": (
        "The rules disagree: the choice is between {options}, and depends on what one wants.",
        "各规则意见不一：可选{options}，取决于看重什么。",
    ),
    "quoted": ("“{name}”", "“{name}”"),
    "rules_unsure": (
        "Whether the rules agree cannot be told from these futures.",
        "依据这些未来，无法判断各规则是否一致。",
    ),
    "rule_says": ("{rule}: {choice}.", "{rule}：{choice}。"),
    "rule_mean": ("Best mean, {label}", "均值最优（{label}）"),
    "rule_regret": (
        "Least regret (90th percentile over futures), {label}",
        "后悔值90%分位最小（{label}）",
    ),
    "rule_satisficing": (
        "Good enough in most futures, all thresholds", "达标的未来最多（全部阈值）"
    ),
    "short_mean": ("best mean", "均值最优"),
    "short_regret": ("least regret", "后悔最小"),
    "short_satisficing": ("most futures good enough", "达标未来最多"),
    "picked": ("“{option}”, in {stays} of resamples", "“{option}”，{stays}的重抽样保持不变"),
    "picked_unsure": (
        "cannot be told; “{option}” leads, but only in {stays} of resamples",
        "无法判断；“{option}”领先，但只在{stays}的重抽样中",
    ),
    "picked_equal": (
        "cannot be told; {options} are equally good", "无法判断；{options}同样好"
    ),
    "picked_once": (
        "cannot be told; “{option}” leads in the only future there is",
        "无法判断；只有一个未来，“{option}”领先",
    ),
    "picked_none": (
        "cannot be told; options cannot be compared in any future",
        "无法判断；没有可比较各选项的未来",
    ),
    "note_choice": (
        "Futures are drawn again and again from those that were run; a choice counts as told where "
        "at least {kept} of these resamples keep it. How likely a future is, the model does not "
        "know.",
        "从已运行的未来中反复重抽样；至少{kept}的重抽样保持同一选择时，才算可以判断。"
        "各个未来的可能性，模型并不知道。",
    ),
    # Search.
    "front_size": (
        "{n} of {points} points tried are on the front: none of them is beaten on every count.",
        "在试过的{points}个点中，有{n}个位于前沿：没有一个在各方面都不如他点。",
    ),
    "front_one": (
        "{n} of {points} points tried beats all others: there is no trade-off.",
        "在试过的{points}个点中，有{n}个优于其余全部：没有取舍问题。",
    ),
    "front_empty": (
        "No point has a value by every criterion: there is no front.",
        "没有一个点在各项准则上都有数值，因而没有前沿。",
    ),
    "front_begin": ("At one end: {parts}, with {levers}.", "一端：{parts}；其时{levers}。"),
    "front_end": ("At the other: {parts}, with {levers}.", "另一端：{parts}；其时{levers}。"),
    "front_only": ("There: {parts}, with {levers}.", "其值：{parts}；其时{levers}。"),
    "is_amount": ("{label} {amount}", "{label} {amount}"),
    "note_front": (
        "A front is as far as this search came, not a proof that nothing is better; its points "
        "were picked for their numbers, part of which is luck.",
        "前沿是本次搜索到达之处，并不证明没有更好的；其上各点因数值好而入选，其中一部分是偶然。",
    ),
    # Grid and list.
    "paired_none": (
        "{label}: none of the {n} other points can be told apart from “{base}”.",
        "{label}：其余{n}个点都无法与“{base}”区分。",
    ),
    "paired_some": (
        "{label}: of {of} other points, {n} can be told apart from “{base}”: {parts}.",
        "{label}：其余{of}个点中有{n}个与“{base}”不同：{parts}。",
    ),
    "paired_many": (
        "{label}: of {of} other points, {n} can be told apart from “{base}”, most of all {parts}.",
        "{label}：其余{of}个点中有{n}个与“{base}”不同，差别最大的是{parts}。",
    ),
    "paired_part": ("“{point}” is {verdict} ({amount})", "“{point}”{verdict}（{amount}）"),
    "note_paired": (
        "In parentheses the difference to the base, run by run where luck is shared. Verdicts are "
        "corrected for the number of points compared.",
        "括号内为与基准之差，随机种子相同时逐次配对。判断已按比较的点数作校正。",
    ),
    # Anything else.
    "spread_words": (
        "{label}: half of the points lie below {median}, nine in ten between {low} and {high}.",
        "{label}：半数取样点低于{median}，九成在{low}与{high}之间。",
    ),
    "spread_none": (
        "{label} has no value in any run.", "{label}在所有运行中都没有数值。"
    ),
    "note_spread": (
        "Of the means over replicates, point by point; the points are spread over the ranges of "
        "the factors, which are assumptions.",
        "依据各点重复的均值；取样点遍布各因素的取值范围，而这些范围是假设。",
    ),
}
