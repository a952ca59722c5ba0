"""Values of parameters in words: shares as per cent, choices by name, money with its unit."""

from agents.parameters import Declaration, month_text
from experiments.agent_columns_words import place_in
from experiments.language import Language, pick
from experiments.terms import RULE_NAMES
from simulation.scenario import declared

__all__ = [
    "CHOICES", "LABELS", "choice_word", "is_share", "name_word", "percent_told", "price_told",
    "rule_told", "rules_joined", "share_unit", "unit_word", "value_told",
]

DECLARED: dict[str, Declaration] = {item.key: item for item in declared()}
LABELS = {key: (item.label, item.label_zh) for key, item in DECLARED.items()}
CHOICES: dict[str, tuple[str, str]] = {
    **RULE_NAMES,
    "pro_rata": ("pro rata", "按比例"),
    "time": ("by time", "时间优先"),
    "queue": ("queue", "排队"),
    "lottery": ("lottery", "摇号"),
    "bid": ("the bid", "买价"),
    "ask": ("the ask", "卖价"),
    "midpoint": ("midpoint", "中间价"),
    "first_price": ("first price, sealed", "一价密封"),
    "second_price": ("second price, sealed", "二价密封"),
    "ascending": ("ascending", "加价"),
    "uniform": ("uniform price", "统一价"),
    "out": ("stay out", "不参与"),
    "pool": ("buffer pool", "缓冲池"),
    "seller": ("seller", "卖方"),
    "buyer": ("buyer", "买方"),
    "cap": ("cap, intensity-based allocation", "总量控制（按强度分配）"),
    "absolute": ("cap, absolute allocation", "总量控制（绝对配额）"),
    "tax": ("carbon tax", "碳税"),
    "neutralisation": ("neutralisation duty", "中和义务"),
    "none": ("none", "无"),
    "multiple": ("multiple of the price", "价格倍数"),
    "fixed": ("fixed", "固定金额"),
    "unlimited": ("unlimited", "不限"),
    "national": ("national rule", "全国规则"),
    "soil_and_water": ("soil and water conservation", "水土保持"),
}
TEN = 9.995
MOST_RULES = 3
MONEY = {
    "yuan": ("yuan", "元"), "USD": ("USD", "美元"), "EUR": ("EUR", "欧元"), "AUD": ("AUD", "澳元"),
}
UNITS = {
    "t": "吨", "months": "个月", "rounds": "轮", "years": "年", "1/year": "/年", "t/year": "吨/年",
    "standard errors": "标准误", "of the allowance price": "倍配额价格",
    "month of the year": "月", "of net sales": "倍净卖出量",
    "year": "年", "lots": "笔", "credits": "个碳信用", "partners": "个对手", "firms": "家企业",
}
# Rules that read better as a statement than as a label with a value.
STATEMENTS: dict[tuple[str, object], tuple[str, str]] = {
    ("compliance.eligible", True): (
        "credits count for compliance", "碳信用可用于履约",
    ),
    ("compliance.eligible", False): (
        "credits do not count for compliance", "碳信用不可用于履约",
    ),
}


def choice_word(choice: str, language: Language) -> str:
    """A choice of a parameter for people.

    Parameters
    ----------
    choice : str
    language : {"en", "zh"}

    Returns
    -------
    str
    """
    english = choice.replace("_", " ")
    return pick(*CHOICES.get(choice, (english, english)), language)


def name_word(name: str, language: Language) -> str:
    """A credit class or a province for people.

    Parameters
    ----------
    name : str
    language : {"en", "zh"}

    Returns
    -------
    str
    """
    return choice_word(name, language) if name in CHOICES else place_in(name, language)


def is_share(key: str) -> bool:
    """Whether a parameter is told in per cent: a share from 0 to 1 at most, or a rate of a year.

    Parameters
    ----------
    key : str

    Returns
    -------
    bool
    """
    item = DECLARED.get(key)
    if item is None or not isinstance(item.default, float) or item.low is None:
        return False
    unit, high = item.unit.partition(",")[0], item.high
    # A price that falls by 5 % a year grows by -5 %.
    least = {"1": 0.0, "1/year": -1.0}.get(unit)
    if least is None or high is None or high > 1:
        return False
    return item.low == 0 if unit == "1" else item.low >= least


