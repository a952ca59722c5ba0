"""What studies say, in English and Chinese."""

from experiments.language import LANGUAGES, Language
from experiments.study.analysis_words import ANALYSIS

__all__ = ["tell"]

_TEXTS: dict[str, tuple[str, str]] = {
    **ANALYSIS,
    "design": ("Design", "试验设计"),
    "factors": ("Factors", "因素数"),
    "points": ("Points", "取样点数"),
    "replicates": ("Replicates", "重复次数"),
    "runs": ("Runs", "运行次数"),
    "time": ("Time", "预计时间"),
    "disk": ("Disk", "磁盘占用"),
    "grid": ("grid", "网格"),
    "list": ("list of points", "列表"),
    "latin_hypercube": ("Latin hypercube", "拉丁超立方"),
    "sobol": ("Sobol", "Sobol序列"),
    "morris": ("Morris", "Morris轨迹"),
    "crossed": ("levers crossed with uncertain futures", "政策变量×不确定未来"),
    "search": ("multi-objective search", "多目标搜索"),
    "seconds": ("{n} s", "{n}秒"),
    "minutes": ("{n} min", "{n}分钟"),
    "hours": ("{n} h", "{n}小时"),
    "with_workers": ("about {time} with {n} processes", "{n}个进程约{time}"),
    "tried": ("From {n} runs tried, {a} ms each.", "依据{n}次试运行估算，每次{a}毫秒。"),
    "tried_failed": (" {n} of them raised an error.", "其中{n}次出错。"),
    "ran": (
        "{n} runs in {time}: {rate} a second with {workers} processes, {share} of their time not "
        "in the model.",
        "完成{n}次运行，用时{time}：{workers}个进程，每秒{rate}次，非模型时间占{share}。",
    ),
    "nothing_missing": ("Nothing was missing.", "没有待运行的内容。"),
    "losses": (
        "Processes were ended from outside {n} times; their runs were done again.",
        "有{n}次进程被外部终止，相应运行已重做。",
    ),
    "failures": (
        "{n} runs raised an error: {folder}/failures, one row each. `swcmarket replay` shows one; "
        "`--retry` tries them again.",
        "{n}次运行出错，见{folder}/failures，每次一行。可用 `swcmarket replay` 查看，"
        "`--retry` 重试。",
    ),
    "other_program": (
        "the store was written by version {version} with other sources: numbers may differ.",
        "该存储由版本 {version} 的其他源代码写成，数值可能不同。",
    ),
    "written_to": ("Written to {folder}", "结果已写入 {folder}"),
    "replay_of": (
        "Run {run} of {study}: point {point}, replicate {replicate}, seed {seed}",
        "{study} 第{run}次运行：取样点{point}，重复{replicate}，种子{seed}",
    ),
    "error_was": ("Recorded: {error}", "记录的错误：{error}"),
    "error_again": ("It raised the same error.", "重放时出现同样的错误。"),
    "error_differs": ("Now: {error}", "本次：{error}"),
    "none": ("no error", "无错误"),
    "same_numbers": (
        "All {n} numbers are the same to the last bit.", "全部{n}个数值逐位相同。"
    ),
    "other_numbers": (
        "{n} of {of} numbers are not those recorded.", "{of}个数值中有{n}个与记录不同。"
    ),
    "outcome": ("Outcome", "指标"),
    "recorded": ("Recorded", "记录值"),
    "found_now": ("Now", "重放值"),
    "store_is": ("The runs are in {folder}.", "结果存于 {folder}。"),
}


def tell(key: str, language: Language, **values: object) -> str:
    """A text in one language, its gaps filled."""
    return _TEXTS[key][LANGUAGES.index(language)].format(**values)
