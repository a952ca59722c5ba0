"""What is told of one agent is what the state says, in both languages, at any moment."""

import re

import numpy as np
import pytest

from agents.buyers.columns import FIRM_COLUMNS
from agents.parameters import month_text
from agents.sellers.columns import PROJECT_COLUMNS
from agents.vocabulary import AskStrategy, Measure, Motive, Occasion, Side
from experiments.agent_columns_words import (
    FIRM_MEANINGS,
    MEASURES,
    OCCASIONS,
    PROJECT_MEANINGS,
    REASONS,
    STRATEGIES,
)
from experiments.agents_told import agents_listed, columns_of, decisions_of, history_of
from simulation.month import PHASES
from simulation.scenario import load
from simulation.scenario_files import scenario_names
from simulation.state import Clock
from simulation.world import World

LANGUAGES = ("en", "zh")


@pytest.fixture(scope="module")
def traded() -> World:
    """Ten agents in a month with orders of both motives; nobody may change it."""
    world = World(load("tiny-eligible"), 1)
    world.run(46)
    return world


def numbers(text: str) -> list[float]:
    """Numbers of a sentence."""
    return [float(found.replace(",", "")) for found in re.findall(r"\d[\d,]*(?:\.\d+)?", text)]


def agents(world: World) -> list[tuple[str, int]]:
    """Every agent."""
    return [(agent.kind, agent.row) for agent in agents_listed(world)]


def test_every_column_and_code_has_a_chinese_meaning():
    """And none is there without a column."""
    for columns, meanings in (
        (PROJECT_COLUMNS, PROJECT_MEANINGS), (FIRM_COLUMNS, FIRM_MEANINGS)
    ):
        assert list(meanings) == [column.name for column in columns]
        assert all(re.search(r"[\u4e00-\u9fff]", text) for text in meanings.values())
    for codes, words in (
        (AskStrategy, STRATEGIES), (Measure, MEASURES), (Occasion, OCCASIONS), (Occasion, REASONS)
    ):
        assert set(words) == set(codes)


