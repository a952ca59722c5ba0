"""What the model cannot tell: docs/limits.md and docs/limits.zh.md, as HTML."""

import html
import re
from collections.abc import Iterator
from pathlib import Path

from experiments.language import LANGUAGES, Language

__all__ = ["limits"]

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGES: dict[Language, Path] = {"en": DOCS / "limits.md", "zh": DOCS / "limits.zh.md"}


def _inline(text: str) -> str:
    text = html.escape(text, quote=False)
    text = re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", text)
    text = re.sub(r"`(.+?)`", r"<code>\1</code>", text)
    # A link leads out of a page that has to work alone; its words stay.
    return re.sub(r"\[(.+?)\]\(.+?\)", r"\1", text)


def _joined(lines: list[str], language: Language) -> str:
    return _inline((" " if language == "en" else "").join(line.strip() for line in lines))


def _blocks(text: str, language: Language) -> Iterator[str]:
    for block in re.split(r"\n\s*\n", text.strip()):
        lines = block.splitlines()
        # The title stands on the page already; a link alone leads to the other language.
        if lines[0].startswith("# ") or re.fullmatch(r"\[.+\]\(.+\)", block):
            continue
        if lines[0].startswith("## "):
            yield f"<h3>{_inline(lines[0][3:])}</h3>"
        elif lines[0].startswith("- "):
            items = re.split(r"^- ", block, flags=re.MULTILINE)[1:]
            told = (_joined(item.splitlines(), language) for item in items)
            yield "<ul>" + "".join(f"<li>{item}</li>" for item in told) + "</ul>"
        else:
            yield f"<p>{_joined(lines, language)}</p>"


def limits() -> str:
    """The section in both languages, from the pages of the documentation.

    Returns
    -------
    str
        HTML. Headings, paragraphs, lists, bold and code are understood, which is all they use.
    """
    parts = []
    for language in LANGUAGES:
        text = PAGES[language].read_text(encoding="utf-8")
        tag = "en" if language == "en" else "zh-CN"
        parts.append(f'<div lang="{tag}">' + "".join(_blocks(text, language)) + "</div>")
    return "".join(parts)
