"""Acceptance 4, 5 and 7 of theatre-2015, under the memorandum and the arrangement that the scenario has, over real sockets.

us/defense and ru/general-staff file flights that cross over eastern Syria. Both are warned on the grid of the memorandum, neither sees
the other's plan: its ids, coordinates, altitudes and times are such as stand nowhere else, and all that the other was ever sent through any
door is searched for them. The clock is held, so that notices are overdue when the test says so.
"""
import http.client
import json
import re
import time
import uuid
from datetime import datetime

import pytest

import canaries
import centre as c
import play
import test_f3548_agreements as f
from asking import ask_everything
from conflicts_play import Play
from conflicts_small import fly
from generate import written  # of the oracle; ledger.py knows where it lies
from ledger import party_of

US, RU, RELIEF = "us/defense", "ru/general-staff", "relief/liaison"
OTHERS = ["us/state", "ru/mfa", "sy/general-staff", "tr/general-staff", "il/general-staff", "kf/staff"]
MEMORANDUM, MEDICAL = "us.flight-safety-ru", "relief.medical-sites"
CELL, STEP_M, STEP_S = 1048576, 1024, 1024  # of the memorandum's grid
MINUTE_US = 60_000_000
MINT = canaries.Mint(770_000)


def moment(hours, minutes, odd_us):
    return written(play.START + (hours * 60 + minutes) * MINUTE_US + odd_us)


def extent(ring, low_m, high_m, times):
    height = lambda value: {"value": value, "unit": "m", "reference": "W84"}  # noqa: E731
    return {"polygon": [list(point) for point in ring], "low": height(low_m), "high": height(high_m), "from": times[0], "until": times[1]}


def box(west, south, east, north):
    return [(west, south), (east, south), (east, north), (west, north)]


# One flies from west to east, the other from south to north.
OF_US = extent(box(400_123_457, 350_765_433, 403_123_459, 351_765_431), 6017, 6403,
               (moment(2, 7, 13_000_417), moment(3, 11, 19_000_523)))
OF_RU = extent(box(401_098_763, 349_871_231, 402_098_767, 352_871_237), 5507, 6511,
               (moment(2, 31, 17_000_619), moment(2, 52, 23_000_733)))
BESIDE = {**OF_RU, "polygon": [[x - 7, y] for x, y in OF_RU["polygon"]]}  # in the same squares of the grid
EASTWARD = {**OF_RU, "polygon": [[x + CELL, y] for x, y in OF_RU["polygon"]]}  # in squares that us flies through, but others
AWAY = {**OF_RU, "polygon": [[x - 17_000_011, y - 17_000_013] for x, y in OF_RU["polygon"]]}
US_AWAY = {**OF_US, "polygon": [[x + 15_000_017, y - 25_000_019] for x, y in OF_US["polygon"]]}


def places_of(ring):
    return {form for point in ring for e7 in point for form in (str(e7), f"{e7 // 10**7}.{e7 % 10**7:07d}")}


def plan_words(*extents):
    """What of a plan stands nowhere else, in every form in which a door could write it."""
    words = set()
    for one in extents:
        words |= places_of(one["polygon"])
        words |= {str(one[side]["value"] * 1000) for side in ("low", "high")}
        words |= {one[side][11:19] for side in ("from", "until")} | {one[side][19:26] for side in ("from", "until")}
    return words


def said_in(text, words):
    """Those that stand there; digits alone are no part of a longer number, of a hash or of a key."""
    return [word for word in words if re.search(rf"(?<![0-9A-Za-z]){word}(?![0-9A-Za-z])" if word.isdigit() else re.escape(word), text)]


def but_the_name(answer):
    """What was told, without the name that was asked for and the id of the error, which is one of its own each time (G3)."""
    body = re.sub(rb"E:[0-9a-f-]{36}", b"", answer.body.replace(answer.named.encode(), b"?"))
    return answer.status, answer.headers, body


