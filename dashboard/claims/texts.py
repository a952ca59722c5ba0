"""What the page Claims says."""

from dashboard.texts import Words
from experiments.claims_told import number, said

__all__ = ["TEXTS", "number", "said"]

TEXTS = Words({
    "heading": (
        "What theory and laboratories claim, and what came out here",
        "理论与实验的论断及本模型的实测",
    ),
    "lead": (
        "A claim is a result of theory or of a laboratory that the model should give again: what "
        "is expected, what came out, and how far off it may be. Set-up and tolerance stood before "
        "it was measured (but for P1, set after a first look). One that misses stays, with the "
        "reason; reported numbers stand beside what is known and are not judged.",
        "论断是模型应能重现的理论或实验结果：列出预期值、实测值与允许的偏差。设定与容差均在测量之前确定"
        "（P1除外，其设定在初看结果之后选定）。未达到者连同原因保留；“仅报告”的数值与已知结果并列，"
        "不作判断。",
    ),
    "measured_so": (
        "Measured on {day} with version {version}, with the sources that run here.",
        "测量于{day}，版本{version}，与当前运行的源代码一致。",
    ),
    "measured_otherwise": (
        "Measured on {day} with version {version} and with other sources than those that run here. "
        "Measure a benchmark again to see what these give.",
        "测量于{day}，版本{version}，所用源代码与当前运行的不同。可重新测量各基准，查看当前结果。",
    ),
    "no_record": (
        "Nothing measured was found ({text}). Measure benchmarks here one by one, or all with: "
        "python -m experiments.claims.page",
        "未找到测量记录（{text}）。可在此逐项测量，或测量全部：python -m experiments.claims.page",
    ),
    "holds": ("hold", "成立"),
    "fails": ("fail", "不成立"),
    "known miss": ("known misses", "已知不符"),
    "reported": ("reported only", "仅报告"),
    "total": ("claims:", "条论断："),
    "patterns_total": ("patterns of real trades:", "项真实交易特征："),
    "patterns_unmet": ("partly met or missed", "部分符合或不符合"),
    "filter_note": (
        "On the buttons: claims + patterns of real trades. What is not met are claims that fail or "
        "are known to miss, and patterns that are met in part or not.",
        "按钮上的数字：论断 + 真实交易特征。“未达到”包括不成立或已知不符的论断，"
        "以及部分符合或不符合的特征。",
    ),
    "symbols": ("Short names", "符号与简称"),
    "word_holds": ("holds", "成立"),
    "word_fails": ("fails", "不成立"),
    "word_known miss": ("known miss", "已知不符"),
    "word_reported": ("reported", "仅报告"),
    "word_met": ("met", "符合"),
    "word_fitted": ("met (fitted)", "符合（拟合所得）"),
    "word_partly": ("partly met", "部分符合"),
    "word_missed": ("missed", "不符合"),
    "word_none": ("no deal", "无成交"),
    "show": ("Show", "显示"),
    "filter_all": ("All", "全部"),
    "filter_misses": ("Not met", "未达到"),
    "filter_reported": ("Reported", "仅报告"),
    "search": ("Search", "搜索"),
    "search_hint": ("e.g. ceiling, Cason, B9", "如：上限、Cason、B9"),
    "nothing": (
        "Nothing here fits this choice and this search.", "没有符合当前筛选与搜索条件的内容。",
    ),
    "overview": ("All judged claims at a glance", "全部受检论断一览"),
    "overview_note": (
        "A dot a claim, by benchmark. Height: distance from what was expected, in tolerances; in "
        "the band it holds. Triangles lie further out. Click a dot to see the claim.",
        "每点一条论断，按基准排列。高度为偏离预期的距离，以容差为单位；带内为成立，三角形表示更远。"
        "点击可查看该论断。",
    ),
    "overview_left": (
        "{note} {left} claims of a sign, or relative to another number, are in the tables only.",
        "{note}另有{left}条仅涉正负号或相对于其他数值，只列于表中。",
    ),
    "chart_note": (
        "{counts}. Across: distance from expected, in tolerances; from top to bottom: the claims "
        "in order.",
        "{counts}。横轴：偏离预期的距离（以容差为单位）；自上而下：按编号顺序。",
    ),
    "no_scale": (
        "{counts}. Nothing here can be put on a scale of tolerances; the numbers are in the table.",
        "{counts}。均无法以容差为单位作图，数值见表。",
    ),
    "count_of": ("{n} {word}", "{word}{n}条"),
    "benchmarks": ("Benchmarks", "基准"),
    "benchmarks_note": (
        "A card a result; its claims are dots. Across: distance from what was expected, in "
        "tolerances; in the band a claim holds. “Show claims” names each, with numbers and "
        "sources; “Measure again” runs it here.",
        "每张卡片为一项结果，每点为其一条论断。横轴为偏离预期的距离，以容差为单位；带内为成立。"
        "“显示论断”列出各条的数值与来源；“重新测量”在此重新运行。",
    ),
    "patterns_heading": ("Patterns of the real trades", "真实交易的特征"),
    "patterns_chart": ("The model against the record", "模型与真实记录对照"),
    "patterns_note": (
        "{replicates} runs of the voluntary world in the months of the record. Blue or orange: "
        "mean of the model with its 95 % interval; hollow: the record. From -1 to 1: what counts "
        "as met. Partly met: at least a quarter of the runs lie there.",
        "仅自愿的世界在真实记录所跨月份内运行{replicates}次。蓝色或橙色：模型均值及95%区间；空心：真实"
        "记录。-1 至 1：符合范围。部分符合：至少四分之一的运行在范围内。",
    ),
    "band": ("counts as holding", "容差范围"),
    "measured_last": ("measured", "实测"),
    "measured_now": ("measured now", "现测"),
    "outside": ("outside the tolerance", "超出容差"),
    "further": ("further out", "更远"),
    "record": ("real record", "真实记录"),
    "model": ("model, in the range", "模型，范围内"),
    "model_outside": ("model, outside", "模型，范围外"),
    "claim": ("Claim", "编号"),
    "statement": ("Statement", "陈述"),
    "expected": ("Expected", "预期"),
    "measured": ("Measured", "实测"),
    "now": ("Now", "现测"),
    "tolerance": ("Tolerance", "容差"),
    "verdict": ("Verdict", "判定"),
    "reason": ("Why: ", "原因："),
    "source": ("Source: ", "来源："),
    "pattern": ("Pattern", "特征"),
    "real": ("Record", "真实记录"),
    "range": ("Counts as met", "符合范围"),
    "in_model": ("Model", "模型"),
    "inside": ("Runs inside", "范围内的运行"),
    "open": ("Show claims", "显示论断"),
    "close_table": ("Hide claims", "收起"),
    "again": ("Measure again", "重新测量"),
    "again_label": ("Measure {name} again", "重新测量 {name}"),
    "stop": ("Stop", "停止"),
    "waiting": ("Waits for another measurement to end.", "等待另一项测量结束。"),
    "starting": ("Starts.", "正在启动。"),
    "compiling": (
        "Compiles first, once for these sources: {step} of {steps}.",
        "先编译（每次修改源代码后一次）：{step}/{steps}。",
    ),
    "going": ("Measures, {seconds} s.", "测量中，{seconds}秒。"),
    "going_known": (
        "Measures, {seconds} s; last time it took {last} s.",
        "测量中，{seconds}秒；上次用时{last}秒。",
    ),
    "ended_same": (
        "Measured now in {seconds} s: all {n} numbers as before.",
        "现测用时{seconds}秒：{n}个数值均与之前相同。",
    ),
    "ended_moved": (
        "Measured now in {seconds} s: {moved} of {n} numbers moved.",
        "现测用时{seconds}秒：{n}个数值中有{moved}个变化。",
    ),
    "stopped": ("Stopped; nothing is shown of it.", "已停止，不显示其结果。"),
    "failed": ("It could not be measured: {text}", "无法测量：{text}"),
})
