"""What the model and the commands refuse, told in Chinese too; they themselves speak English."""

import re

from experiments.language import Language
from experiments.values_told import LABELS
from simulation.scenario import scenario_names

__all__ = ["plain_refusal", "refusal_told"]

_KEY = r"(?P<key>[\w.]+)"
_VALUE = r"(?P<value>.+?)"
_SET = rf"{_KEY}(?: = {_VALUE})?"
# Patterns of whole lines, the special ones first, and what they say; `set` is the key with its
# value, where there is one.
_PATTERNS: tuple[tuple[str, str], ...] = (
    (r"price_limits: floor_yuan_per_t = (?P<value>\S+) is above ceiling_yuan_per_t = "
     r"(?P<limit>\S+)\. .*",
     "最低限价{value}高于最高限价{limit}，请对调，或将最高限价设为0（不设上限）"),
    (r"(?P<group>allowance_market)\.(?P<first>\w+) = (?P<limit>\S+) is below (?P<second>\w+) = "
     r"(?P<value>\S+)\. Let prices rise.*",
     "{second}为{value}，高于{first}{limit}，各级价格须由低到高"),
    (r".*reserve_lower_t, reserve_middle_t, reserve_upper_t = \((?P<value>.+?)\) do not rise.*",
     "储备的三个阈值（{value}）须由低到高"),
    (r"administered\.price_yuan_per_t = (?P<value>\S+) is outside the price limits of "
     r"(?P<low>\S+) and (?P<limit>\S+): .*",
     "政府指导价{value}不在限价{low}至{limit}之内，将永无成交，请调整其一"),
    (r"(?P<key>eligibility\.\w+)\.\d+ = (?P<value>.+?) is the .+ of no project\. "
     r"Give one of (?P<limit>.*)\.",
     "{key}：没有项目属于{value}，可选：{limit}"),
    (r"allowance_price\.path = 'endogenous' settles each year at its own end, .* = "
     r"(?P<value>\d+)\. .*",
     "配额价格内生时每年年末清缴，清缴月份须为12，现为{value}"),
    (r"allowance_price\.path = 'endogenous' needs a regime with allowances, .*",
     "配额价格内生时须有配额制度：请选总量控制，或改用其他价格路径"),
    (r"allowance_market\.mechanism = (?P<value>\S+) has no meaning for allowances.*",
     "此定价机制不适用于配额市场，请改选，如集合竞价"),
    (r"allowance_market\.reserve_on = true takes allowances from auctions, .*",
     "市场稳定储备取自拍卖，而拍卖比例为0：请设拍卖比例，或关闭储备"),
    (r"allowance_market\.auction_share = (?P<value>\S+) with mechanism = 'mcafee' would sell .*",
     "麦卡菲拍卖会剔除最差的卖方，而拍卖中卖方即主管部门，将无法售出：请改选机制，或不拍卖"),
    (rf"{_KEY}: with expectations\.foresight = 'perfect' .*",
     "本情景中主体预知一切变动，因此不能手动调整（expectations.foresight = 'perfect'）"),
    (rf"{_KEY}: the run is over\..*", "运行已结束，不能再调整{key}"),
    (rf"{_KEY}: this future has stopped for a fault\. .*",
     "运行已中止：请从较早月份继续，或重置"),
    (rf"{_SET} is above (?P<limit>\S+?)\. Give .*", "{set} 超过上限 {limit}"),
    (rf"{_SET} is below (?P<limit>\S+?)\. Give .*", "{set} 低于下限 {limit}"),
    (rf"{_SET} is not a number\..*", "{set} 不是数字，请输入不带引号的数"),
    (rf"{_SET} is (?:no number|not a finite number)\..*", "{set} 不是数字"),
    (rf"{_SET} is not a whole number\..*", "{set} 不是整数"),
    (rf"{_SET} is neither true nor false\..*", "{set} 应为 true 或 false"),
    (rf"{_SET} is unknown\. Give one of (?P<limit>.*?)\.?",
     "{set} 不在可选之列：{limit}"),
    (rf"{_SET} is not a list\..*", "{set} 应为列表，写成 [\"甲\", \"乙\"]"),
    (rf"{_SET}: is no whole number of fen\..*", "{set} 应为0.01的整数倍"),
    (rf"{_SET}: not a month of the years (?P<low>\d+) to (?P<limit>\d+).*",
     "{set} 不在{low}至{limit}年之间"),
    (rf"{_SET}: not a month; the second number .*", "{set} 不是月份，月须为01至12"),
    (rf"{_SET}: not a month.*", "{set} 不是月份，请写成 YYYY-MM，例如 2024-01"),
    (r"trading_units\.tick_yuan_per_t = (?P<value>\S+) leaves no price between \S+ = "
     r"(?P<low>\S+) and \S+ = (?P<limit>\S+)\. .*",
     "最小变动价位{value}过大，{low}与{limit}之间没有可用价格"),
    (r"events\.\d+\.effective = (?P<value>\S+) is before its announcement in (?P<limit>\S+)\. .*",
     "生效月份{value}早于公布月份{limit}，请对调"),
    (r"(?P<value>'[^']*') is not a lever: .*", "{value} 不是政策变量，不能变动"),
    (r"(?P<value>.+?): lies outside .*", "{value} 不在结果目录之内"),
    (r"(?P<value>'[^']*') is not a lever\.", "没有政策变量 {value}"),
    (r"move = (?P<value>.+?) is no move of a lever\. .*",
     "move = {value} 不是政策调整，请写成 YYYY-MM:参数=值"),
    (r"(?:set |set: )?(?P<value>.*?): no KEY=VALUE\..*", "{value} 应写成 参数=值"),
    (rf"{_KEY} cannot be set by an address\. .*", "{key} 不能由地址设定，请用情景文件"),
    (r"(?P<value>.+?): there is no store of a study here\. .*", "没有研究结果 {value}"),
    (r"(?P<value>.+?): holds no run (?P<limit>\d+)\.", "研究结果 {value} 中没有第{limit}次运行"),
)
_KNOWN = tuple((re.compile(pattern, re.DOTALL), told) for pattern, told in _PATTERNS)
_LATER = re.compile(
    rf"{_KEY} = {_VALUE} does not go with what comes later: (?P<why>.*)", re.DOTALL
)
_PREFIX = re.compile(rf"(?:events\.\d+\.set(?:\.[\w.]+)?|{'|'.join(scenario_names())}): ")
_NUMBER = re.compile(r"(?<=\d)\.0(?!\d)")


