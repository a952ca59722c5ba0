"""The page Claims."""

import solara

__all__ = ["ClaimsPage"]


@solara.component
def ClaimsPage() -> None:  # noqa: N802
    """Nothing yet."""
    solara.Text("Claims")