class Theatre(Play):
    """The scenario in a centre of its own, on a clock that the test moves."""

    def __init__(self, base):
        super().__init__(base.world(), {"seed": "flights", "start": play.START, "offices": [US, RU], "agreements": [], "steps": []})
        self.ids = {}

    def files(self, office, volume, state="Accepted"):
        """The office's flight, new or changed."""
        self.ids.setdefault(office, MINT.uuid())
        fly(self, office, volume, self.ids[office], state)

    def open(self, office, about=None):
        return [one for one in self.get(office, "notices?limit=1000") if one["state"] == "open" and about in (None, one["about"])]

    def states(self, office):
        return [one["state"] for one in self.get(office, "notices?limit=1000")]

    def minutes(self, count):
        """One by one: what is due happens when somebody looks at the held clock."""
        for _ in range(count):
            self.pass_time(MINUTE_US, again=False)
        self.pass_time(0)

    def declares(self, office, kind, name):
        row = next(one for one in self.get(office, "agreements")["agreements"] if one["id"] == name)
        self.number += 1
        about = {"agreement": name, "version": row["version"], "text_hash": row["text_hash"]}
        ruling = self.served.command(office, {"kind": kind, **self.served.signed(kind, office, self.number, about)})
        assert ruling["outcome"] == "accepted", ruling
        self.pass_time(1_000_000)

    def standing(self, name, party):
        return self.get(US, "agreements/" + name)["status"]["standing"][party]["state"]

    def asks_through_every_door(self, office, guesses=()):
        """And as a system that speaks F3548: what is there, and what has these ids."""
        asker = self.served.asker(office)
        first = len(asker.answers)
        ask_everything(asker)
        whole = {"volume": {"outline_polygon": {"vertices": [{"lat": lat, "lng": lng} for lat, lng in (
            (34.9, 39.9), (34.9, 40.4), (35.4, 40.4), (35.4, 39.9))]}}}
        for what in ("operational_intent_references", "constraint_references"):
            asker.ask("POST", f"/dss/v1/{what}/query", json.dumps({"area_of_interest": whole}).encode(), who="client")
        area = "34.9,39.9,34.9,40.4,35.4,40.4,35.4,39.9"
        asker.get(f"/dss/v1/subscriptions?area={area}", who="client")
        for id in guesses:
            for named in (id, str(uuid.uuid4())):
                for path in ("dss/v1/operational_intent_references", "dss/v1/constraint_references", "uss/v1/operational_intents",
                             "uss/v1/constraints", "dss/v1/subscriptions"):
                    answer = asker.get(f"/{path}/{named}", who="client")
                    answer.guess, answer.named, answer.control = id, named, named != id
        return asker.answers[first:]

    def never_heard(self, office, ids, *extents):
        """In all that the office was sent so far; whatever it asks by an id of another's is answered as for one that nobody has."""
        words = plan_words(*extents)
        search = canaries.Search(ids)
        answers = self.served.asker(office).answers
        for answer in (one for one in answers if not one.guess):
            text = answer.sent()
            for view in canaries.views_of(text):
                found = said_in(view.decode("latin-1"), words)
                assert not found, (office, answer.question, found)
            assert search.found_in(text) == {}, (office, answer.question)
        for guess in {one.guess for one in answers if one.guess}:
            named, absent = ([one for one in answers if one.guess == guess and one.control is control] for control in (False, True))
            for one, other in zip(named, absent, strict=True):
                assert but_the_name(one) == but_the_name(other), (office, one.question)

    def close(self):
        self.served.close()


@pytest.fixture
def theatre(base):
    one = Theatre(base)
    yield one
    one.close()


@pytest.fixture
def crossing(theatre):
    """us has filed first; ru crosses it."""
    theatre.files(US, OF_US)
    theatre.files(RU, OF_RU)
    return theatre


def is_on_the_grid(volume):
    seconds = [datetime.fromisoformat(volume[side].replace("Z", "+00:00")).timestamp() for side in ("from", "until")]
    return (all(volume[side] % CELL == 0 for side in ("south_e7", "north_e7", "west_e7", "east_e7")) and
            all(volume[side] % (STEP_M * 1000) == 0 for side in ("low_mm", "high_mm")) and all(one % STEP_S == 0 for one in seconds))


