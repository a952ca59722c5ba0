"""What the page Studies says, in English and Chinese."""

from dashboard.texts import Words

__all__ = ["TEXTS"]

TEXTS = Words({
    "studies": ("Studies", "研究"),
    "lead": (
        "A study runs the model many times over a plan of points, to find what matters, where "
        "something happens, or which choice is robust. Here are those in the folder of results: "
        "open one to see what it found, and any of its runs.",
        "研究按试验设计在许多取样点上反复运行模型，找出什么因素有影响、某种情形何处发生、哪种选择稳健。"
        "以下为结果目录中的研究：打开其中一项，查看结论以及任意一次运行。",
    ),
    "none_found": (
        "No study has been run here yet. Run one of those below in a terminal, then press “Look "
        "again”: here you can open it, with all charts and single runs.",
        "此处尚未运行过研究。请在终端运行下列任一研究，然后点击“重新查找”，即可在此打开，查看全部图表与单次运行。",
    ),
    "shipped": ("Studies that ship, and what they found", "自带研究及其结论"),
    "shipped_note": (
        "As recorded when they were last run; the numbers are those of docs/studies.md. "
        "Ranges of factors and thresholds are assumptions. --dry-run says how long a study takes "
        "and how much disk.",
        "为最近一次运行的记录，数据与docs/studies.zh.md相同。因素范围与门槛均为假设。加 --dry-run "
        "可查看所需时间与磁盘空间。",
    ),
    "shipped_how": (
        "{design} on “{base}”: {factors} factors, {points} points, {n} replicates of each: {runs} "
        "runs",
        "{design}，基于“{base}”：{factors}个因素，{points}个取样点，每点重复{n}次，共{runs}次运行",
    ),
    "found": ("What it found", "结论"),
    "to_run": ("To run it", "运行命令"),
    "looking": ("Looking for stores …", "正在查找研究存储……"),
    "analysing": ("Analysing {name} …", "正在分析 {name} ……"),
    "look_again": ("Look again", "重新查找"),
    "all_stores": ("All studies", "全部研究"),
    "study": ("Study", "研究"),
    "design": ("Design", "试验设计"),
    "runs_ended": ("Runs ended", "已完成运行"),
    "ended_of": ("{ended} of {expected}", "{ended}/{expected}"),
    "open": ("Open", "打开"),
    "unreadable": ("cannot be read", "无法读取"),
    "other_folder": ("Another folder below the results", "结果目录下的其他目录"),
    "other_hint": ("e.g. mine/first", "例如 mine/first"),
    "subtitle": (
        "{design}; factors: {factors}; points: {points}, replicates of each: {n}; {ended} of "
        "{expected} runs ended",
        "{design}；{factors}个因素，{points}个取样点，每点重复{n}次；已完成{ended}/{expected}次运行",
    ),
    "missing": (
        "The study is not complete: {n} runs are missing. What is said here is of those that "
        "ended.",
        "研究尚未完成，还缺{n}次运行。本页只依据已完成的运行。",
    ),
    "failed": (
        "{n} runs failed with an error and have no outcomes; see the table of runs.",
        "{n}次运行出错，没有结果，见运行表。",
    ),
    "tab_answer": ("Findings", "结论"),
    "tab_map": ("Map", "分布图"),
    "tab_runs": ("Runs", "运行"),
    "tab_about": ("About this study", "研究说明"),
    "views": ("Views", "视图"),
    "the_answer": ("The answer", "答案"),
    "verdicts": ("Factor by factor", "逐个因素"),
    # Names of outcomes have commas of their own.
    "between": ("; ", "；"),
    "verdict_matters": ("Matters for {names}.", "有影响的指标：{names}。"),
    "verdict_does_not_matter": ("Does not matter for {names}.", "无影响的指标：{names}。"),
    "verdict_sample_more": (
        "Too uncertain to say for {names}.", "样本不足、尚难判断的指标：{names}。",
    ),
    "numbers": ("The numbers", "数据表"),
    "hide_numbers": ("Hide the numbers", "收起数据表"),
    "first_rows": ("The first {n} of {of} rows.", "仅列前{n}行，共{of}行。"),
    "sobol_note": (
        "Share of the variance. Full bar: total index; pale bar: first-order index; lines: 95 % "
        "intervals; dashed: threshold of {threshold}. Blue matters, yellow needs more points, grey "
        "does not matter.",
        "占方差的份额。深色条：总效应指数；浅色条：一阶指数；细线：95%区间；虚线：阈值{threshold}。"
        "蓝色为有影响，黄色为样本不足，灰色为无影响。",
    ),
    "noise_note": (
        "Luck makes {share} of the variance of a single run; it is split off here.",
        "单次运行的方差中，偶然波动占{share}，此处已扣除。",
    ),
    "morris_title": ("{label}: size and spread of the effects", "{label}：效应的大小与离散"),
    "morris_note": (
        "Up: standard deviation of the effect. Far right: large; high up: bent, or depending on "
        "other factors; dashed: as much deviation as effect.",
        "纵轴：效应的标准差。越靠右效应越大；越靠上越弯曲或越取决于其他因素；虚线：标准差与效应相等。",
    ),
    "share_note": (
        "Percent of the variance, luck split off; lines: 95 % intervals; dashed: threshold of "
        "{threshold} %.",
        "占方差的百分比，已扣除偶然波动；细线：95%区间；虚线：阈值{threshold}%。",
    ),
    "boxes": ("What each box asks", "各区域的要求"),
    "boxes_note": (
        "Coverage: share of all cases that the box holds. Density: share of its points that are "
        "cases. A box is chosen for its density; the one on points left out is the honest number.",
        "覆盖率：区域包含全部情形的份额；密度：区域内的点属于该情形的份额。区域按密度挑选，"
        "留出点上的数值才是诚实的估计。",
    ),
    "coverage": ("Coverage", "覆盖率"),
    "density": ("Density", "密度"),
    "holdout": ("On points left out", "留出点上"),
    "mass": ("Share of the points", "占取样点"),
    "holds": ("holds", "成立"),
    "does_not_hold": ("does not hold", "不成立"),
    "within": ("Within", "范围"),
    "quasi_p": ("Quasi-p", "准p值"),
    "factor": ("Factor", "因素"),
    "unit": ("Unit", "单位"),
    "box": ("Box", "区域"),
    "cases_note": (
        "Filled: a case in at least half of the replicates; ring: not. Frames are boxes; points in "
        "a frame that are no cases may lie outside by a third factor.",
        "实心：至少一半的重复中发生；空心圈：否。方框为区域；框内未发生的点可能因第三个因素而不在"
        "区域内。",
    ),
    "peeling_note": (
        "Each dot is a step: cases get denser while fewer of them are held. Ring: the step that "
        "was chosen; the box follows from it by widening and simplifying.",
        "每个圆点为一步：情形越来越密集，包含的情形越来越少。圆环为选定的一步，最终区域在此基础上"
        "放宽并简化。",
    ),
    "progress_note": (
        "After each generation. Where a curve still climbs, more generations would help.",
        "每一代之后的进展。曲线仍在上升时，增加代数会有帮助。",
    ),
    "across": ("Across", "横轴"),
    "up": ("Up", "纵轴"),
    "shown": ("Shown", "显示"),
    "share_of_cases": ("Share of cases", "情形占比"),
    "map_cases": ("Share of cases, %: {case}", "情形占比（%）：{case}"),
    "map_lead": (
        "Choose two factors and an outcome: where in their plane the outcome is high or low.",
        "选择两个因素与一个指标，查看指标在其平面上何处高、何处低。",
    ),
    "map_too_few": (
        "A map needs two factors that vary; this study has {n}.",
        "分布图需要两个变动的因素；本研究有{n}个。",
    ),
    "map_note_grid": (
        "Mean over replicates at each point of the grid. {deeper} is higher; a dash: no run has a "
        "value there.",
        "网格各点的重复均值。颜色越{deeper}数值越高；短线为无数值。",
    ),
    "map_note_binned": (
        "Mean over the points in each field, whatever the other factors are there. {deeper} is "
        "higher; empty fields have no point. Choose a field to see how many it rests on.",
        "各格内取样点的均值，其他因素不论取何值。颜色越{deeper}数值越高；空格没有取样点。点选某格可见"
        "其点数。",
    ),
    "darker": ("Darker", "深"),
    "brighter": ("Brighter", "亮"),
    "map_cells": ("{label} over {one} and {other}", "{label}在{one}与{other}上的分布"),
    "cell_tip": ("{where}\n{value} (points: {n})", "{where}\n{value}（点数：{n}）"),
    "options_note": (
        "Dot: mean over futures; stroke: 5th percentile on the bad side; diamond: worst future; "
        "dashed: good enough. ◆: no other option beats it on every count.",
        "圆点：各未来的均值；短竖线：坏的一侧5%分位；菱形：最差的未来；虚线：达标阈值。"
        "◆：没有其他选项在各方面都胜过它。",
    ),
    "regret_note": (
        "Dot: mean over futures; line: up to the 90th percentile. What is forgone by not having "
        "the best option of a future.",
        "圆点：各未来的均值；线段至90%分位。指在某个未来中因未选最优选项而放弃的部分。",
    ),
    "futures_note": (
        "Percent of futures; lines: 95 % intervals over futures.",
        "占未来的百分比；线段：对未来重抽样的95%区间。",
    ),
    "front_note": (
        "Means over replicates. {deeper}: later generation. The line joins the points that no "
        "other beats: along it, more of one is less of the other.",
        "重复的均值。颜色越{deeper}，代数越晚。连线为不劣于任何其他点者：沿线一方多得，另一方必少。",
    ),
    "lever_note": (
        "Value of the lever at the points of the front, from one end to the other.",
        "前沿各点上该政策变量的取值，由一端到另一端。",
    ),
    "difference_note": (
        "Difference to “{base}”, run by run where luck is shared; lines: 95 % intervals. Filled: "
        "can be told apart, corrected for the number of points; hollow: cannot. Rows: {names}.",
        "与“{base}”之差，种子相同时逐次配对；线段：95%区间。实心：校正点数后可以区分；空心：无法"
        "区分。各行依次为：{names}。",
    ),
    "line_note": (
        "Mean over replicates; pale bars: 95 % intervals.", "重复的均值；浅色竖条：95%区间。",
    ),
    "against_note": (
        "Up: {label}. Each dot is a point; the other factors vary too.",
        "纵轴：{label}。每个圆点为一个取样点，其他因素同时在变。",
    ),
    "spread_note": (
        "Number of points. Dashed: median. The width follows from the ranges of the factors, which "
        "are assumptions; it is no forecast.",
        "取样点数。虚线：中位数。分布宽窄取决于因素的取值范围，而范围是假设；这不是预测。",
    ),
    "bar_tip": ("{low} to {high}\npoints: {n}", "{low} 至 {high}\n点数：{n}"),
    "run": ("Run", "运行"),
    "point": ("Point", "取样点"),
    "replicate": ("Replicate", "重复"),
    "seed": ("Seed", "种子"),
    "error": ("Error", "错误"),
    "runs_lead": (
        "Every run of the study: outcomes, then factors, then its place and seed. A head sorts by "
        "its column; a row opens the run.",
        "研究的每一次运行：依次为指标、因素、位置与种子。点击列标题排序，点击一行查看该次运行。",
    ),
    "columns": ("Outcomes shown", "显示的指标"),
    "add_outcome": ("Add an outcome …", "添加指标……"),
    "remove_one": ("Remove the column", "移除该列"),
    "only_failed": ("Only runs that failed", "只看出错的运行"),
    "page_of": ("{first}–{last} of {n}", "第{first}–{last}行，共{n}行"),
    "earlier": ("‹ Earlier", "‹ 上一页"),
    "later": ("Later ›", "下一页 ›"),
    "no_rows": ("No run to show.", "没有可显示的运行。"),
    "download_csv": ("Download all runs (CSV)", "下载全部运行（CSV）"),
    "too_many": (
        "{n} runs are too many for a browser to save at once. The store itself is a folder of "
        "Parquet files; or: swcmarket export STORE FILE.csv",
        "共{n}次运行，浏览器无法一次保存。存储目录本身即为Parquet文件；或运行 "
        "swcmarket export STORE FILE.csv",
    ),
    "run_title": ("Run {run}", "运行{run}"),
    "run_where": (
        "Point {point}, replicate {replicate}, seed {seed}",
        "取样点{point}，重复{replicate}，种子{seed}",
    ),
    "levels": ("Factors", "因素"),
    "outcome": ("Outcome", "指标"),
    "value": ("Value", "数值"),
    "all_outcomes": ("All outcomes", "全部指标"),
    "fewer_outcomes": ("Only those of the study", "只看研究所关注的指标"),
    "replay": ("Replay", "重放"),
    "replay_hint": (
        "Runs it again from what the store holds, and compares every number.",
        "依据存储内容重新运行，并逐个比对数值。",
    ),
    "replaying": ("Running it again …", "正在重新运行……"),
    "open_live": ("Open in Live", "在实时页打开"),
    "close": ("Close", "关闭"),
    "recorded": ("Recorded", "记录值"),
    "now": ("Now", "重放值"),
    "other_program": (
        "The store was written by version {version} with other sources: numbers may differ.",
        "该存储由版本{version}的其他源代码写成，数值可能不同。",
    ),
    "same_error": ("It raised the same error again.", "重放时出现同样的错误。"),
    "other_error": ("Recorded: {recorded}. Now: {now}.", "记录：{recorded}。本次：{now}。"),
    "no_error": ("no error", "无错误"),
    "factors_title": ("What was varied", "变动的因素"),
    "again_title": ("How to make it again", "如何重现"),
    "version": ("Version", "版本"),
    "code": ("Code", "代码"),
    "scenario": ("Base scenario", "基准情景"),
    "base_seed": ("Seed of the runs", "运行的种子"),
    "design_seed": ("Seed of the design", "设计的种子"),
    "command_report": ("Report with all figures", "含全部图表的报告"),
    "changed": (
        "The store has changed since: runs were added.", "存储已有变化：新增了运行。",
    ),
    "look_at_new": ("Analyse anew", "重新分析"),
})