def plain_refusal(text: str) -> str:
    """A line of refusal without what only files have: the place of an event, a scenario's name.

    Parameters
    ----------
    text : str

    Returns
    -------
    str
    """
    return re.sub(r"\.{2,}$", ".", _PREFIX.sub("", text.strip()))


def refusal_told(text: str, language: Language) -> str:
    """A line of refusal in a language.

    Parameters
    ----------
    text : str
        In English, as the model says it, without the part that says where it was given.
    language : {"en", "zh"}

    Returns
    -------
    str
        In Chinese where the line is of a known kind; as it was otherwise.
    """
    if language == "en":
        return text
    text = plain_refusal(text)
    later = _LATER.fullmatch(text)
    if later:
        why = refusal_told(later["why"], language)
        return f"{_named(later['key'])}不能改为{later['value']}，与此后的变动不相容：{why}"
    line = f"{text.removesuffix('.')}."
    for pattern, told in _KNOWN:
        found = pattern.fullmatch(line)
        if found:
            parts = {name: value or "" for name, value in found.groupdict().items()}
            group = parts.pop("group", "")
            for name in ("first", "second"):
                if name in parts:
                    parts[name] = _named(f"{group}.{parts[name]}", short=True)
            if "key" in parts:
                parts["key"] = parts["set"] = _named(parts["key"])
                if parts.get("value"):
                    parts["set"] += f" = {parts['value']}"
            if parts.get("limit"):
                parts["limit"] = parts["limit"].replace(" or ", "、").replace(", ", "、")
            return _NUMBER.sub("", told.format(**parts)).replace("） ", "）") + "。"
    return text


def _named(key: str, *, short: bool = False) -> str:
    label = LABELS.get(key, ("", ""))[1]
    if not label:
        return key
    return label if short else f"{label}（{key}）"