# --- Acceptance 4 ----------------------------------------------------------------------------------------------------------------
def test_acceptance_4_both_are_warned_and_neither_sees_the_others_plan(theatre):
    theatre.files(US, OF_US)
    ruling = theatre.must(RU, "put_intent", {"id": theatre.ids.setdefault(RU, MINT.uuid()), "state": "Accepted", "extents": [OF_RU]})
    assert ruling["filing"]["conflicts"] == "disclosed to you: see your notices"
    told = {}
    for office in (US, RU):
        (told[office],) = theatre.open(office)
        content = told[office]["content"]
        assert told[office]["agreement"] == MEMORANDUM and told[office]["clause"] == "airspace" and told[office]["call"] == "military-line"
        assert content["level"] == "warning" and content["intent"] == theatre.ids[office] and content["contingent"] is False
        assert "other" not in told[office] and content["volumes"] and all(is_on_the_grid(one) for one in content["volumes"])
    assert told[US]["content"]["volumes"] == told[RU]["content"]["volumes"], "the same squares to both"
    for office in OTHERS:
        assert theatre.get(office, "notices") == theatre.get(office, "conflicts") == theatre.get(office, "intents") == [], office
    everybody = {US: (RU, OF_RU), RU: (US, OF_US)}
    for office, (other, plan) in everybody.items():
        answers = theatre.asks_through_every_door(office, [theatre.ids[other]])
        assert len(answers) > 100 and sum(answer.status == 200 for answer in answers) > 80
        theatre.never_heard(office, [theatre.ids[other]], plan)
    for office in OTHERS + [RELIEF]:
        theatre.asks_through_every_door(office, list(theatre.ids.values()))
        theatre.never_heard(office, theatre.ids.values(), OF_US, OF_RU)


def test_the_search_finds_what_an_office_is_sent(crossing):
    """Of its own plan; else it would find nothing of the other's."""
    crossing.asks_through_every_door(US)
    sent = b"".join(answer.sent() for answer in crossing.served.asker(US).answers).decode()
    assert set(said_in(sent, plan_words(OF_US))) == plan_words(OF_US)
    assert canaries.Search([crossing.ids[US]]).found_in(sent.encode())
    with pytest.raises(AssertionError):
        crossing.never_heard(US, [], OF_US)


def test_acceptance_4_a_change_of_either_side_is_looked_at_for_both(crossing):
    first = {office: crossing.open(office)[0] for office in (US, RU)}
    crossing.files(RU, BESIDE)
    assert {office: crossing.open(office)[0] for office in (US, RU)} == first, "nothing of what is shown has changed"
    crossing.files(RU, EASTWARD)
    for office in (US, RU):
        assert crossing.states(office) == ["changed", "open"]
        assert crossing.open(office)[0]["content"]["volumes"] != first[office]["content"]["volumes"]
    crossing.files(US, US_AWAY)
    for office in (US, RU):
        assert crossing.states(office) == ["changed", "over"] and crossing.get(office, "conflicts") == []
    crossing.files(US, OF_US)
    for office in (US, RU):
        assert crossing.states(office) == ["changed", "over", "open"]
    own = crossing.get(RU, "intents")[0]
    crossing.must(RU, "delete_intent", {"id": own["id"], "at": own["ovn"]})
    for office, other, plans in ((US, RU, (OF_RU, BESIDE, EASTWARD)), (RU, US, (OF_US, US_AWAY))):
        assert crossing.states(office) == ["changed", "over", "over"] and crossing.get(office, "conflicts") == []
        crossing.asks_through_every_door(office, [crossing.ids[other]])
        crossing.never_heard(office, [crossing.ids[other]], *plans)


def other_side(theatre, office):
    return [one["other_side"] for one in theatre.get(office, "conflicts")]


def test_acceptance_4_each_acknowledges(crossing):
    for office in (US, RU):
        notice = crossing.open(office)[0]
        outcome, reasons, _ = crossing.say(office, "acknowledge", {"notice": notice["notice"]})
        assert (outcome, reasons) == ("refused", ["no_read_back"]), "the memorandum wants it read back"
        crossing.must(office, "acknowledge", {"notice": notice["notice"], "read_back": notice["read_back"]})
        (reply,) = crossing.open(office)[0]["replies"]
        assert reply["answer"] == "acknowledged" and reply["read_back_agrees"] is True
    assert other_side(crossing, US) == other_side(crossing, RU) == ["acknowledged"]
    crossing.minutes(40)
    for office in (US, RU):
        (notice,) = crossing.open(office)
        assert notice["overdue"] is False and notice["escalations"] == 0, "who has answered is left in peace"


