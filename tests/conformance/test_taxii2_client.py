"""The TAXII client of the standard's own committee finds its way (30-exchange: any TAXII 2.1 client)."""
import json
import uuid

import pytest

import centre as c

try:
    import requests
    from taxii2client.v21 import ApiRoot, Server, as_pages
except ImportError:
    pytest.skip("no taxii2-client: the Python package is not installed", allow_module_level=True)

TEXT = "Umber-Quartz-2290"


@pytest.fixture(scope="module")
def running():
    centre = c.Centre(c.load_scenario())
    yield centre
    centre.close()


def login(running, office):
    one = running.access[office]
    return {"user": one["client"], "password": one["client_password"]}


def url(running, path):
    return f"http://127.0.0.1:{running.port}{path}"


def root(running, office, agreement):
    return ApiRoot(url(running, f"/taxii2/{agreement}/"), **login(running, office))


def collection(running, office, agreement, alias):
    return next(one for one in root(running, office, agreement).collections if one.alias == alias)


def report(number):
    at = "2026-01-01T00:00:00.000Z"
    return {"type": "report", "spec_version": "2.1", "id": f"report--{uuid.uuid4()}", "created": at, "modified": at,
            "name": f"{TEXT} {number}", "published": at, "object_refs": [f"campaign--{uuid.uuid4()}"],
            "labels": ["isil"]}


def test_discovery_leads_to_the_roots(running):
    server = Server(url(running, "/taxii2/"), **login(running, "ru/general-staff"))
    names = {one.url.rstrip("/").rsplit("/", 1)[-1] for one in server.api_roots}
    assert {"all", "ru.baghdad-centre", "ru.il-staff"} <= names
    assert server.default.url.endswith("/taxii2/all/")
    others = Server(url(running, "/taxii2/"), **login(running, "ir/general-staff"))
    assert not any("il-staff" in one.url for one in others.api_roots)


def test_what_one_adds_the_other_pages_through(running):
    giver = collection(running, "il/general-staff", "ru.il-staff", "contributed")
    assert giver.can_write
    posted = [report(n) for n in range(25)]
    status = giver.add_objects({"objects": posted})
    assert (status.status, status.success_count, status.failure_count) == ("complete", 25, 0)
    status.refresh()
    assert status.total_count == 25

    taker = collection(running, "ru/general-staff", "ru.il-staff", "received")
    assert taker.can_read and not taker.can_write
    got = [one for page in as_pages(taker.get_objects, per_request=10) for one in page.get("objects", [])]
    mine = [one for one in got if TEXT in one.get("name", "")]
    assert mine == posted
    listed = [one["id"] for page in as_pages(taker.get_manifest, per_request=7) for one in page.get("objects", [])]
    assert listed == [one["id"] for one in got]


def test_one_object_and_its_versions(running):
    giver = collection(running, "il/general-staff", "ru.il-staff", "contributed")
    first = report(100)
    later = {**first, "modified": "2026-02-01T00:00:00.000Z"}
    giver.add_objects({"objects": [first, later]})
    taker = collection(running, "ru/general-staff", "ru.il-staff", "received")
    assert taker.get_object(first["id"])["objects"] == [later]
    assert taker.get_object(first["id"], version="first")["objects"] == [first]
    assert taker.object_versions(first["id"])["versions"] == [first["modified"], later["modified"]]
    giver.delete_object(first["id"], version="all")
    with pytest.raises(Exception, match="404"):
        taker.get_object(first["id"])


def test_a_refusal_is_told_object_by_object(running):
    giver = collection(running, "il/general-staff", "ru.il-staff", "contributed")
    good, bad = report(200), {**report(201), "published": "yesterday"}
    status = giver.add_objects({"objects": [good, bad]})
    assert (status.success_count, status.failure_count) == (1, 1)
    assert status.failures[0]["id"] == bad["id"]
    assert "timestamp_form" in json.dumps(status.failures[0])


def test_the_third_party_finds_nothing(running):
    taker = collection(running, "ir/general-staff", "all", "received")
    pages = list(as_pages(taker.get_objects, per_request=100))
    assert TEXT not in json.dumps(pages)
    with pytest.raises(Exception, match="404"):
        root(running, "ir/general-staff", "ru.il-staff").refresh()


def test_in_the_place_of_another_server_it_notices_nothing(tmp_path):
    preset = pytest.importorskip("test_preset_taxii")
    code, said, data = preset.init(tmp_path, preset.description())
    assert code == 0, said
    old = preset.Old(data)
    try:
        who = {"user": "alice", "password": preset.USERS["alice"]}
        server = Server(url(old, "/taxii2/"), **who)
        assert (server.title, server.contact) == ("Exchange of old", "desk@example.org")
        assert [one.url for one in server.api_roots] == [url(old, "/trustgroup1/"), url(old, "/taxii2/feeds/")]
        assert server.default.title == "Trust group 1"
        public = next(one for one in server.default.collections if one.id == preset.PUBLIC)
        assert (public.can_read, public.can_write, public.alias) == (True, True, "public")
        pages = list(as_pages(public.get_objects, per_request=7))
        assert sum(len(one["objects"]) for one in pages) == 40
        later = public.get_manifest(added_after=preset.date(1037))["objects"]
        assert [one["date_added"] for one in later] == [preset.date(1038), preset.date(2000)]
        status = public.add_objects({"objects": [report(1)]})
        assert (status.status, status.success_count) == ("complete", 1)
        id = status.successes[0]["id"]
        assert public.get_object(id)["objects"][0]["name"] == f"{TEXT} 1"
        assert server.default.get_status(status.id).success_count == 1
        public.delete_object(id)
        with pytest.raises(requests.HTTPError) as refused:
            public.get_object(id)
        assert refused.value.response.status_code == 404
    finally:
        old.close()
