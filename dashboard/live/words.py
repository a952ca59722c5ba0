"""Texts of the page Live for the parts that are drawn in the browser."""

from functools import lru_cache

from dashboard.live.texts import SAY
from dashboard.parts.chart import packed
from dashboard.texts import COMMON
from experiments.language import Language

__all__ = ["packed_words"]


@lru_cache(maxsize=4)
def packed_words(language: Language) -> str:
    """Texts without fields, packed once.

    Parameters
    ----------
    language : {"en", "zh"}

    Returns
    -------
    str
    """
    return packed({**SAY.all_in(language), "share_title": COMMON("share", language)})