def test_acceptance_4_an_unanswered_notice_escalates_and_its_sender_sees_it_overdue(crossing):
    notice = crossing.open(US)[0]
    assert notice["answer_by"] == written(play.START + 15 * MINUTE_US)
    crossing.must(US, "acknowledge", {"notice": notice["notice"], "read_back": notice["read_back"]})
    crossing.minutes(14)
    assert other_side(crossing, US) == ["waiting"] and crossing.open(RU)[0]["overdue"] is False
    crossing.minutes(2)
    assert other_side(crossing, US) == ["overdue"] and other_side(crossing, RU) == ["acknowledged"]
    late = crossing.open(RU)[0]
    assert late["overdue"] is True and late["escalations"] == 1
    crossing.minutes(10)
    assert crossing.open(RU)[0]["escalations"] == 3, "every five minutes to the next"
    crossing.must(RU, "acknowledge", {"notice": late["notice"], "read_back": late["read_back"]})
    assert other_side(crossing, US) == ["acknowledged"] and crossing.open(RU)[0]["overdue"] is False
    crossing.minutes(10)
    assert crossing.open(RU)[0]["escalations"] == 3
    crossing.asks_through_every_door(US, [crossing.ids[RU]])
    crossing.never_heard(US, [crossing.ids[RU]], OF_RU)


# --- Acceptance 4 with a system that speaks F3548 -----------------------------------------------------------------------------------
def test_acceptance_4_with_a_system_of_its_own():
    """ru files by its own system, which finds in its key what stands for us's plan and tells nothing of it."""
    centre = c.Centre(c.load_scenario(), options=("--public-url", "https://centre.example"))
    try:
        theirs = f.natively(centre, f.PLAN)
        own, refused = f.put(centre, f.CROSSING, status=409)
        (surrogate,) = refused.json()["missing_operational_intents"]
        assert surrogate["manager"] == "centre" and surrogate["id"] != theirs
        details = f.dss(centre, "GET", f"/uss/v1/operational_intents/{surrogate['id']}", status=200)
        ovn = details.json()["operational_intent"]["reference"]["ovn"]
        _, filed = f.put(centre, f.CROSSING, key=[ovn], entity=own, status=201)
        (of_us,), (of_ru,) = f.notices(centre, US), f.notices(centre, RU)
        assert of_us["agreement"] == of_ru["agreement"] == MEMORANDUM and of_us["content"]["intent"] == theirs
        assert of_us["content"]["volumes"] == of_ru["content"]["volumes"]
        for answer in (refused, details, filed):
            assert theirs not in answer.body.decode() and US not in answer.body.decode()
        assert f.dss(centre, "GET", f"{f.REFERENCES}/{theirs}").status == 404
        assert f.dss(centre, "GET", f"/uss/v1/operational_intents/{theirs}").status == 404
        at = centre.ask("GET", "/api/v1/intents", US).json()[0]["ovn"]
        f.natively(centre, f.ELSEWHERE, entity=theirs, at=at)
        assert f.notices(centre, US) == f.notices(centre, RU) == []
        assert f.dss(centre, "GET", f"/uss/v1/operational_intents/{surrogate['id']}").status == 404, "and what stood for it is gone"
    finally:
        centre.close()


# --- Acceptance 5 ----------------------------------------------------------------------------------------------------------------
HOSPITAL = box(401_500_021, 351_000_019, 401_510_023, 351_010_027)  # below both flights
NAME = canaries.Mint(771_000).word()


def notify_hospital(theatre, at=None, ring=HOSPITAL):
    id = theatre.ids.setdefault(RELIEF, MINT.uuid())
    theatre.must(RELIEF, "put_site", {"id": id, "kind": "hospital", "name": NAME, "source": "its director", "measured": "surveyed",
                                      "reconfirm_by": "2026-05-01T00:00:00.000000Z", **({"at": at} if at else {}),
                                      "extents": [{"polygon": [list(point) for point in ring]}]})
    return id


