"""An address opens the run that it came from, or says in one line why not."""

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.live.address import Wish, query_of, wish_of
from dashboard.live.choosing import wish_chosen
from dashboard.live.files import file_name
from dashboard.live.opening import open_player
from dashboard.live.player import Player
from dashboard.live.session import Session
from dashboard.live.steering import refused_of
from simulation.errors import InputError
from simulation.month import PHASES
from simulation.results import fingerprint
from simulation.scenario import load
from simulation.scenario_files import parse_override
from tests.unit.dashboard.studies.stores import store_of

# All that `parse_override` can give.
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
SCALARS = st.one_of(
    st.booleans(), st.integers(), st.integers(0, 16**4000), st.floats(allow_nan=False), TEXTS,
    st.sampled_from(["true", "1", "1e5", "2027-01-01", " a ", "[1", "{}", '"', "a\nb = 1", "\x7f"]),
    st.datetimes(timezones=st.none() | st.just(datetime.UTC)), st.dates(), st.times(),
)
VALUES = st.recursive(
    SCALARS,
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(TEXTS, inside, max_size=3),
    max_leaves=8,
)


def choose(session, chosen):
    """Choose a run where nothing stands to be lost."""
    session.wanted = wish_chosen(session, chosen)
    session.begin_wanted()


def again(session):
    """A session that opens the address of another."""
    return Session(session.address().removeprefix("/?"), "en")


def test_an_address_gives_the_same_run_again():
    wish = wish_of("scenario=tiny-eligible&seed=5&set=compliance.offset_limit=0.2")
    player = open_player(wish)
    start = player.lane.world.scenario.start
    player.run_to(start + 7)
    player.set_lever("market.mechanism", "call_auction")
    player.set_lever("compliance.eligible", False)
    player.run_to(start + 14)
    player.set_lever("eligibility.provinces", ["Jiangxi"])
    player.run_to(start + 20)
    address = query_of(wish, player)
    again = open_player(wish_of(address.removeprefix("?")))
    assert fingerprint(again.lane.world) == fingerprint(player.lane.world)
    assert again.moves == player.moves
    assert query_of(wish_of(address.removeprefix("?")), again) == address


def test_an_address_holds_both_futures_of_a_fork():
    session = Session("scenario=tiny-eligible&seed=5&month=2025-06", "en")
    player = session.player
    session.move("compliance.offset_limit", 0.2)
    player.run_to(2025 * 12 + 9)
    player.look_at(2025 * 12 + 7)
    player.fork()
    session.move("price_limits.floor_yuan_per_t", 40.0)
    player.run_to(2025 * 12 + 11)
    session.move("market.mechanism", "call_auction")
    player.show(0)
    session.move("quota.share", 0.02)
    player.run_to(2026 * 12 + 5)
    address = session.address()
    assert "fork=2025-09&" in address
    assert "shown=a" in address
    other = again(session)
    assert other.address() == address
    assert other.player.shown == 0
    assert [lane.moves for lane in other.player.lanes] == [lane.moves for lane in player.lanes]
    for one, two in zip(player.lanes, other.player.lanes, strict=True):
        assert fingerprint(one.world) == fingerprint(two.world)
    # Begun afresh, nothing of it is left.
    assert other.begin(other.wish.afresh())
    assert other.address() == "/?scenario=tiny-eligible&seed=5"


def test_looking_back_before_a_fork_its_month_stays_in_the_address():
    session = Session("scenario=tiny-eligible&seed=2&fork=2027-11&month=2029-01", "en")
    session.look(10)
    other = again(session)
    assert "fork=2027-11&" in session.address()
    assert other.address() == session.address()
    # A lever moved earlier parts them there.
    other.move("compliance.offset_limit", 0.3)
    assert "fork=2024-12&fork_move=2024-12:compliance.offset_limit=0.3" in other.address()
    third = again(other)
    assert [lane.moves for lane in third.player.lanes] == [
        lane.moves for lane in other.player.lanes]


