"""The story of a run, read from its journal: who did what, in which month."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from agents.parameters import month_text
from agents.vocabulary import Account, Entry, Purpose
from experiments.language import Language, say
from experiments.names import agent_name
from simulation.phases.public import GOVERNMENT_ID
from simulation.results import Run
from simulation.state import Clock

__all__ = ["Moment", "story"]


class Moment(NamedTuple):
    """Something that happened.

    Attributes
    ----------
    month : str
        ``YYYY-MM``.
    text : str
    """

    month: str
    text: str


def story(run: Run, language: Language) -> list[Moment]:
    """What happened in a run, in order.

    Parameters
    ----------
    run : Run
    language : {"en", "zh"}

    Returns
    -------
    list of Moment
    """
    moments = list(_treatments(run, language))
    for entry in (line for lines in run.world.journal_chunks() for line in lines):
        moments += [Moment(month_text(entry.month), text) for text in _told(run, entry, language)]
    return sorted(moments, key=lambda moment: moment.month)


def _treatments(run: Run, language: Language) -> Iterator[Moment]:
    state = run.world.state
    stands = state.stands[: state.clock[Clock.STANDS]]
    for row, name in enumerate(run.world.people.projects):
        own = stands[stands.project == row]
        for month in np.unique(own.treated_month):
            area = float(own.area_ha[own.treated_month == month].sum())
            yield Moment(month_text(month), say(
                "treated", language, project=agent_name(name, language), area=area,
            ))


def _told(run: Run, entry: np.record, language: Language) -> Iterator[str]:
    state, people = run.world.state, run.world.people
    sellers = {int(account): row for row, account in enumerate(state.projects.account)}
    kind = Entry(int(entry.entry))
    if kind == Entry.VERIFICATION_FEE:
        row = sellers[int(entry.debit)]
        asked = _verification(run, row, "asked_month", entry.month)
        yield say(
            "asked", language, project=agent_name(people.projects[row], language),
            pending=asked.removed_t, soil=asked.soil_t / asked.removed_t, fee=asked.fee_fen / 100,
        )
    elif kind == Entry.ISSUE and int(entry.credit) in sellers:
        row = sellers[int(entry.credit)]
        asked = _verification(run, row, "issued_month", entry.month)
        yield say(
            "issue", language, project=agent_name(people.projects[row], language),
            tonnes=int(entry.amount), first=int(entry.serial),
            last=int(entry.serial + entry.amount - 1), start=month_text(asked.vintage_start),
            end=month_text(asked.vintage_end),
        )
    elif kind == Entry.OFFER:
        row = sellers[int(entry.debit)]
        deals = _deals_of(run, row, entry.month)
        if len(deals):
            yield say(
                "offer", language, project=agent_name(people.projects[row], language),
                tonnes=int(entry.amount), price=deals[0].ask_fen / 100,
            )
    elif kind == Entry.PAYMENT:
        buyer, name = GOVERNMENT_ID, say("government", language)
        if entry.debit != Account.TREASURY:
            row = int(entry.debit) - (len(state.ledger.fen) - len(people.firms))
            buyer = int(state.firms.agent_id[row])
            name = agent_name(people.firms[row], language)
        tonnes, price = _paid(run, entry, buyer)
        yield say(
            "deal", language, buyer=name, tonnes=tonnes, price=price / 100,
            value=tonnes * price / 100,
        )
    elif kind == Entry.EARMARK:
        yield say(
            "earmark", language, value=entry.amount / 100,
            project=agent_name(people.projects[sellers[int(entry.debit)]], language),
        )
    elif kind == Entry.RETIRE:
        owner = int(entry.credit) - (len(state.ledger.fen) - len(people.firms))
        yield say(
            "retire", language, owner=agent_name(people.firms[owner], language),
            tonnes=int(entry.amount),
            purpose=say(Purpose(int(entry.purpose)).name.lower(), language),
        )
    elif kind == Entry.TREATMENT:
        funds = {int(account): row for row, account in enumerate(state.projects.fund_account)}
        yield say(
            "treatment", language, value=entry.amount / 100,
            project=agent_name(people.projects[funds[int(entry.debit)]], language),
        )


def _verification(run: Run, row: int, column: str, month: int) -> np.record:
    state = run.world.state
    found = state.verifications[: state.clock[Clock.VERIFICATIONS]]
    mine = (found.project_id == state.projects.agent_id[row]) & (found[column] == month)
    return found[np.flatnonzero(mine)[0]]


def _deals_of(run: Run, row: int, month: int) -> np.recarray:
    state = run.world.state
    deals = state.deals[: state.clock[Clock.DEALS]]
    return deals[(deals.month == month) & (deals.seller_id == state.projects.agent_id[row])]


def _paid(run: Run, entry: np.record, buyer_id: int) -> tuple[int, int]:
    state = run.world.state
    deals = state.deals[: state.clock[Clock.DEALS]]
    mine = deals[
        (deals.month == entry.month) & (deals.buyer_id == buyer_id)
        & (deals.tonnes * deals.seller_price_fen == entry.amount)
    ]
    return int(mine[0].tonnes), int(mine[0].price_fen)