@pytest.mark.parametrize("first", ["flights", "hospital"])
def test_acceptance_5_a_hospital_raises_a_notice_whichever_was_filed_first(theatre, first):
    if first == "hospital":
        notify_hospital(theatre)
    theatre.files(US, OF_US)
    theatre.files(RU, {**OF_RU, "from": moment(5, 1, 3), "until": moment(5, 40, 5)})  # hours later: they do not meet each other
    if first == "flights":
        assert theatre.open(US) == theatre.open(RU) == []
        notify_hospital(theatre)
    for office in (US, RU):
        (notice,) = theatre.open(office)
        content = notice["content"]
        assert (notice["agreement"], notice["clause"], notice["call"]) == (MEDICAL, "sites", "medical-line")
        assert content["about"] == "site" and content["site"] == "hospital" and content["intent"] == theatre.ids[office]
        (volume,) = content["volumes"]
        assert all(volume[side] % 131072 == 0 for side in ("south_e7", "north_e7", "west_e7", "east_e7"))
        assert volume["north_e7"] - volume["south_e7"] <= 4 * 131072, "some squares, not the region"
        assert theatre.get(office, "sites") == [], "it is listed for nobody but who filed it"
    theatre.asks_through_every_door(RELIEF, [theatre.ids[US], theatre.ids[RU]])
    theatre.never_heard(RELIEF, [theatre.ids[US], theatre.ids[RU]], OF_US, OF_RU)
    assert theatre.get(RELIEF, "notices") == [] and len(theatre.get(RELIEF, "sites")) == 2, "its own and the scenario's"
    places = places_of(HOSPITAL)
    for office in [US, RU, *OTHERS]:
        theatre.asks_through_every_door(office, [theatre.ids[RELIEF]])
        theatre.never_heard(office, [theatre.ids[RELIEF], NAME])
        sent = b"".join(answer.sent() for answer in theatre.served.asker(office).answers).decode()
        assert not said_in(sent, places), office
        assert ("hospital" in sent) == (office in (US, RU)), office


def test_acceptance_5_only_volumes_that_touch_it(theatre):
    """On the arrangement's grid, a kilometre around it; whoever moves away or comes near is looked at anew, and so is a site that moves."""
    notify_hospital(theatre)
    theatre.files(US, AWAY)
    assert theatre.open(US) == []
    theatre.files(US, {**AWAY, "polygon": [[x, y] for x, y in box(401_000_000, 350_000_000, 401_490_021, 350_990_019)]})
    assert [one["about"] for one in theatre.open(US)] == ["site"], "beside it, but within a kilometre"
    theatre.files(US, AWAY)
    assert theatre.states(US) == ["over"]
    theatre.files(US, OF_US)
    assert theatre.states(US) == ["over", "open"]
    version = next(one["version"] for one in theatre.get(RELIEF, "sites") if one["id"] == theatre.ids[RELIEF])
    notify_hospital(theatre, at=version, ring=[(x - 15_000_000, y) for x, y in HOSPITAL])
    assert theatre.states(US) == ["over", "over"]
    theatre.must(RELIEF, "withdraw_site", {"id": theatre.ids[RELIEF], "at": version + 1})


def test_a_notice_of_a_hospital_is_answered_like_any_other(theatre):
    notify_hospital(theatre)
    theatre.files(RU, OF_RU)
    theatre.minutes(16)
    (notice,) = theatre.open(RU)
    assert notice["overdue"] is True and notice["escalations"] == 1
    theatre.must(RU, "acknowledge", {"notice": notice["notice"], "read_back": notice["read_back"]})
    assert theatre.open(RU)[0]["overdue"] is False