@pytest.mark.parametrize("language", LANGUAGES)
def test_columns_say_what_the_state_holds(traded, language):
    """Codes as words, money in yuan, months as text."""
    state = traded.state
    told = {item.name: item for item in columns_of(traded, "project", 1, language)}
    project = state.projects[1]
    assert told["sold_t"].value == f"{project.sold_t:,}"
    assert told["proceeds_fen"].value == f"{project.proceeds_fen / 100:,.2f}"
    assert told["proceeds_fen"].unit == {"en": "yuan", "zh": "元"}[language]
    assert told["period_start"].value == month_text(project.period_start)
    assert told["due_month"].value == "–"
    assert told["strategy"].value == {"en": "focal price", "zh": "聚点价格"}[language]
    assert told["province"].value == {"en": "Jiangxi", "zh": "江西"}[language]
    assert told["joined"].value == {"en": "yes", "zh": "是"}[language]
    names = list(told)
    # What a person does not need comes last, and a lot that is not replayed says nothing.
    assert names[-1] == "audited"
    assert "posted_t" not in names


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_about_orders_hold_the_numbers_of_the_deals(traded, language):
    """Tonnes and limits of every order, and tonnes sold by the table of deals."""
    state = traded.state
    orders = state.orders[: state.clock[Clock.ORDERS]]
    deals = state.deals[: state.clock[Clock.DEALS]]
    deals = deals[deals.month == traded.month - 1]
    assert len(deals)
    assert set(orders.motive) >= {Motive.SUPPLY, Motive.COMPLIANCE}
    for order in orders:
        selling = order.side == Side.SELL
        said = decisions_of(traded, "project" if selling else "firm", int(order.row), language)
        mine = [
            text for text in said
            if numbers(text)[:2] == [order.wanted_t, order.limit_fen / 100]
        ]
        assert len(mine) == 1, said
        own = deals[
            (deals.seller_id == order.agent_id) if selling
            else (deals.buyer_id == order.agent_id) & (deals.motive == order.motive)
        ]
        nothing = {"en": "nothing", "zh": "未"}[language] in mine[0]
        assert nothing == (not len(own))
        for deal in own:
            assert f"{deal.tonnes:,}" in mine[0]
            assert f"{deal.price_fen / 100:,.2f}" in mine[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_covered_firm_is_told_what_it_owes(traded, language):
    """Obligation, allowances, room, and credits held."""
    firms = traded.state.firms
    for row in np.flatnonzero(firms.covered).tolist():
        firm = firms[row]
        own = firm.allocation_t + firm.bank_t
        found = {number for text in decisions_of(traded, "firm", row, language)
                 for number in numbers(text)}
        assert {firm.obligation_t, own, firm.room_t, firm.for_compliance_t} <= found


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_verification_is_told_while_it_lasts_and_when_it_ends(language):
    """Asked, under way, issued: with the tonnes of the verifier's book."""
    world = World(load("tiny"), 1)
    stages = set()
    for _ in range(12):
        world.run(1)
        for row, project in enumerate(world.state.projects):
            if project.verification < 0:
                continue
            asked = world.state.verifications[project.verification]
            text = decisions_of(world, "project", row, language)[0]
            if asked.issued_month == world.month - 1:
                stages.add("issued")
                assert f"{asked.credited_t:,}" in text
                assert f"{asked.buffer_t:,}" in text
            elif project.due_month:
                stages.add("asked" if asked.asked_month == world.month - 1 else "under way")
                assert f"{asked.removed_t:,.0f}" in text
                assert month_text(project.due_month) in text
    assert stages == {"asked", "under way", "issued"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_history_holds_every_deal_and_credit(traded, language):
    """The latest first; tonnes add up to the columns."""
    state = traded.state
    for row, project in enumerate(state.projects):
        found = history_of(traded, "project", row, language)
        assert [item.month for item in found] == sorted(
            (item.month for item in found), reverse=True
        )
        said = {"en": "Sells ", "zh": "售予"}[language]
        sold = [re.search(r"([\d,]+)(?: t|吨)", item.text).group(1)
                for item in found if item.text.startswith(said)]
        assert sum(int(tonnes.replace(",", "")) for tonnes in sold) == project.sold_t
    later = traded.fork()
    later.run(14)
    state = later.state
    assert state.firms.surrendered_credits_t.sum() > 0
    for row, firm in enumerate(state.firms):
        said = {"en": "for compliance", "zh": "用于履约"}[language]
        retired = [numbers(item.text)[0] for item in history_of(later, "firm", row, language)
                   if item.text.startswith(("Retires", "注销")) and item.text.endswith(said)]
        assert sum(retired) == firm.surrendered_credits_t
    assert len(history_of(traded, "project", 1, language, 3)) == 3


def test_within_a_month_the_book_of_the_month_before_is_named():
    """At every phase something is told of everybody; the old book with its month."""
    world = World(load("tiny-eligible"), 1)
    world.run(45)
    place = [phase.name for phase in PHASES].index("quote")
    before = month_text(world.month - 1)
    for step in range(len(PHASES)):
        sold = [decisions_of(world, "project", 1, language) for language in LANGUAGES]
        for said, mark in zip(sold, (f"{before}: ", f"{before}："), strict=True):
            assert any(text.startswith(mark) for text in said) == (0 < step <= place)
        for kind, row in agents(world):
            for language in LANGUAGES:
                assert decisions_of(world, kind, row, language)
        world.run_phase()


def test_before_the_first_month_nothing_is_decided_that_did_not_happen():
    """No order and no request yet."""
    world = World(load("tiny"), 1)
    for kind, row in agents(world):
        for said in decisions_of(world, kind, row, "en"):
            assert not said.startswith(("Offered", "Bid", "Asked"))
        assert columns_of(world, kind, row, "zh")


@pytest.mark.parametrize("name", scenario_names())
def test_everybody_can_be_told_in_every_scenario(name):
    """Each agent in one of three months, in the language of its turn."""
    world = World(load(name), 1)
    for turn, months in enumerate((2, 35, 13)):
        world.run(months)
        for number, (kind, row) in enumerate(agents(world)):
            if number % 3 != turn:
                continue
            language = LANGUAGES[number // 3 % 2]
            said = decisions_of(world, kind, row, language)
            assert said
            for text in said:
                assert text.endswith("." if language == "en" else "。")
                assert not re.search(r"\bnan\b|None|[{}]|Occasion|  ", text), text
                assert (language == "zh") == bool(re.search(r"[，。：]", text)), text
            assert columns_of(world, kind, row, language)
            if number % 5 == 0:
                history_of(world, kind, row, language)


def test_agents_are_listed_with_place_and_kind(traded):
    """Projects with their strategy, firms with their sector."""
    listed = agents_listed(traded, "zh")
    assert listed[0] == ("project", 0, "红壤项目1", "江西", "聚点价格")
    assert listed[-1] == ("firm", 5, "发电厂2", "陕西", "电力")
    assert len(listed) == 10
