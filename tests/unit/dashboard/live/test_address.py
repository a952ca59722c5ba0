"""An address opens the run that it came from, or says in one line why not."""

import pytest

from dashboard.live.address import open_player, query_of, wish_of
from dashboard.live.session import Session
from simulation.errors import InputError
from simulation.results import fingerprint


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
    ("seed=99999999999999999999", "no whole number"),
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
