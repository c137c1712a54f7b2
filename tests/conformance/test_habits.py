"""What OpenCTI and MISP do that is not quite the standard, or leaves it to the server, over a real socket (30-exchange)."""
import base64
import json
import uuid

import pytest

import centre as c


@pytest.fixture(scope="module")
def running():
    centre = c.Centre(c.load_scenario())
    yield centre
    centre.close()


def basic(running, office, word="Basic"):
    one = running.access[office]
    return f"{word} " + base64.b64encode(f"{one['client']}:{one['client_password']}".encode()).decode()


def report(number, **more):
    at = f"2026-01-01T00:00:{number:02}.000Z"
    return {"type": "report", "spec_version": "2.1", "id": f"report--{uuid.uuid4()}", "created": at, "modified": at,
            "name": f"Report {number}", "published": at, "object_refs": [f"campaign--{uuid.uuid4()}"],
            "labels": ["isil"], **more}


def misp(running, method, path, office="il/general-staff", body=None):
    """As its HTTP client asks: the scheme in lower case, a Content-Type on everything."""
    return running.ask(method, path, None, body, {"Authorization": basic(running, office, "basic"), "Accept": c.TAXII,
                                                  "Content-Type": c.TAXII})


def followed(running, method, path, body=None):
    answer = misp(running, method, path, body=body)
    if answer.status == 308:
        assert answer.header("Location").endswith("/")
        answer = misp(running, method, answer.header("Location"), body=body)
    return answer


def test_misp_asks_without_a_slash_and_with_a_content_type(running):
    root = followed(running, "GET", "/taxii2/ru.il-staff").json()
    assert root["max_content_length"] > 1_000_000
    collections = followed(running, "GET", "/taxii2/ru.il-staff/collections").json()["collections"]
    contributed = next(one["id"] for one in collections if one["alias"] == "contributed")
    envelope = json.dumps({"objects": [report(1), report(2)]}).encode()
    status = followed(running, "POST", f"/taxii2/ru.il-staff/collections/{contributed}/objects", envelope)
    assert status.status == 202 and status.json()["success_count"] == 2, status.body


def test_an_organisation_has_a_new_created_in_every_event_and_is_pushed_by_whoever_forwards_it(running):
    organisation = f"identity--{uuid.uuid4()}"

    def identity(at):
        return {"type": "identity", "spec_version": "2.1", "id": organisation, "created": at, "modified": at,
                "name": "An organisation", "identity_class": "organization", "labels": ["isil"]}
    times = ["2026-01-03T00:00:00.000Z", "2026-01-01T00:00:00.000Z", "2026-01-02T00:00:00.000Z"]
    for office in ("il/general-staff", "ru/general-staff"):
        for at in times:
            status = running.post(office, "ru.il-staff", [json.dumps(identity(at)).encode()])
            assert status["success_count"] == 1, status
    for office in ("il/general-staff", "ru/general-staff"):
        have = [one for page in running.pages(office, "ru.il-staff") for one in json.loads(page)["objects"]
                if one["type"] == "identity" and one["name"] == "An organisation"]
        assert len(have) == 1 and have[0]["modified"] == times[0], have


def test_opencti_pages_by_added_after_and_next_at_once(running):
    running.post("il/general-staff", "ru.il-staff", [json.dumps(report(n)).encode() for n in range(10, 35)])
    base = running.collection("ru/general-staff", "ru.il-staff", "received")
    first = running.ask("GET", base + "objects/?limit=1", "ru/general-staff")
    after = first.header("X-TAXII-Date-Added-Last")
    whole = running.ask("GET", base + f"objects/?added_after={after}", "ru/general-staff").json()["objects"]
    seen, path = [], base + f"objects/?added_after={after}&limit=7"
    while True:
        answer = running.ask("GET", path, "ru/general-staff")
        assert answer.status == 200, answer.body
        page = answer.json()
        seen += page.get("objects", [])
        if not page.get("more"):
            break
        path = base + f"objects/?added_after={after}&limit=7&next={page['next']}"
    assert seen == whole and len(seen) == len({one["id"] for one in seen})


def test_opencti_posts_a_bundle_of_one_as_stix(running):
    base = running.collection("il/general-staff", "ru.il-staff", "contributed")
    bundle = {"type": "bundle", "spec_version": "2.1", "id": f"bundle--{uuid.uuid4()}", "objects": [
        report(40, extensions={"extension-definition--ea279b3e-5c71-4632-ac08-831c66a786ba":
                               {"extension_type": "property-extension", "id": str(uuid.uuid4()), "is_inferred": False}})]}
    answer = running.ask("POST", base + "objects/", "il/general-staff", json.dumps(bundle).encode(),
                         {"Content-Type": "application/stix+json; version=2.1",
                          "Accept": "application/taxii+json; version=2.1"})
    assert answer.status == 202 and answer.json()["success_count"] == 1, answer.body


def test_a_process_whose_id_opencti_made_from_its_command_line_can_be_sent_permissively(running):
    """The standard asks for a random id; OpenCTI makes one. Strictly it is refused with that reason."""
    process = {"type": "process", "spec_version": "2.1", "id": "process--2f5cb7a6-2c8a-5ea5-a6f2-5a4d3a5b0b5e",
               "command_line": "a.exe", "labels": ["isil"]}
    base = running.collection("il/general-staff", "ru.il-staff", "contributed")
    for more, good in (({}, 0), ({"x_comity_permissive": True}, 1)):
        answer = running.ask("POST", base + "objects/", "il/general-staff",
                             json.dumps({"objects": [process], **more}).encode()).json()
        assert answer["success_count"] == good, answer
    assert [one["code"] for one in answer["x_comity_warnings"]] == ["uuid_version"]
    assert answer["x_comity_warnings"][0]["asked"] == "must"
