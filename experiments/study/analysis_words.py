"""What analyses of a study say, in English and Chinese."""

__all__ = ["ANALYSIS"]

ANALYSIS: dict[str, tuple[str, str]] = {
    "read": (
        "{title}: {design}, {points} points, {replicates} replicates; {ended} of {of} runs ended, "
        "{failed} raised an error.",
        "{title}：{design}，{points}个取样点，每点重复{replicates}次；已完成{ended}/{of}次运行，"
        "{failed}次出错。",
    ),
    "over_points": (
        "Over the points (means over replicates; 5 % and 95 % are percentiles)",
        "各取样点的分布（先对重复取均值；5%与95%为分位数）",
    ),
    "unit": ("Unit", "单位"),
    "mean": ("Mean", "均值"),
    "deviation": ("Deviation", "标准差"),
    "low": ("5 %", "5%"),
    "median": ("Median", "中位数"),
    "high": ("95 %", "95%"),
    "noise": ("Among replicates", "重复间标准差"),
    "with_value": ("Runs with a value", "有值比例"),
    "factor": ("Factor", "因素"),
    "first": ("First order", "一阶指数"),
    "total": ("Total", "总指数"),
    "verdict": ("Verdict", "判断"),
    "with": ("With", "交互因素"),
    "second": ("Second order", "二阶指数"),
    "pairs": ("Largest interactions of pairs (noise included)", "最大的两两交互（含重复噪声）"),
    "matters": ("matters", "有影响"),
    "does not matter": ("does not matter", "无影响"),
    "sample more": ("sample more", "需增加取样"),
    "constant": (
        "the same at every point, so nothing could matter.", "在所有取样点上相同，无从谈影响。"
    ),
    "unclear": (
        "noise drowns what the factors do. Add replicates or points.",
        "因素作用被重复噪声淹没，请增加重复次数或取样点。",
    ),
    "sobol_of": ("Sobol indices: {what}", "Sobol指数：{what}"),
    "sobol_note": (
        "Shares of the variance of the expected outcome, with 95 % intervals; a factor matters "
        "where the whole interval of its total is above {threshold}.",
        "占期望结果方差的比例及95%区间；总指数区间全部高于{threshold}为有影响。",
    ),
    "noise_share": (
        " Of the variance of a single run {share} is replicate noise, split off here.",
        "单次运行方差中有{share}为重复噪声，已剔除。",
    ),
    "noise_unknown": (
        " One replicate: noise cannot be told from effects.", "只有一次重复，无法区分噪声与效应。",
    ),
    "few_replicates": (
        " Too few replicates for a verdict: three with common luck, two with seeds of their own.",
        "重复次数过少，不作判断：共用种子需三次，各自种子需两次。",
    ),
    "choice": ("Robust choice", "稳健选择"),
    "dropped": (
        " {share} of the base rows have no value somewhere and are left out.",
        "{share}的基础行因缺值而未计入。",
    ),
    "morris_of": ("Elementary effects (Morris): {what}", "Morris基本效应：{what}"),
    "mu_star": ("Mean size µ*", "平均幅度µ*"),
    "sigma": ("Spread σ", "离散σ"),
    "share": ("Share of variance", "方差占比"),
    "shape": ("Shape", "形状"),
    "linear": ("linear", "线性"),
    "monotonic": ("monotonic", "单调"),
    "almost monotonic": ("almost monotonic", "近似单调"),
    "nonlinear or interacting": ("nonlinear or interacting", "非线性或有交互"),
    "morris_note": (
        "Change of the outcome over a factor's whole range. σ and the share are free of replicate "
        "noise; µ* is not.",
        "因素由下限变到上限时结果的变化。σ与方差占比已剔除重复噪声，µ*未剔除。",
    ),
    "point": ("Point", "取样点"),
    "difference": ("Less the base point", "与基准点之差"),
    "paired_of": ("Points against the base point: {what}", "与基准点比较：{what}"),
    "paired_note": (
        "95 % intervals over replicates; verdicts are corrected for the number of points (Holm).",
        "区间为重复间95%区间；判断已按取样点数校正（Holm法）。",
    ),
    "base": ("base", "基准"),
    "higher": ("higher", "较高"),
    "lower": ("lower", "较低"),
    "cannot be told apart": ("cannot be told apart", "无法区分"),
    "discovery": ("Scenario discovery", "情景发现"),
    "the_case": ("The case", "所关注的情形"),
    "discovery_found": (
        "{case}: in {rate} of {n} points, and gathered in boxes.",
        "{case}：在{n}个点中占{rate}，且集中于以下区域。",
    ),
    "discovery_nothing_found": (
        "{case}: in {rate} of {n} points, and gathered nowhere that would hold on other points.",
        "{case}：在{n}个点中占{rate}，未集中于任何经得起检验的区域。",
    ),
    "discovery_always": ("{case}: at every one of {n} points.", "{case}：{n}个点全部如此。"),
    "discovery_never": ("{case}: at none of {n} points.", "{case}：{n}个点均未出现。"),
    "box": (
        "Box {n}: {mass} of the points, {density} of them cases, {coverage} of all cases",
        "区域{n}：占全部点的{mass}，其中{density}为该情形，占全部情形的{coverage}",
    ),
    "within": ("Within", "范围"),
    "quasi_p": ("Chance that it is luck", "出于偶然的概率"),
    "box_holds": (
        "On points that were not used to find it {density} are cases: it holds.",
        "在未用于寻找的点上，{density}为该情形：成立。",
    ),
    "box_does_not_hold": (
        "On points that were not used to find it {density} are cases: it does not hold.",
        "在未用于寻找的点上，{density}为该情形：不成立。",
    ),
    "choice_of": ("Options: {what}, {direction}", "方案比较：{what}，{direction}"),
    "wanted_high": ("high wanted", "越高越好"),
    "wanted_low": ("low wanted", "越低越好"),
    "option": ("Option (● nobody beats it)", "方案（●为非劣）"),
    "bad_side": ("Bad 5 %", "不利5%"),
    "worst": ("Worst future", "最差未来"),
    "regret_90": ("Regret, 90 %", "后悔值90%分位"),
    "domain": ("Best in", "最优比例"),
    "met": ("Threshold met in", "达标比例"),
    "all_met": ("All thresholds met together", "全部门槛同时达标"),
    "share_of_futures": ("Share of futures", "占未来情景比例"),
    "choice_note": (
        "95 % intervals by resampling futures, the same for all options.",
        "区间由对未来情景重抽样得到（95%），各方案相同。",
    ),
    "rule_mean": ("mean", "均值"),
    "rule_regret": ("least regret", "最小后悔"),
    "rule_satisficing": ("thresholds met most often", "达标最多"),
    "rule_of": ("{rule}, {what}", "{what}{rule}"),
    "rule_names": (
        "By {rule}: {option} (in {share} of resampled futures).",
        "按{rule}：{option}（重抽样中占{share}）。",
    ),
    "rule_cannot_tell": (
        "By {rule}: cannot be told; {option} leads (in {share} of resampled futures).",
        "按{rule}：无法判断，{option}领先（重抽样中占{share}）。",
    ),
    "rules_agree": ("All rules name the same option.", "各规则选出同一方案。"),
    "rules_disagree": ("The rules disagree.", "各规则结论不一。"),
    "rules_cannot_be_told": (
        "Whether the rules agree cannot be told.", "无法判断各规则是否一致。"
    ),
    "and": (" and ", "与"),
    "front": (
        "The front: {n} of {of} points that no other beats, from end to end",
        "前沿：{of}个点中有{n}个不劣于任何其他点（由一端到另一端）",
    ),
    "levers": ("Levers", "政策变量"),
    "left_out": ("Not analysed: {what}. {reason}", "未作分析：{what}（{reason}）"),
    "page_how": (
        "{file}: {design}, {factors} factors on `{base}`, {points} points, {replicates} "
        "replicates: {runs} runs, {failed} failed.",
        "{file}：{design}，`{base}` 上的{factors}个因素，{points}个取样点，每点重复{replicates}次，"
        "共{runs}次运行，{failed}次失败。",
    ),
    "page_log": (" (log)", "（对数）"),
    "page_key": ("Key", "参数"),
    "page_values": ("Values", "取值"),
    "page_role": ("Role", "类别"),
    "page_lever": ("lever", "政策变量"),
    "page_uncertainty": ("uncertainty", "不确定因素"),
    "page_design": ("design", "实验设定"),
    "page_noise": ("Noise of a single run", "单次运行的噪声占比"),
    "page_sobol": (
        "Total indices with intervals: bold *matters*, – *does not matter*, others need more "
        "samples.",
        "总指数及区间：粗体为*有影响*，带 – 为*无影响*，其余需增加取样。",
    ),
    "page_box": ("Box", "区域"),
    "page_mass": ("Of the points", "占取样点"),
    "page_density": ("Cases in it", "其中该情形"),
    "page_holdout": ("On held-out points", "留出点上"),
    "page_coverage": ("Of all cases", "占全部情形"),
    "page_holds": ("holds", "成立"),
    "page_does_not_hold": ("does not hold", "不成立"),
    "page_option": ("Option", "方案"),
    "page_met": ("Threshold met", "达标比例"),
    "page_mean_bad": ("{mean} (bad 5 %: {bad})", "{mean}（不利5%：{bad}）"),
}
