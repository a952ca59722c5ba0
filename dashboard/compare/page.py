"""The page Compare."""

import solara

__all__ = ["ComparePage"]


@solara.component
def ComparePage() -> None:  # noqa: N802
    """Nothing yet."""
    solara.Text("Compare")