def test_without_words_the_run_stands_at_its_start():
    player = open_player(wish_of(None))
    assert player.lane.world.month == player.lane.world.scenario.start


@pytest.mark.parametrize(("search", "says"), [
    ("scenario=ccer-eligble", "did you mean 'ccer-eligible'"),
    ("scenario=../../etc/passwd", "does not ship"),
    ("scenario=/tmp/x.toml", "does not ship"),
    ("scenario=smith-1962", "does not ship"),
    ("seed=-1", "no whole number"),
    ("seed=1e3", "no whole number"),
    ("seed=99999999999999999999", "is too large"),
    ("seed=9223372036854775808", "9223372036854775807"),
    ("month=2027-13", "not a month"),
    ("month=1990-01", "not a month of ccer-eligible"),
    ("month=2099-01", "2038-11"),
    ("move=2027-01", "no move of a lever"),
    ("move=2027-01:compliance.offset_limit", "no KEY=VALUE"),
    ("move=2027-01:compliance.offset_limit=7", "offset_limit"),
    ("move=2027-01:quote.anchor_weight=0.1", "not a lever"),
    ("move=1999-01:compliance.eligible=true", "not a month of"),
    ("set=months=x", "months"),
    ("set=nothing.here=1", "nothing"),
    ("set=network.edges=/etc/passwd", "cannot be set by an address"),
    ('set=network={kind="edge_list",edges="/etc/passwd"}', "cannot be set by an address"),
    ("set=months=" + 3000 * "[", "nested too deeply"),
    ("set=projects_csv=/etc/passwd", "cannot be set by an address"),
    ("set=extends=/etc/passwd", "cannot be set by an address"),
    ("set=projects.0.count=1000000", "agents"),
    ("set=projects.0.count=20000&set=months=2", "20,000 agents"),
    ("set=firms.0.count=10000", "links between firms"),
    ("sead=3", "did you mean 'seed'"),
    ("fork=2027", "not a month"),
    ("fork=2038-11&shown=c", "no future"),
    ("fork=2039-01", "not a month of ccer-eligible"),
    ("fork_move=2027-01:compliance.offset_limit=0.1", "in no second future"),
    ("fork=2028-01&fork_move=2027-01:compliance.offset_limit=0.1", "in no second future"),
    ("fork=2027-01&fork_move=2027-01:compliance.offset_limit=7", "offset_limit"),
])
def test_a_bad_address_is_one_readable_line(search, says):
    with pytest.raises(InputError) as caught:
        open_player(wish_of(search))
    told = str(caught.value)
    assert says in told
    assert "\n" not in told
    assert "Traceback" not in told


@pytest.mark.parametrize("search", ["scenario=nope", "seed=x", "set=a", "move=b", "month=1"])
def test_a_session_with_a_bad_address_opens_the_first_view_and_says_so(search):
    session = Session(search, "en")
    assert session.trouble
    assert session.notice.startswith("address:")
    assert session.wish.scenario == "ccer-eligible"
    assert not session.started


def test_other_sites_may_add_their_marks():
    assert wish_of("utm_source=x&fbclid=1&seed=4").seed == 4


@pytest.mark.parametrize("name", ["/etc/passwd", "/nonexistent", "../tiny", "smith-1962"])
def test_no_message_of_a_browser_opens_a_file(name):
    session = Session(None, "en")
    player = session.player
    session.begin(session.wish._replace(scenario=name))
    assert session.notice.startswith(f"address: scenario = {name!r} does not ship")
    assert session.player is player


@settings(deadline=None, max_examples=300)
@given(VALUES)
def test_a_setting_of_any_kind_is_read_again_as_it_was(value):
    player = Player(load("tiny-eligible", {"months": 2}))
    address = query_of(Wish("tiny-eligible", {"some.key": value}), player)
    assert wish_of(address.removeprefix("?")).settings == {"some.key": value}


