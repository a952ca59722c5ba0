"""English and Chinese, equally: what the pages say."""

import re
from collections.abc import Mapping

from experiments.language import Language, pick

__all__ = ["COMMON", "Words", "with_minus"]

# Not the hyphen of a date, a range or an exponent.
_NEGATIVE = re.compile(r"(?<![\w.])-(?=[\d.])")


class Words:
    """Texts of one part of the dashboard, by key.

    Parameters
    ----------
    texts : mapping
        Key to (English, Chinese), both with the same fields in braces.
    """

    def __init__(self, texts: Mapping[str, tuple[str, str]]) -> None:
        self.texts = dict(texts)

    def __call__(self, key: str, language: Language, **values: object) -> str:
        """One text, its fields filled in.

        Raises
        ------
        KeyError
            When there is no such text: a mistake of ours, which a test looks for.
        """
        return pick(*self.texts[key], language).format(**values)

    def all_in(self, language: Language) -> dict[str, str]:
        """Every text without fields, for a part that is drawn in the browser."""
        return {
            key: pick(*pair, language) for key, pair in self.texts.items() if "{" not in pair[0]
        }


COMMON = Words({
    "title": (
        "Market laboratory for soil-and-water conservation credits", "水土保持碳汇市场实验室",
    ),
    "short_title": ("swcmarket", "水保碳汇市场"),
    "live": ("Live", "实时"),
    "compare": ("Compare", "比较"),
    "studies": ("Studies", "研究"),
    "claims": ("Claims", "论断"),
    "share": ("Share", "分享"),
    "pages": ("Pages", "页面"),
    "other_language": ("中文", "English"),
    "other_language_label": ("切换到中文", "Switch to English"),
    "to_dark": ("Dark", "深色"),
    "to_light": ("Light", "浅色"),
    "close": ("Close", "关闭"),
    "save_png": ("Save as PNG", "保存为PNG"),
    "download": ("Download", "下载"),
    "unknown_page": (
        "There is no page {path}. Here is Live; the others are named above.",
        "没有页面 {path}。现显示“实时”页，其他页面见上方。",
    ),
    "went_wrong": ("This part could not be shown", "此部分无法显示"),
    "went_wrong_hint": (
        "The rest of the page goes on. Reload the page, or take another scenario; if it happens "
        "again, please report this line.",
        "页面其余部分不受影响。请刷新页面或更换情景；若再次出现，请报告以下信息。",
    ),
})


def with_minus(text: str) -> str:
    """A text in which negative numbers have a true minus, as on every page; files keep a hyphen."""
    return _NEGATIVE.sub("−", text)
