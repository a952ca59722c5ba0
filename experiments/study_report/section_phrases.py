"""Words of the sections: titles, captions, axes and columns, in English and Chinese."""

__all__ = ["SECTIONS"]

SECTIONS = {
    # Sobol.
    "section_sobol": ("What drives each outcome", "各指标由什么驱动"),
    "words_sobol": (
        "Two indices of each factor. The first-order index is the share of the variance that is "
        "gone once this factor is known; the total index adds all that it does together with "
        "others. A total index near zero means that the factor could as well be fixed.",
        "每个因素有两个指数。一阶指数是知道该因素后消失的方差份额；总效应指数还包括它与其他因素的"
        "共同作用。总效应指数接近零，说明该因素不妨固定。",
    ),
    "caption_sobol": (
        "Full bar: total index. Pale bar: first-order index. Thin lines: {percent} intervals. "
        "Dashed: threshold of {threshold}; a factor matters where the whole interval of its total "
        "index is above, and does not where it is below. Upright stroke, where there is one: the "
        "total index that still contains luck (SALib).",
        "深色条：总效应指数；浅色条：一阶指数；细线：{percent}区间。虚线：阈值{threshold}，"
        "总效应指数的整个区间高于阈值为有影响，低于阈值为无影响。竖线（如有）：未扣除偶然波动的"
        "总效应指数（SALib）。",
    ),
    "index_total": ("total", "总效应"),
    "index_first": ("first-order", "一阶"),
    "index_tip": ("{title}, {part}: {words}, {verdict}", "{title}，{part}：{words}，{verdict}"),
    "salib_tip": (
        "{title}, total with luck in it: {value}", "{title}，含偶然波动的总效应：{value}"
    ),
    "section_pairs": ("Factors that work together", "因素之间的交互"),
    "words_pairs": (
        "The share of the variance that two factors make only together.",
        "两个因素只有共同作用才产生的方差份额。",
    ),
    "caption_pairs": (
        "The largest pairs, with 95 % intervals. These indices still contain luck.",
        "最大的几对及95%区间。这些指数仍含偶然波动。",
    ),
    "pair": ("{one} × {other}", "{one} × {other}"),
    "table_sobol": ("Sobol indices", "Sobol指数"),
    "table_sobol_pairs": ("Sobol indices of pairs", "成对Sobol指数"),
    "column_total": ("Total", "总效应"),
    "column_total_low": ("Total, low", "总效应下限"),
    "column_total_high": ("Total, high", "总效应上限"),
    "column_first": ("First-order", "一阶"),
    "column_first_low": ("First-order, low", "一阶下限"),
    "column_first_high": ("First-order, high", "一阶上限"),
    "column_salib_total": ("Total, luck included", "总效应（含波动）"),
    "column_salib_total_half": ("± half interval", "±半区间"),
    "column_salib_first": ("First-order, luck included", "一阶（含波动）"),
    "column_salib_first_half": ("± half interval", "±半区间"),
    "column_seed_error": ("Error from seeds", "种子误差"),
    "column_noise_share": ("Luck in a single run", "单次运行的波动"),
    "column_with": ("With", "与"),
    "column_second": ("Together", "共同作用"),
    "column_half": ("± half interval", "±半区间"),
    # Morris.
    "section_morris": ("What moves each outcome", "什么在影响各指标"),
    "words_morris": (
        "Left: how far an outcome moves when a factor goes through its whole range (across), and "
        "how much that differs from place to place (up). Low in the figure an effect is the same "
        "everywhere; high, it bends or depends on other factors. Right: how much of the variance "
        "such an effect would make.",
        "左图：因素走过整个取值范围时指标变动的幅度（横轴），以及各处变动的差异（纵轴）。位置低"
        "说明效应处处相同；位置高说明效应弯曲或取决于其他因素。右图：这样的效应会产生的方差份额。",
    ),
    "caption_morris": (
        "Luck is split off from the upright axis and from the shares. Thin lines: {percent} "
        "intervals. Dashed on the left: as much difference as effect; on the right: threshold of "
        "{threshold} %. Names that would cover others are left out; the table has them all.",
        "纵轴与份额已扣除偶然波动。细线：{percent}区间。左图虚线：差异与效应相等；右图虚线："
        "阈值{threshold}%。会相互遮盖的名称从略，全部见表。",
    ),
    "axis_mu_star": ("Mean absolute effect, {unit}", "平均绝对效应，{unit}"),
    "axis_sigma": ("Its standard deviation, {unit}", "效应的标准差，{unit}"),
    "axis_percent": ("Percent of the variance", "占方差（%）"),
    "share_of": ("{label}: share of the variance", "{label}：方差份额"),
    "morris_tip": (
        "{title}: effect {mu}, deviation {sigma}, {verdict}",
        "{title}：效应{mu}，标准差{sigma}，{verdict}",
    ),
    "table_morris": ("Elementary effects", "基本效应"),
    "column_rank": ("Rank", "排名"),
    "column_mu_star": ("Mean absolute effect", "平均绝对效应"),
    "column_mu_star_low": ("low", "下限"),
    "column_mu_star_high": ("high", "上限"),
    "column_mu": ("Mean effect", "平均效应"),
    "column_sigma": ("Deviation, luck included", "标准差（含波动）"),
    "column_sigma_response": ("Deviation", "标准差"),
    "column_size": ("Size", "大小"),
    "column_share": ("Share of the variance", "方差份额"),
    "column_share_low": ("Share, low", "份额下限"),
    "column_share_high": ("Share, high", "份额上限"),
    "column_nonlinearity": ("Deviation by effect", "标准差与效应之比"),
    "column_shape": ("Shape", "形态"),
    # Discovery.
    "section_boxes": ("Where the cases are", "情形集中在哪里"),
    "words_boxes": (
        "A box asks something of a few factors and nothing of the others. Each bar is the whole "
        "range of a factor, from its lowest value on the left to its highest on the right, in its "
        "own scale; the dark part is what the box asks for.",
        "区域只限定少数因素，对其余因素不作要求。每条横条为一个因素的整个取值范围，左端最低、"
        "右端最高，按其自身尺度；深色部分为区域的要求。",
    ),
    "caption_boxes": (
        "Behind each bar: what the box asks, and the whole range in parentheses. The table gives "
        "quasi-p, the chance of this gain if the limit were luck, and how often random halves of "
        "the points restrict the same factor.",
        "条后为区域的要求，括号内为整个范围。表中给出准p值（若该限定出于偶然，得到这种改善的机会）"
        "以及随机抽取一半的点时限定同一因素的频率。",
    ),
    "key_in_box": ("asked for by the box", "区域的要求"),
    "key_whole_range": ("whole range", "整个范围"),
    "box_number": ("Box {n}", "区域{n}"),
    "restriction_tip": ("{limits} (quasi-p {p})", "{limits}（准p值 {p}）"),
    "section_peeling": ("How the box was chosen", "区域如何选出"),
    "words_peeling": (
        "The search peels slices off the whole space, and cases get denser while fewer of them are "
        "held. One step of this is chosen.",
        "搜索从整个空间一片片剥离，情形越来越密集，但包含的情形越来越少。从中选定一步。",
    ),
    "caption_peeling": (
        "Numbers, and darker dots: how many factors are restricted. Ring: the step chosen, for a "
        "wanted density of {wanted} %; the box itself follows from it by widening and simplifying.",
        "数字及圆点深浅：受限定的因素个数。圆环：按期望发生率{wanted}%选定的一步；最终区域在此基础上"
        "放宽并简化。",
    ),
    "axis_coverage": ("Share of all cases held, %", "包含的情形占比（%）"),
    "axis_density": ("Cases among the futures in it, %", "其中的发生率（%）"),
    "step_tip": (
        "Step {step}: holds {coverage} of the cases, {density} are cases, {n} factors",
        "第{step}步：包含{coverage}的情形，发生率{density}，限定{n}个因素",
    ),
    "chosen": ("chosen", "选定"),
    "told_trajectory": (
        "Peeling trajectory of {n} steps. Chosen: {tip}", "剥离轨迹共{n}步。选定：{tip}"
    ),
    "section_cases": ("The cases, one by one", "逐个情形"),
    "words_cases": ("Case: {case}.", "情形：{case}。"),
    "caption_cases": (
        "The two factors that say most. Filled: a case in at least half of the replicates; ring: "
        "not. The frame is the box; points inside that are no cases may lie outside by a third "
        "factor. Names stand in rows, their points spread a little so that they part.",
        "横纵轴为最能说明问题的两个因素。实心：至少一半的重复中发生；空心圈：否。方框为区域；"
        "框内的点可能因第三个因素而不在区域内。分类因素排成行，点略作散开以便区分。",
    ),
    "case_tip": (
        "{one} {x}, {other} {y}: a case in {share} of replicates",
        "{one} {x}，{other} {y}：{share}的重复中发生",
    ),
    "told_cases": (
        "Scatter of {n} futures over {one} and {other}; {cases} are cases in at least half of "
        "their replicates.",
        "{n}个未来在{one}与{other}上的散点图；其中{cases}个在至少一半的重复中发生。",
    ),
    "key_case": ("case", "发生"),
    "key_no_case": ("no case", "未发生"),
    "key_box": ("box", "区域"),
    "table_boxes": ("Boxes", "区域"),
    "table_limits": ("What boxes ask", "区域的要求"),
    "table_trajectory": ("Steps of the peeling", "剥离步骤"),
    "table_reproduced": ("Found again on random halves", "随机半数上的重现"),
    "table_cases": ("Futures and cases", "未来与情形"),
    "column_box": ("Box", "区域"),
    "column_holds": ("Holds up", "成立"),
    "column_cases": ("Cases", "情形数"),
    "column_mass": ("Of all futures", "占全部未来"),
    "column_coverage": ("Of all cases", "占全部情形"),
    "column_coverage_low": ("low", "下限"),
    "column_coverage_high": ("high", "上限"),
    "column_density": ("Happens in", "发生率"),
    "column_density_low": ("low", "下限"),
    "column_density_high": ("high", "上限"),
    "column_base_rate": ("Everywhere", "总体发生率"),
    "column_holdout_density": ("On points left out", "留出点发生率"),
    "column_holdout_coverage": ("Of all cases, left out", "留出点占情形"),
    "column_categories": ("Values", "取值"),
    "column_quasi_p": ("Quasi-p", "准p值"),
    "column_quasi_p_low": ("of the low end", "下端"),
    "column_quasi_p_high": ("of the high end", "上端"),
    "column_at_coverage": ("Again, same coverage", "同覆盖率下重现"),
    "column_at_density": ("Again, same density", "同发生率下重现"),
    "column_step": ("Step", "步骤"),
    "column_restricted": ("Factors restricted", "限定因素数"),
    "column_in_box": ("In the box", "在区域中"),
    "column_case_share": ("Case in", "发生率"),
    # Choice.
    "section_options": ("Options by each criterion", "各选项在各准则上的表现"),
    "words_options": (
        "Every option was run in the same futures. The dot is its mean over them; the line leads "
        "to its worst future.",
        "各选项在同一批未来中运行。圆点为其均值，线段通向其最差的未来。",
    ),
    "caption_options": (
        "Dot: mean over futures. Stroke: the 5th percentile on the bad side. Diamond: the worst "
        "future. Dashed: what is good enough. ◆ before a name: no other option is at least as good "
        "by every mean and better by one.",
        "圆点：各未来的均值；短竖线：坏的一侧5%分位；菱形：最差的未来；虚线：达标阈值。"
        "名称前的◆：没有其他选项在各项均值上都不差且有一项更好。",
    ),
    "option_tip": (
        "{option}: mean {mean}, bad side {bad}, worst {worst}",
        "{option}：均值{mean}，坏侧{bad}，最差{worst}",
    ),
    "wanted_high": ("{label} (more is better)", "{label}（越高越好）"),
    "wanted_low": ("{label} (less is better)", "{label}（越低越好）"),
    "section_regret": ("Regret", "后悔值"),
    "words_regret": (
        "What is forgone in a future by not having had the option that is best in it.",
        "在某个未来中，因未选其中最优选项而放弃的部分。",
    ),
    "caption_regret": (
        "Dot and number: mean over futures; the line reaches to the 90th percentile. The best of "
        "noisy means is partly luck, which lifts every regret by the amount in the table.",
        "圆点与数字：各未来的均值；线段至90%分位。带波动的均值中最优者部分出于偶然，"
        "使后悔值整体偏高，幅度见表。",
    ),
    "regret_of": ("Regret: {label}", "后悔值：{label}"),
    "regret_tip": (
        "{option}: regret {mean} on average, 90th percentile {high}, at most {maximum}",
        "{option}：平均后悔{mean}，90%分位{high}，最大{maximum}",
    ),
    "section_satisficing": ("How often it is good enough", "达标的未来有多少"),
    "words_satisficing": (
        "The share of futures in which an option meets a threshold, and all of them at once.",
        "选项达到某一阈值、以及同时达到全部阈值的未来所占份额。",
    ),
    "caption_satisficing": (
        "Lines are 95 % intervals over futures. The thresholds are those of the study file.",
        "线段为对未来重抽样的95%区间。阈值取自研究文件。",
    ),
    "all_thresholds": ("All thresholds at once", "同时达到全部阈值"),
    "threshold_high": ("{label} at least {limit}", "{label}不低于{limit}"),
    "threshold_low": ("{label} at most {limit}", "{label}不高于{limit}"),
    "axis_futures": ("Percent of futures", "占未来（%）"),
    "table_rules": ("What each rule picks", "各规则的选择"),
    "table_satisficing": ("Futures in which it is good enough", "达标的未来"),
    "table_criteria": ("What regret rests on", "后悔值的依据"),
    "column_rule": ("Rule", "规则"),
    "column_option": ("Option", "选项"),
    "column_options": ("Picks", "选择"),
    "column_stays": ("Kept by resamples", "重抽样保持"),
    "column_told": ("Can be told", "可以判断"),
    "column_bad_side": ("Bad side, 5 %", "坏侧5%"),
    "column_worst": ("Worst", "最差"),
    "column_missing": ("Runs without a value", "无数值的运行"),
    "column_regret_mean": ("Mean regret", "平均后悔"),
    "column_regret_90": ("90th percentile", "90%分位"),
    "column_regret_maximum": ("Largest", "最大"),
    "column_domain": ("Best in", "最优的未来"),
    "column_unbeaten": ("Not beaten", "未被压倒"),
    "column_satisficing": ("All thresholds", "全部阈值"),
    "column_satisficing_low": ("low", "下限"),
    "column_satisficing_high": ("high", "上限"),
    "column_met": ("met", "达标"),
    "column_met_low": ("low", "下限"),
    "column_met_high": ("high", "上限"),
    "column_futures": ("Futures", "未来数"),
    "column_futures_used": ("Compared in", "用于比较"),
    "column_set_aside": ("Options without a value", "无数值的选项"),
    "column_regret_optimism": ("Regret too high by", "后悔值偏高"),
    # Search.
    "section_front": ("The front", "前沿"),
    "words_front": (
        "Every point tried: <span class=\"ramp\">first generation <i style=\"background: "
        "linear-gradient(to right, {first}, {last})\"></i> last</span>. The line joins those that "
        "nothing beats: along it, more of one is less of the other.",
        "试过的每个点：<span class=\"ramp\">第一代 <i style=\"background: "
        "linear-gradient(to right, {first}, {last})\"></i> 最后一代</span>。"
        "连线为未被压倒的点：沿线一方多得，另一方必少。",
    ),
    "caption_front": (
        "Means over replicates. Rings: points on the front.", "重复的均值。圆环：前沿上的点。"
    ),
    "key_front": ("front", "前沿"),
    "against_other": ("{one} against {other}", "{one}与{other}"),
    "search_tip": ("Generation {generation}: {words}", "第{generation}代：{words}"),
    "told_front": (
        "Scatter of {n} points, {best} of them on the front.",
        "{n}个点的散点图，{best}个位于前沿。",
    ),
    "section_levers": ("The levers along the front", "前沿上的政策变量"),
    "words_levers": (
        "From left to right along the front: what the levers are set to.",
        "沿前沿自左至右，各政策变量的取值。",
    ),
    "caption_levers": (
        "Across: the first criterion. Up: the lever over its whole range. A lever that stays at "
        "one height is settled; one that slopes is what the trade-off is made with.",
        "横轴：第一项准则；纵轴：政策变量的整个取值范围。高度不变者已有定论；倾斜者正是取舍所在。",
    ),
    "told_lever": ("{n} points of the front.", "前沿上的{n}个点。"),
    "section_progress": ("How the search came there", "搜索的进展"),
    "words_progress": (
        "After each generation: where a curve is still climbing, more generations would help.",
        "每一代之后的进展：曲线仍在上升时，增加代数会有帮助。",
    ),
    "caption_progress": (
        "Hypervolume (with two criteria): the area that the front dominates, as a share of that at "
        "the end.",
        "超体积（两项准则时）：前沿所支配的面积，以终值为100%。",
    ),
    "best_so_far": ("Best so far: {label}", "迄今最优：{label}"),
    "column_hypervolume": ("Area won, % of the end", "支配面积（占终值%）"),
    "column_hypervolume_share": ("Area won", "支配面积"),
    "told_progress": ("{n} generations, at last {last}.", "{n}代，最后为{last}。"),
    "table_front": ("Points of the front", "前沿上的点"),
    "table_searched": ("All points tried", "试过的全部点"),
    "table_progress": ("Progress", "进展"),
    "column_best": ("On the front", "在前沿"),
    "column_on_front": ("Points on the front", "前沿点数"),
    "plain_label": ("Value", "数值"),
    # Grid and list.
    "section_line": ("Along the factor", "随因素的变化"),
    "words_line": ("Each outcome along the one factor.", "各指标随该因素的变化。"),
    "caption_line": (
        "Mean over replicates; shaded: its 95 % interval.", "重复的均值；阴影：95%区间。"
    ),
    "section_heat": ("Over both factors", "两个因素之下"),
    "words_heat": ("Mean of each outcome over the grid.", "各指标在网格上的均值。"),
    "caption_heat": (
        "Darker is higher. Dash: no run has a value there.", "颜色越深数值越高；短线为无数值。"
    ),
    "section_points": ("Point by point", "逐点比较"),
    "words_points": (
        "Held against “{base}”: a point is higher or lower only where the difference stands out "
        "once all points are taken together.",
        "以“{base}”为基准：把全部点合在一起考虑后仍然显著的差异，才判为较高或较低。",
    ),
    "caption_points": (
        "Left: mean with 95 % interval; the base is hollow. Right: difference to the base, "
        "hollow where it cannot be told apart. An interval is that of its point alone; the "
        "verdict is stricter.",
        "左图：均值及95%区间，空心为基准；右图：与基准之差，无法区分者为空心。区间只针对该点"
        "本身，判断更为严格。",
    ),
    "caption_points_some": (
        "Left: mean with 95 % interval; the base is hollow. Right: difference to the base, "
        "hollow where it cannot be told apart. The {n} "
        "of {of} points that differ most surely; the table has them all.",
        "左图：均值及95%区间，空心为基准；右图：与基准之差，无法区分者为空心。{of}个点中只画差异最确定的{n}个，"
        "全部见表。",
    ),
    "level_of": ("{label}", "{label}"),
    "less_base": ("Less the base: {label}", "减去基准：{label}"),
    "point_tip": ("{point}: {words}, {verdict}", "{point}：{words}，{verdict}"),
    "column_difference": ("Less the base", "减去基准"),
    "column_difference_low": ("low", "下限"),
    "column_difference_high": ("high", "上限"),
    "column_p": ("p", "p值"),
    "column_p_holm": ("p, corrected", "校正p值"),
    # Samples and spreads.
    "section_against": ("{label}: against each factor", "{label}：随各因素的变化"),
    "words_against": (
        "Each point over one factor at a time; the others vary too, which is why points scatter.",
        "每次只看一个因素；其他因素同时在变，因此点是分散的。",
    ),
    "caption_against": (
        "Line and large dots: means over {n} equal shares of the points. Of many points, some are "
        "drawn.",
        "连线与大点：把点按该因素等分为{n}份后的均值。点多时只画一部分。",
    ),
    "key_mean": ("mean", "均值"),
    "key_point": ("point", "取样点"),
    "told_bins": ("Means from low to high: {text}.", "由低到高的均值：{text}。"),
    "table_binned": ("Means over shares of the points", "分段均值"),
    "section_spreads": ("How the outcomes are spread", "各指标的分布"),
    "words_spreads": (
        "Means over replicates, point by point. A price needs a trade: the table says in how many "
        "runs an outcome has a value at all.",
        "逐点的重复均值。有成交才有价格：表中列出有数值的运行所占份额。",
    ),
    "caption_spreads": (
        "Dashed: median. How wide this is follows from the ranges of the factors, which are "
        "assumptions; it is no forecast.",
        "虚线：中位数。分布的宽窄取决于因素的取值范围，而范围是假设；这不是预测。",
    ),
    "axis_points": ("Points", "点数"),
    "told_spread": (
        "{label}: median {median}, nine in ten points between {low} and {high}",
        "{label}：中位数{median}，九成的点在{low}与{high}之间",
    ),
    "table_spreads": ("Outcomes over all points", "全部取样点上的指标"),
    "table_histograms": ("Points by interval of each outcome", "各指标的分段点数"),
    "table_points": ("Every point and its means", "每个取样点及其均值"),
}
