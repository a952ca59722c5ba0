"""What the page Compare says."""

from dashboard.texts import Words

__all__ = ["TEXTS"]

TEXTS = Words({
    "heading": ("Compare variants with the same luck", "以相同随机种子比较方案"),
    "lead": (
        "Each replicate runs every variant with one seed: the same weather, buyers and costs. What "
        "differs between variants then comes from their rules. The first is what the others are "
        "held against.",
        "每次重复以同一随机种子运行全部方案：天气、买方与成本都相同，方案之间的差别只来自规则。"
        "其余方案均与第一个方案对照。",
    ),
    "opening": (
        "Four policies for Chinese counties are chosen: voluntary demand only; eligibility for "
        "national compliance; a purchase quota in three provinces; and both. Press Run: the answer "
        "is there in a second or two.",
        "已选好中国县域的四种政策：仅自愿需求；可用于全国碳市场履约；三省强制购买；两者并行。"
        "点击“运行”，一两秒后即有结果。",
    ),
    "opening_named": (
        "Chosen: {names}. Press Run: the answer is there in some seconds.",
        "已选：{names}。点击“运行”，数秒后即有结果。",
    ),
    "opening_many": (
        "{n} variants are chosen. Press Run: the answer is there in some seconds.",
        "已选 {n} 个方案。点击“运行”，数秒后即有结果。",
    ),
    "variants": ("Variants", "方案"),
    "base": ("base", "基准"),
    "scenario": ("Scenario", "情景"),
    "rule": ("Pricing rule", "定价机制"),
    "own_rule": ("As in the scenario: {rule}", "按情景设定：{rule}"),
    "remove": ("Remove", "移除"),
    "add": ("Add a variant", "添加方案"),
    "all_rules": ("All nine pricing rules of", "全部九种定价机制："),
    "use_rules": ("Take", "采用"),
    "live_run": ("Your live run", "您的实时运行"),
    "shipped": ("Scenarios", "情景"),
    "future_one": ("Live run", "实时运行"),
    "future_a": ("Live run, future A", "实时运行，未来甲"),
    "future_b": ("Live run, future B", "实时运行，未来乙"),
    "future_unmoved": ("Live run without your levers", "实时运行，不含您的调整"),
    "future_without": ("Live run without the rule of {month}", "实时运行，不含{month}的规则变动"),
    "with_rule": ("with the rule from {month}: {rules}", "含{month}起的规则变动：{rules}"),
    "without_rule": ("without the rule from {month}: {rules}", "不含{month}起的规则变动：{rules}"),
    "in_steps": ("{rules}, in {steps} steps", "{rules}，分{steps}步"),
    "rule_from": ("{month}: {rule}", "{month}：{rule}"),
    "differ_from": ("{month}: rules begin to differ", "{month}：规则开始不同"),
    "since_price": ("Price since {month}", "{month}以来成交均价"),
    "since_price_meaning": (
        "Mean price of all deals since {month}, weighted by volume: before, the rules of the "
        "variants are the same.",
        "{month}以来全部成交的均价（按成交量加权）；此前各方案规则相同。",
    ),
    "since_volume": ("Traded since {month}", "{month}以来成交量"),
    "since_volume_meaning": (
        "Credits traded since {month}: before, the rules of the variants are the same.",
        "{month}以来成交的碳信用量；此前各方案规则相同。",
    ),
    "no_moves": ("no lever moved by hand", "没有手动调整"),
    "pair_fork": ("The two futures of the live run (A, B)", "实时运行的两个未来（甲、乙）"),
    "pair_levers": ("The live run, without and with your levers", "实时运行，不含与含您的调整"),
    "pair_rule": (
        "The live run, without and with its latest rule", "实时运行，不含与含最近的规则变动",
    ),
    "first_ones": ("The four policies", "四种政策"),
    "replicates": ("Replicates, 1 to 60", "重复次数（1至60）"),
    "seed": ("Base seed", "基础随机种子"),
    "run": ("Run", "运行"),
    "stop": ("Stop", "停止"),
    "progress": ("Progress", "进度"),
    "preparing": ("Preparing {total} runs", "正在准备 {total} 次运行"),
    "compiling": (
        "Compiling the model: a few minutes, once after a change",
        "正在编译模型：每次修改后一次，需数分钟",
    ),
    "going": (
        "{done} of {total} runs · {rate} a second · {left} s left",
        "{done}/{total} 次运行 · 每秒 {rate} 次 · 剩余 {left} 秒",
    ),
    "ended": ("{done} runs in {seconds} s", "{done} 次运行，用时 {seconds} 秒"),
    "stopped": (
        "Stopped: {done} of {total} runs; complete replicates are shown",
        "已停止：{done}/{total} 次运行；显示已完成的重复",
    ),
    "bad_replicates": (
        "Replicates {given!r}: give a whole number from 1 to {most}.",
        "重复次数“{given}”无效：请输入1至{most}的整数。",
    ),
    "bad_seed": (
        "Base seed {given!r}: give a whole number from 0 to {most}.",
        "基础随机种子“{given}”无效：请输入0至{most}的整数。",
    ),
    "too_many": (
        "{variants} variants of {replicates} replicates are {runs} runs, and one visitor may have "
        "{most} at a time: give at most {fit} replicates, or use `swcmarket compare`.",
        "{variants} 个方案各 {replicates} 次重复共 {runs} 次运行，每位访问者一次最多 {most} 次："
        "请将重复次数降至 {fit} 以内，或使用命令 swcmarket compare。",
    ),
    "too_few": ("Choose two variants or more.", "请至少选择两个方案。"),
    "too_wide": (
        "{given} variants: at most {most} fit a page. Take some out.",
        "{given} 个方案：一页最多 {most} 个，请移除一些。",
    ),
    "same": (
        "{one} and {other} have the same rules so far: what differs would be nothing. Move a lever "
        "in one of them in Live, or choose another variant.",
        "“{one}”与“{other}”目前规则完全相同，无差别可比：请在“实时”页调整其中一个的变量，或另选方案。",
    ),
    "in_currency": ("{places} in {currency}", "{places}以{currency}计价"),
    "currencies": (
        "Amounts of money are in several currencies (variant {named}): their differences would "
        "mean nothing. Choose scenarios of one currency.",
        "各方案币种不同（方案{named}），金额之差没有意义：请选择同一币种的情景。",
    ),
    "twice": (
        "{name} with {rule} stands twice, with nothing different. Take one out or change its rule.",
        "“{name}，{rule}”出现了两次且没有差别，请移除一个或更换定价机制。",
    ),
    "unknown_choice": ("There is no {what}.", "不存在“{what}”。"),
    "no_future": (
        "This variant is a future of a live run that is not there any more, or belongs to another "
        "tab. Choose another one, or fork the run in Live and come back.",
        "该方案是某次实时运行的一个未来，已不存在或属于其他标签页：请另选方案，或在“实时”页分叉后再来。",
    ),
    "no_fork": (
        "The live run in this tab has one future only. Open Live, press “Fork here”, move a lever "
        "in one of the two, and come back.",
        "本标签页的实时运行只有一个未来：请在“实时”页点击“在此分叉”，调整其中一个的变量，然后返回。",
    ),
    "no_levers": (
        "No lever was moved by hand in the live run of this tab. Open Live, move one, and come "
        "back.",
        "本标签页的实时运行没有手动调整：请在“实时”页调整变量，然后返回。",
    ),
    "no_rule": (
        "No rule has changed yet in the live run of this tab. Open Live, play on or move a lever, "
        "and come back.",
        "本标签页的实时运行尚无规则变动：请在“实时”页继续播放或调整变量，然后返回。",
    ),
    "failed": ("The comparison stopped: {text}", "比较中止：{text}"),
    "changed": (
        "The choices above have changed since; Run shows them.",
        "上方的选择此后有改动，点击“运行”更新结果。",
    ),
    "results": (
        "Over all months, {first} to {last}: {replicates} replicates, base seed {seed}",
        "全部月份，{first}至{last}：{replicates}次重复，基础随机种子{seed}",
    ),
    "results_once": (
        "Over all months, {first} to {last}: 1 replicate, base seed {seed}",
        "全部月份，{first}至{last}：1次重复，基础随机种子{seed}",
    ),
    "results_since": (
        "; the first two rows since {month}, when the rules begin to differ",
        "；前两行自{month}起，此时规则开始不同",
    ),
    "outcomes": ("Outcomes", "主要指标"),
    "outcome": ("Outcome", "指标"),
    "note": (
        "Mean over {n} replicates ± half its 95 % interval; below it the paired difference to the "
        "first variant, with a star where its interval excludes zero. Intervals are Monte Carlo "
        "error, not uncertainty about the world.",
        "{n} 次重复的均值 ± 95%置信区间半宽；下一行为与第一个方案的配对差异，星号表示区间不含零。"
        "区间只反映蒙特卡洛误差，不代表对现实的不确定性。",
    ),
    "note_once": (
        "One replicate; below it the difference to the first variant. Without an interval nothing "
        "can be told apart: run more replicates.",
        "只有一次重复；下一行为与第一个方案之差。没有置信区间，无从判断差异，请增加重复次数。",
    ),
    "interval": ("95 % interval: {low} to {high}", "95%置信区间：{low} 至 {high}"),
    "of_pairs": ("{n} of {all} replicates have a value", "{all} 次重复中 {n} 次有值"),
    "few": ("{n} of {all} runs", "{all}次中{n}次有值"),
    "meanings": ("What each outcome means", "各指标的含义"),
    "sideways": ("More columns: scroll the table sideways →", "表格可左右滑动，右侧还有更多列 →"),
    "fans": ("Months and years", "逐期走势"),
    "fan_note": (
        "Line: median over replicates. Dark band: the middle 50 %; light band: the middle 90 %.",
        "线：各次重复的中位数；深色带：中间50%；浅色带：中间90%。",
    ),
    "fan_note_crowded": (
        "Line: median over replicates. Band: the middle 50 %; a panel each shows the middle 90 % "
        "as well.",
        "线：各次重复的中位数；色带：中间50%。选择“分图”还可看中间90%。",
    ),
    "layout": ("Layout", "布局"),
    "overlaid": ("Overlaid", "叠加"),
    "panels": ("A panel each", "分图"),
    "by": ("Time step", "时间单位"),
    "month": ("Months", "月"),
    "year": ("Years", "年"),
    "shown": ("Shown", "显示"),
    "price_month": (
        "{unit}; only months with trade. Dots: fewer than half of the replicates trade",
        "{unit}；仅含有成交的月份。圆点：不足一半的重复有成交",
    ),
    "price_year": (
        "{unit}, weighted by volume; only whole years with trade. Dots: fewer than half of the "
        "replicates trade",
        "{unit}，按成交量加权；仅含有成交的完整年份。圆点：不足一半的重复有成交",
    ),
    "cut": ("; bands are cut off, the highest reaches {peak}", "；色带上端截断，最高达 {peak}"),
    "volume_month": ("{unit} a month", "{unit}/月"),
    "volume_year": ("{unit} a year, whole calendar years", "{unit}/年，仅完整年份"),
    "end_month": ("{unit}, at the end of the month", "{unit}，月末值"),
    "end_year": ("{unit}, at the end of the year", "{unit}，年末值"),
    "share": ("How often there is trade", "有成交的可能性"),
    "share_note": (
        "Percent of replicates with a deal in that period: where it is low, the price rests on few "
        "runs.",
        "该期有成交的重复所占百分比；占比低处，价格只依据少数运行。",
    ),
    "all_trade": (
        "Every variant trades in at least {low} % of replicates throughout.",
        "各方案全程至少有 {low}% 的重复有成交。",
    ),
    "never": (
        "No variant trades: there is no price to show.", "各方案均无成交，没有价格可显示。",
    ),
    "median": ("median", "中位数"),
    "low": ("5 %", "5%"),
    "high": ("95 %", "95%"),
    "save_table": ("Outcomes as CSV", "指标CSV"),
    "save_series": ("Series as CSV", "走势CSV"),
    "notes": ("Worth knowing", "提示"),
})
