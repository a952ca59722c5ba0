"""The page Studies."""

import solara

__all__ = ["StudiesPage"]


@solara.component
def StudiesPage() -> None:  # noqa: N802
    """Nothing yet."""
    solara.Text("Studies")