# --- Acceptance 7, of notices ----------------------------------------------------------------------------------------------------
def test_acceptance_7_a_suspended_memorandum_lets_humanitarian_notices_through_alone(crossing):
    notify_hospital(crossing)
    assert sorted(one["about"] for one in crossing.open(RU)) == ["intent", "site"]
    crossing.declares(RU, "suspend", MEMORANDUM)
    assert crossing.standing(MEMORANDUM, "ru") == "suspended"
    for office in (US, RU):
        assert [one["about"] for one in crossing.open(office)] == ["site"], "the hospital is none of the memorandum's business"
        ended = next(one for one in crossing.get(office, "notices") if one["about"] == "intent")
        assert ended["state"] == "not_in_force" and "content" not in ended
        assert [one["about"] for one in crossing.get(office, "conflicts")] == ["site"]
    # Nothing of what is filed meanwhile is told to the other side.
    crossing.files(US, US_AWAY)
    crossing.files(US, OF_US)
    crossing.files(RU, BESIDE)
    for office in (US, RU):
        assert crossing.open(office, "intent") == [], office
    # But whoever is in distress is known to whom it touches.
    crossing.files(US, OF_US, state="Contingent")
    (notice,) = crossing.open(RU, "contingent")
    assert notice["clause"] == "safety-of-life" and notice["content"]["contingent"] is True
    assert crossing.open(US, "contingent") == [] and crossing.open(US, "intent") == crossing.open(RU, "intent") == []
    for office, other, plans in ((US, RU, (OF_RU, BESIDE)), (RU, US, (OF_US, US_AWAY))):
        crossing.asks_through_every_door(office, [crossing.ids[other]])
        crossing.never_heard(office, [crossing.ids[other]], *plans)


def test_acceptance_7_resumption_needs_both(crossing):
    crossing.declares(RU, "suspend", MEMORANDUM)
    crossing.declares(RU, "resume", MEMORANDUM)
    assert crossing.standing(MEMORANDUM, "ru") == "suspended" and crossing.open(US) == crossing.open(RU) == []
    crossing.declares(US, "resume", MEMORANDUM)
    assert crossing.standing(MEMORANDUM, "ru") == "party"
    for office in (US, RU):
        (notice,) = crossing.open(office)
        assert notice["about"] == "intent" and notice["clause"] == "airspace", "the flights are still there, and still cross"


class Page:
    """An open page: a stream of conflicts. Where the centre cuts it, since its reader lost a right, it is opened anew."""

    def __init__(self, asker):
        self.asker = asker
        self.open()

    def open(self):
        self.connection = http.client.HTTPConnection("127.0.0.1", self.asker.port, timeout=5)
        self.connection.request("GET", "/api/v1/conflicts", headers={**self.asker.credential("client"), "Accept": "text/event-stream"})
        self.stream = self.connection.getresponse()

    def reads(self, pattern):
        while True:
            try:
                line = self.stream.readline()
            except (ConnectionResetError, http.client.IncompleteRead):
                line = b""
            if re.search(pattern, line):
                return time.monotonic()
            if not line:
                self.open()


def test_acceptance_7_the_open_pages_of_both_show_it_within_a_second(crossing):
    pages = [Page(crossing.served.asker(office)) for office in (US, RU)]
    for page in pages:
        page.reads(rb'"level":"warning"')
    row = next(one for one in crossing.get(RU, "agreements")["agreements"] if one["id"] == MEMORANDUM)
    act = crossing.served.signed("suspend", RU, 500, {"agreement": MEMORANDUM, "version": row["version"], "text_hash": row["text_hash"]})
    begun = time.monotonic()
    assert crossing.served.command(RU, {"kind": "suspend", **act})["outcome"] == "accepted"
    for page in pages:
        assert page.reads(rb"^data: ?\[\]") - begun < 1.0
        page.connection.close()


def test_parties_of_the_memorandum_are_what_the_page_says(theatre):
    text = theatre.get(US, "agreements/" + MEMORANDUM)
    assert {one["party"]: set(one["offices"]) for one in text["participants"]} == {"us": {US, "us/state"}, "ru": {RU, "ru/mfa"}}
    lines = {one["clause"]: one for one in theatre.get("us/state", "watch")["lines"]}
    assert "diplomatic-line" in lines and "military-line" not in lines
    assert {party_of(office) for office in OTHERS} & {"us", "ru"} == {"us", "ru"}, "the diplomats are among those who are told nothing"
