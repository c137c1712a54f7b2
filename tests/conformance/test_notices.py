"""What becomes of notices: read back wrongly, as duties, as a record of acknowledgements; and sites that are confirmed, by the command line
(40-deconfliction, 25-isolation G9, G10)."""
import csv
import io
import json
import uuid

from test_airspace_cli import Office
from test_f3548_agreements import (CROSSING, PLAN, RU, SA, US, clause, commanded, moment, natively,  # noqa: F401
                                   notices, open_centre)

NOTIFY = {"id": "volumes", "type": "notify", "from": "each", "to": "others", "about": "intent", "lead_time": "PT3H",
          "acknowledge_within": "PT15M", "read_back": True, "escalate_every": "PT5M"}
SHELTER = {"id": "sites", "type": "notify", "humanitarian": True, "from": [RU], "to": [US], "about": "site", "lead_time": "PT0S",
           "acknowledge_within": "PT5M", "read_back": False, "escalate_every": "PT1M",
           "separation": {"horizontal_m": 1000, "vertical_m": 0, "time_s": 0}, "contact": "line",
           "grid": {"cell_e7": 65536, "altitude_m": 1024, "time_s": 1024}, "evaluations_per_day": 100}


def answered(centre, office, path, **headers):
    answer = centre.ask("GET", path, office, headers=headers)
    assert answer.status == 200, (path, answer.status, answer.body)
    return answer


def told(centre, office, path):
    return answered(centre, office, path).json()


def other_side(centre, office):
    return [one.get("other_side") for one in told(centre, office, "/api/v1/conflicts")]


def test_a_wrong_read_back_acknowledges_nothing_and_is_told(open_centre):  # noqa: F811
    centre = open_centre(clause("warning"), NOTIFY)
    natively(centre, PLAN)
    natively(centre, CROSSING, office=RU)
    us = Office(centre, US)
    wrong = us.says("ack", "1", "--read-back-hash", "ab" * 32, "--yes", code=1)
    assert "NOT as the notice says" in wrong.stderr and "acknowledges nothing" in wrong.stderr
    (notice,) = notices(centre, US)
    assert "answered" not in notice and not notice["overdue"]
    assert [(one["answer"], one["read_back_agrees"]) for one in notice["replies"]] == [("read_back_differs", False)]
    assert other_side(centre, RU) == ["read_back_differs"]
    assert [one["notice"] for one in told(centre, US, "/api/v1/duties")["duties"]] == [1]
    ruling = commanded(centre, US, "acknowledge", {"notice": 1, "read_back": "cd" * 32})
    assert ruling["filing"] == {"acknowledged": False, "read_back_agrees": False}
    assert "as the notice says" in us.says("ack", "1", "--yes").stdout
    assert other_side(centre, RU) == ["acknowledged"]
    (notice,) = notices(centre, US)
    assert "answered" in notice and len(notice["replies"]) == 3
    assert told(centre, US, "/api/v1/duties")["duties"] == []


def test_the_other_side_learns_what_was_answered_last_and_not_in_which_words(open_centre):  # noqa: F811
    centre = open_centre(clause("warning"), NOTIFY)
    natively(centre, PLAN)
    natively(centre, CROSSING, office=RU)
    assert other_side(centre, RU) == ["waiting"]
    commanded(centre, US, "query_notice", {"notice": 1, "words": "which tanker"})
    assert other_side(centre, RU) == ["query"]
    commanded(centre, US, "cannot_assure", {"notice": 1, "words": "no radio"})
    assert other_side(centre, RU) == ["cannot_assure"]
    commanded(centre, US, "acknowledge", {"notice": 1, "read_back": "cd" * 32})
    assert other_side(centre, RU) == ["cannot_assure"], "what was read back wrongly takes no answer back"
    (mine,) = notices(centre, US)
    commanded(centre, US, "acknowledge", {"notice": 1, "read_back": mine["read_back"]})
    assert other_side(centre, RU) == ["acknowledged"]
    for path in ("conflicts", "notices", "acknowledgements"):
        said = centre.ask("GET", f"/api/v1/{path}", RU).body
        assert b"tanker" not in said and b"radio" not in said


