"""A fault in one part becomes a line in its place; the page and the server go on."""

import logging
from collections.abc import Callable

import solara

from dashboard.desk import language
from dashboard.texts import COMMON

__all__ = ["Guard", "Notice"]

LOG = logging.getLogger("swcmarket.dashboard")


@solara.component
def Notice(  # noqa: N802
    text: str, kind: str = "note", on_close: Callable[[], None] | None = None
) -> None:
    """A line that says something, and may be closed.

    Parameters
    ----------
    text : str
    kind : {"note", "error"}
    on_close : callable, optional
        Gives the line a button.
    """
    with solara.Div(classes=["swc-notice", f"swc-{kind}"], attributes={
        "role": "alert" if kind == "error" else "status",
    }):
        solara.Div(children=[text], classes=["swc-notice-text"])
        if on_close is not None:
            solara.Button(
                COMMON("close", language.value), on_click=on_close, text=True,
                classes=["swc-quiet"],
            )


@solara.component
def Guard(part: Callable[[], solara.Element]) -> None:  # noqa: N802
    """A part of a page, or a line that says why it is not there.

    Parameters
    ----------
    part : component without arguments
    """
    fault, clear = solara.use_exception()
    if fault is None:
        part()
        return
    LOG.error("a part of the page could not be shown", exc_info=fault)
    with solara.Div(classes=["swc-fault"], attributes={"role": "alert"}):
        solara.HTML("h2", unsafe_innerHTML=COMMON("went_wrong", language.value))
        solara.Text(COMMON("went_wrong_hint", language.value))
        solara.Preformatted(f"{type(fault).__name__}: {fault}")
        solara.Button("↻", on_click=clear, classes=["swc-quiet"])