@pytest.mark.parametrize("setting", [
    "compliance={eligible=true,offset_limit=0.2}",
    "events=[{announced='2025-01',effective='2025-06',set={'compliance.offset_limit'=0.3}}]",
    "eligibility.provinces=['Jiangxi']", "network.kind='block'",
])
def test_settings_that_are_tables_open_again(setting):
    key, value = parse_override(setting)
    session = Session("scenario=tiny-eligible&set=" + setting.replace("&", "%26"), "en")
    assert not session.trouble, session.notice
    assert session.wish.settings == {key: value}
    other = again(session)
    assert not other.trouble, other.notice
    assert other.player.lane.world.scenario == session.player.lane.world.scenario


def test_the_latest_of_two_settings_that_overlap_counts():
    search = "set=months=30&set=compliance={offset_limit=0.3}&set=months=20"
    assert list(wish_of(search).settings) == ["compliance", "months"]


@pytest.mark.parametrize("phases", [0, 1, len(PHASES) - 1])
@pytest.mark.parametrize("months", [0, 1, 9])
def test_an_address_taken_within_a_month_shows_the_same_months(months, phases):
    session = Session("scenario=tiny-eligible", "en")
    player = session.player
    for _ in range(months):
        player.step_month()
    session.move("compliance.offset_limit", 0.03)
    for _ in range(phases):
        player.step_phase()
    session.move("compliance.offset_limit", 0.2)
    session.move("market.mechanism", "call_auction")
    other = again(session).player
    assert other.lane.world.month == player.lane.world.month
    assert not other.lane.in_month
    assert other.moves == player.moves
    month = player.lane.world.month
    for each in (player, other):
        each.run_to(month + 7)
    assert fingerprint(other.lane.world) == fingerprint(player.lane.world)


def test_an_address_taken_while_looking_back_shows_that_month_with_the_moves_to_come():
    session = Session("scenario=tiny-eligible", "en")
    player = session.player
    start = player.lane.world.scenario.start
    player.run_to(start + 9)
    session.move("compliance.offset_limit", 0.2)
    player.run_to(start + 20)
    player.look_at(start + 4)
    other = again(session).player
    assert other.lane.world.month == start + 5
    assert other.moves == player.moves
    other.run_to(start + 20)
    assert fingerprint(other.lane.world) == fingerprint(player.lane.world)


def test_in_the_last_month_no_lever_can_be_moved_any_more():
    session = Session("scenario=tiny-eligible&set=months=5", "en")
    player = session.player
    player.run_to(player.lane.world.scenario.stop - 2)
    player.step_phase()
    session.move("compliance.offset_limit", 0.2)
    assert "the run is over" in session.refused.texts[0]
    assert player.moves == ()
    assert not again(session).trouble


@pytest.mark.parametrize("chosen", [
    {"scenario": "nope", "seed": "1"}, {"scenario": "tiny", "seed": "x"},
    {"scenario": "tiny", "seed": "9223372036854775808"}, {"scenario": ["tiny"], "seed": {}},
    {"scenario": "tiny"}, {}, [], None, 3, {"scenario": "tiny", "seed": True},
    {"scenario": "tiny", "seed": float("nan")}, {"scenario": "tiny", "seed": 10**400},
])
def test_a_choice_that_is_refused_leaves_the_old_run_standing(chosen):
    session = Session("scenario=tiny-eligible&month=2025-01", "en")
    player = session.player
    choose(session, chosen)
    assert session.trouble
    assert session.player is player
    assert not player.playing


def test_what_is_told_follows_the_language_of_the_page():
    session = Session("scenario=nope", "en")
    assert session.notice.startswith("address: scenario = 'nope'")
    session.language = "zh"
    assert session.notice.startswith("地址：没有情景")
    session.move("compliance.offset_limit", 7.0)
    told = [refused_of(session, language)["text"] for language in ("en", "zh")]
    assert told == ["Give a number from 0 to 100 %.", "请输入0至100%之间的数。"]
    assert session.notice == ""