def test_a_notice_is_a_duty_until_it_is_answered_and_says_nothing(open_centre):  # noqa: F811
    centre = open_centre(clause("details"), {**NOTIFY, "read_back": False})
    ours = natively(centre, PLAN)
    theirs = natively(centre, CROSSING, office=RU)
    page = told(centre, US, "/api/v1/duties")
    (duty,) = page["duties"]
    assert set(duty) == {"duty", "kind", "notice", "answer_by", "reason", "date_added"}
    assert (duty["kind"], duty["reason"], duty["notice"]) == ("notice", "to_be_answered", 1)
    (root,) = [one for one in centre.ask("GET", "/taxii2/all/collections/", US, headers={
        "Accept": "application/taxii+json;version=2.1"}).json()["collections"] if one.get("alias") == "duties"]
    objects = centre.ask("GET", f"/taxii2/all/collections/{root['id']}/objects/", US, headers={
        "Accept": "application/taxii+json;version=2.1"})
    (thing,) = objects.json()["objects"]
    assert thing["type"] == "x-comity-duty" and thing["duty"] == "notice" and thing["notice"] == 1
    for word in (ours, theirs, "polygon", RU, "us.deconfliction"):
        assert word not in json.dumps(page) and word.encode() not in objects.body, word
    commanded(centre, US, "query_notice", {"notice": 1})
    assert told(centre, US, "/api/v1/duties")["duties"] == []
    assert told(centre, US, f"/api/v1/duties?after={page['next']}")["duties"] == []
    assert told(centre, SA, "/api/v1/duties")["duties"] == []


def rows_of(centre, office, recipient=None):
    return [row for row in told(centre, office, "/api/v1/acknowledgements")["rows"]
            if recipient is None or row["recipient"] == recipient]


def test_the_record_says_of_others_what_ones_side_of_the_clause_says(open_centre):  # noqa: F811
    centre = open_centre(clause(["warning", "reference"]), {**NOTIFY, "read_back": False})
    natively(centre, PLAN)
    natively(centre, CROSSING, office=RU)
    commanded(centre, US, "acknowledge", {"notice": 1})
    (own,), (theirs,) = rows_of(centre, RU, RU), rows_of(centre, RU, US)
    assert (own["sent"], own["delivered"], own["answered"], own["overdue"]) == (1, 0, 0, 0) and "median_s" not in own
    assert (theirs["sent"], theirs["answered"], theirs["overdue"]) == (1, 1, 0) and 0 <= theirs["median_s"] < 60
    assert (theirs["agreement"], theirs["clause"]) == ("us.deconfliction", "airspace")
    # us is only warned: of ru it learns no name, and of what is open whether it is answered.
    assert rows_of(centre, US, RU) == []
    (others,) = rows_of(centre, US, "others")
    assert set(others) == {"day", "recipient", "agreement", "clause", "sent", "answered", "overdue", "read_back_differs"}
    assert (others["sent"], others["answered"]) == (1, 0)
    assert RU not in json.dumps(rows_of(centre, US)) and rows_of(centre, SA) == []
    # As CSV, at the door and by the command line.
    answer = answered(centre, RU, "/api/v1/acknowledgements", Accept="text/csv")
    assert answer.header("Content-Type") == "text/csv"
    listed = list(csv.DictReader(io.StringIO(answer.body.decode(), newline="")))
    assert [(row["recipient"], row["sent"], row["answered"]) for row in listed] == [(US, "1", "1"), (RU, "1", "0")]
    office = Office(centre, RU)
    assert list(csv.DictReader(io.StringIO(office.says("notices", "record", "--csv").stdout))) == listed
    shown = office.says("notices", "record").stdout
    assert US in shown and "median answer" in shown
    assert office.told("notices", "record")["rows"] == rows_of(centre, RU)
    office.says("notices", "--csv", code=2)
    # What is over stays in the record of who was told whose it was; the other's is of what is open.
    commanded(centre, RU, "delete_intent", {key: told(centre, RU, "/api/v1/intents")[0][name] for key, name in
                                            (("id", "id"), ("at", "ovn"))})
    assert rows_of(centre, RU, US) == [theirs] and rows_of(centre, US, "others") == []