def share_unit(key: str, language: Language) -> str:
    """Unit of a share told in per cent.

    Parameters
    ----------
    key : str
    language : {"en", "zh"}

    Returns
    -------
    str
    """
    yearly = DECLARED[key].unit.startswith("1/year")
    return pick("% a year", "%/年", language) if yearly else "%"


def price_told(price: float) -> str:
    """A price with as many digits as tell it: two below ten, one from there on.

    Parameters
    ----------
    price : float

    Returns
    -------
    str
    """
    return f"{price:,.2f}" if abs(price) < TEN else f"{price:,.1f}"


def value_told(key: str, value: object, currency: str, language: Language) -> str:
    """A value of a parameter for people.

    Parameters
    ----------
    key : str
        Dotted.
    value : object
    currency : str
        Of the scenario.
    language : {"en", "zh"}

    Returns
    -------
    str
    """
    item = DECLARED.get(key)
    if isinstance(value, bool):
        return pick("yes", "是", language) if value else pick("no", "否", language)
    if isinstance(value, (list, tuple)):
        names = [name_word(str(each), language) for each in value]
        return pick(", ", "、", language).join(names) or pick("none", "无", language)
    if item is not None and item.unit == "month" and isinstance(value, int):
        return month_text(value)
    if not isinstance(value, (int, float)):
        return choice_word(str(value), language)
    if value == 0 and item is not None and item.unit.endswith("0 for none"):
        return pick("none", "无", language)
    if is_share(key):
        return f"{value * 100:.6g}{'' if language == 'zh' else ' '}{share_unit(key, language)}"
    number = f"{value:,}" if isinstance(value, int) else f"{value:,.6g}"
    unit = item.unit.partition(",")[0] if item is not None else "1"
    word = unit_word(unit, language, currency)
    space = "" if language == "zh" else " "
    return f"{number}{space}{word}" if word else number


def percent_told(share: float, language: Language) -> str:
    """A share in whole per cent.

    Parameters
    ----------
    share : float
    language : {"en", "zh"}

    Returns
    -------
    str
    """
    return f"{share * 100:.0f}%" if language == "zh" else f"{share * 100:.0f} %"


def rules_joined(told: list[str], language: Language) -> str:
    """Changes of rules in one line, the first few of many.

    Parameters
    ----------
    told : list of str
        As `rule_told` says them.
    language : {"en", "zh"}

    Returns
    -------
    str
    """
    text = pick("; ", "；", language).join(told[:MOST_RULES])
    more = len(told) - MOST_RULES
    if more > 0:
        text += pick(f"; and {more} more", f"等{len(told)}项", language)
    return text


def unit_word(unit: str, language: Language, currency: str = "yuan") -> str:
    """A unit for people; what follows a comma explains it.

    Parameters
    ----------
    unit : str
        As declared, with ``yuan`` for money.
    language : {"en", "zh"}
    currency : str
        Of the scenario.

    Returns
    -------
    str
        Empty for a number without a unit.
    """
    plain, _, more = unit.partition(", ")
    plain = "t" if plain == "t covered per credit" else plain
    english = chinese = "" if plain in ("1", "name", "month") else plain
    if "yuan" in plain:
        word, word_zh = MONEY.get(currency, (currency, currency))
        english = plain.replace("yuan", word)
        chinese = plain.replace("yuan", word_zh).replace("/t per t", "/吨·吨").replace("/t", "/吨")
    chinese = UNITS.get(plain, chinese)
    if more == "0 for none":
        english = f"{english}, 0: none".strip(", ")
        chinese = f"{chinese}，0：无".strip("，")
    return pick(english, chinese, language) if english else ""


def rule_told(
    key: str, before: object, value: object, currency: str, language: Language
) -> str:
    """A rule that changes, in words.

    Parameters
    ----------
    key : str
        Dotted.
    before, value : object
    currency : str
    language : {"en", "zh"}

    Returns
    -------
    str
        Without a capital and without a full stop: "offset limit 5 % → 10 %".
    """
    if isinstance(value, bool) and (key, value) in STATEMENTS:
        return pick(*STATEMENTS[key, value], language)
    label = pick(*LABELS.get(key, (key, key)), language)
    if before == value:
        return f"{label} {value_told(key, value, currency, language)}"
    return (
        f"{label} {value_told(key, before, currency, language)} → "
        f"{value_told(key, value, currency, language)}"
    )