def test_a_choice_begins_a_run_that_plays():
    session = Session("scenario=tiny-eligible&set=months=9", "en")
    choose(session, {"scenario": "tiny-eligible", "seed": 4.0})
    assert session.trouble
    choose(session, {"scenario": "tiny-eligible", "seed": 4})
    assert not session.trouble
    assert (session.player.seed, session.player.lane.world.scenario.months) == (4, 9)
    assert session.player.playing or session.player.finished
    session.close()


def test_another_seed_of_a_run_of_a_study_keeps_its_scenario(tmp_path, monkeypatch):
    monkeypatch.setenv("SWCMARKET_RESULTS", str(tmp_path))
    store_of(tmp_path, "line")
    session = Session("store=line&run=4", "en")
    scenario = session.player.lane.world.scenario
    assert session.wish.seed is None
    assert "seed" not in session.address()
    assert "demand_scale" in str(scenario.voluntary)
    choose(session, {"scenario": "", "seed": str(session.player.seed + 1)})
    assert not session.trouble
    session.player.pause()
    assert session.player.lane.world.scenario == scenario
    assert f"store=line&run=4&seed={session.player.seed}" in session.address()
    other = again(session)
    assert (other.player.seed, other.player.lane.world.scenario) == (session.player.seed, scenario)
    assert file_name(session) == f"swcmarket-line-run-4-seed-{session.player.seed}"
    choose(session, {"scenario": "tiny", "seed": "3"})
    session.close()
    assert file_name(session) == "swcmarket-tiny-seed-3"
    assert (session.wish.store, session.player.lane.world.scenario) == ("", load("tiny"))


@pytest.mark.parametrize("odd", [
    None, True, -1, 1.5, float("nan"), float("inf"), 10**400, "3", [], [3], {}, {"a": [1]},
])
def test_odd_messages_are_passed_over(odd):
    session = Session("scenario=tiny-eligible&month=2025-01", "en")
    before = session.address()
    session.note_painted(odd)
    session.speed_up(odd)
    session.look(odd)
    session.choose(odd)
    assert (session.painted, session.player.speed, session.agent) == (0, 3, None)
    assert session.address() == before
    assert not session.player.playing


@pytest.mark.parametrize(("search", "says"), [
    ("scenario=nope", "没有情景 'nope'"), ("seed=x", "随机种子 'x' 不是非负整数"),
    ("seed=9223372036854775808", "随机种子"),
    ("month=2099-01", "不在情景 ccer-eligible 的时间范围内"),
    ("month=1", "不是月份"), ("set=projects.0.count=1000000", "个主体"), ("sead=3", "无法识别"),
    ("set=nothing.here=1", "没有参数 'nothing'"),
    ("set=compliance.offset_limit=7", "抵销比例上限（compliance.offset_limit）= 7 超过上限 1。"),
    ("set=network.edges=/etc/passwd", "不能由地址设定"), ("store=nowhere", "没有研究结果 nowhere"),
    ("set=market.mechanism=administered&set=price_limits.floor_yuan_per_t=50", "将永无成交"),
    ('set=eligibility.provinces=["Mars"]', "没有项目属于'Mars'"),
    ("set=trading_units.tick_yuan_per_t=50&set=price_limits.floor_yuan_per_t=20"
     "&set=price_limits.ceiling_yuan_per_t=30", "最小变动价位50过大，20与30之间没有可用价格"),
    ("set=registry.opens=2500-01", "不在1900至2299年之间"),
    ("set=start=2024-13", "月须为01至12"), ("seed=18446744073709551615", "过大"),
    ("move=2027-01:nope=9", "没有政策变量 'nope'"), ("set=foo", "应写成 参数=值"),
])
def test_what_is_wrong_with_an_address_is_told_in_chinese(search, says):
    session = Session(search, "zh")
    assert session.notice.startswith("地址：")
    assert says in session.notice