def test_who_files_late_is_told_and_refused_nothing(open_centre):  # noqa: F811
    centre = open_centre({**clause(["warning", "reference"]), "lead_time": "PT90M"}, NOTIFY)
    office = Office(centre, US)
    at = "35.0 40.0, 35.0 40.02, 35.02 40.02, 35.02 40.0"
    said = office.says("file", "--polygon", at, "--low", "100m", "--high", "300m", "--from", moment(1), "--until", moment(2)).stdout
    assert said.count("short notice: ") == 2 and "us.deconfliction, airspace" in said and "us.deconfliction, volumes" in said
    natively(centre, CROSSING, office=RU)
    (ours,), (theirs,) = notices(centre, US), notices(centre, RU)
    assert "short_notice" not in ours["content"], "at warning nothing more than the grid says"
    assert theirs["content"]["short_notice"].startswith(("PT2H", "PT1H59M"))
    early = office.says("file", "--polygon", at, "--low", "5000m", "--high", "5300m", "--from", moment(4), "--until", moment(5)).stdout
    assert "short notice" not in early


def site(centre, name, office=RU, **more):
    entity = str(uuid.uuid4())
    commanded(centre, office, "put_site", {
        "id": entity, "kind": "hospital", "name": name, "source": "its director", "measured": "map",
        "reconfirm_by": moment(24), "extents": [{"polygon": [[400100000, 350100000], [400110000, 350100000], [400110000, 350110000]]}],
        **more})
    return entity


def test_sites_are_confirmed_by_the_command_line(open_centre):  # noqa: F811
    centre = open_centre(clause("warning"), SHELTER)
    first, second = site(centre, "One"), site(centre, "Two")
    natively(centre, PLAN)
    (before,) = notices(centre, US)
    office = Office(centre, RU)
    office.says("sites", "reconfirm", first, second, "--by", moment(48), "--yes")
    listed = {row["id"]: row for row in office.told("sites", "list")}
    assert {row["version"] for row in listed.values()} == {2}
    assert {row["reconfirm_by"][:13] for row in listed.values()} == {moment(48)[:13]}
    assert notices(centre, US) == [{**before, "delivered": notices(centre, US)[0]["delivered"]}], "nobody else is told"
    office.says("sites", "reconfirm", first, "--by", "+P1000D", "--yes", code=1)
    office.says("sites", "reconfirm", first, "--by", moment(-1), "--yes", code=1)
    office.says("sites", "reconfirm", first, "--yes")
    assert {row["version"] for row in office.told("sites", "list")} == {2, 3}
    # One day's window of a schedule is shown, whatever the day is.
    site(centre, "Three", schedule={"utc_offset_minutes": 180, "periods": [{"days": ["ANY"], "from": "SR", "until": "SS"}]})
    (three,) = [row for row in office.told("sites", "list") if row["name"] == "Three"]
    assert len(three["extents"]) == 1 and 7 <= len(three["windows"]) <= 8


def test_long_lists_are_read_page_by_page(open_centre):  # noqa: F811
    centre = open_centre()
    ids = sorted(str(uuid.uuid4()) for _ in range(1_005))
    corner = [[400100000, 350100000], [400110000, 350100000], [400110000, 350110000]]
    commands = [{"kind": "put_site", "body": {
        "id": one, "kind": "water", "name": one[:8], "source": "list", "measured": "map", "reconfirm_by": moment(24),
        "extents": [{"polygon": corner}]}} for one in ids]
    for part in (commands[:1000], commands[1000:]):
        answer = centre.ask("POST", "/api/v1/commands", RU, json.dumps(part), {"Content-Type": "application/json"}, person=True)
        assert answer.status == 200, answer.body[:500]
    first = told(centre, RU, "/api/v1/sites")
    assert [row["id"] for row in first] == ids[:1000]
    rest = told(centre, RU, f"/api/v1/sites?after={first[-1]['id']}&limit=3")
    assert [row["id"] for row in rest] == ids[1000:1003]
    assert centre.ask("GET", "/api/v1/sites?after=x", RU).status == 400
    office = Office(centre, RU)
    assert [row["id"] for row in office.told("sites", "list")] == ids
    assert "accepted" in office.says("sites", "reconfirm", ids[-1], "--yes").stdout
