"""Link and files of the run."""

from typing import Any

import solara

from dashboard import desk
from dashboard.live import desk as live_desk
from dashboard.live.files import deals_text, file_name, monthly_text, saved_scenario
from dashboard.live.parts import ShareBar
from dashboard.live.session import Session
from dashboard.live.words import packed_words
from experiments.language import Language

__all__ = ["Sharing"]


@solara.component
def Sharing(session: Session, language: Language, refresh: Any) -> None:  # noqa: ANN401, N802
    """Link and files."""

    def save(what: object) -> None:
        player = session.player
        name = file_name(session)
        if what == "address":
            live_desk.address.value = session.address()
        elif what == "scenario":
            desk.offer_download(f"{name}.toml", saved_scenario(session), "application/toml")
        elif what == "monthly":
            desk.offer_download(f"{name}-monthly.csv", monthly_text(player))
        elif what == "deals":
            desk.offer_download(f"{name}-deals.csv", deals_text(player))

    ShareBar(
        words_json=packed_words(language),
        event_saved=save,
    )
