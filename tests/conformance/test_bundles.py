"""Real bundles go from one party to another byte for byte, and to a third not at all."""
import json

import pytest

import centre as c

BUNDLES = ["mvt-indicators/predator.json", "disarm/DISARM.json", "attack/ics-attack-17.1.json"]


@pytest.fixture(scope="module")
def running():
    centre = c.Centre(c.load_scenario())
    yield centre
    centre.close()


def raw_objects(path):
    """The objects of a bundle as the bytes that stand in the file, in a decoder that keeps places."""
    text = path.read_text()
    decoder, at, objects = json.JSONDecoder(), text.index("[", text.index('"objects"')) + 1, []
    while True:
        while text[at] in " \t\r\n,":
            at += 1
        if text[at] == "]":
            return objects
        _, end = decoder.raw_decode(text, at)
        objects.append(text[at:end].encode())
        at = end


@pytest.mark.parametrize("name", BUNDLES)
def test_byte_for_byte(running, name):
    path = c.SHARED / "data/stix" / name
    if not path.exists():
        pytest.skip("no data: the real STIX bundles are not beside the project")
    objects = raw_objects(path)
    status = running.post("il/general-staff", "ru.il-staff", objects)
    assert status["success_count"] + status["failure_count"] == len(objects)
    refused = {one["id"] for one in status.get("failures", [])}
    assert len(refused) <= 10, refused  # ATT&CK's empty lists; pinned by the unit tests of stix/
    received = b"".join(running.pages("ru/general-staff", "ru.il-staff"))
    kept = [one for one in objects if json.loads(one)["id"] not in refused]
    missing = [one[:120] for one in kept if one not in received]
    assert not missing, (len(missing), missing[:3])

    everything = b"".join(answer.bytes() for answer in running.walk("ir/general-staff", ["ru.il-staff"]).values())
    for one in kept[:200]:
        assert json.loads(one)["id"].encode() not in everything


def test_the_third_party_is_told_nothing_of_the_agreement(running):
    for path in ("/taxii2/ru.il-staff/", "/taxii2/ru.il-staff/collections/"):
        hidden = running.ask("GET", path, "ir/general-staff")
        absent = running.ask("GET", path.replace("il-staff", "no-such-thing"), "ir/general-staff")
        assert hidden.status == 404
        assert hidden.body == absent.body
        assert [name for name, _ in hidden.headers] == [name for name, _ in absent.headers]
