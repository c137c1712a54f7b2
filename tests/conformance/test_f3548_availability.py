"""F3548 door: the availability of USSs, and reports (rules A1 to A3, R1; 25-isolation D8)."""
import base64
import hashlib
import json
import time

import pytest

import dss_volumes as v
from dss import INTENTS, missing, new_id

PATH = "/dss/v1/uss_availability"


def a_uss(served, *scopes):
    """One that nothing was ever said of."""
    return served.uss(f"uss-{new_id()[:13]}", *scopes)


def got(client, uss):
    return client.call("GET", f"{PATH}/{uss}", None, 200).json()


# --- A ---
def test_a_uss_of_which_nothing_is_known(served, alder):
    """A1: 200, Unknown, and no version; be there one or not."""
    name = a_uss(served).sub
    expected = {"status": {"uss": name, "availability": "Unknown"}, "version": ""}
    for scope in ("aa", "sc", "sa"):
        assert got(served.uss("alder", scope), name) == expected
    uss = served.uss(name)
    uss.filed(v.Spot().volume())
    assert got(uss, name) == expected


def test_availability_is_set_version_by_version(served, alder, birch):
    """A2: the version before must be named, and each write has its own; whoever has the scope may."""
    name, version, seen = a_uss(served).sub, "", set()
    for client, state in ((alder, "Normal"), (birch, "Down"), (alder, "Down"), (birch, "Unknown"), (served.uss(name), "Normal")):
        told = client.mark(name, state, version)
        assert told["status"] == {"uss": name, "availability": state}
        assert told["version"] not in seen | {"", version}
        assert got(alder, name) == got(birch, name) == told
        seen.add(version)
        version = told["version"]
        for stale in (*seen, version + "x", version[:-1]):
            client.mark(name, "Down", stale, want=409)
        assert got(alder, name) == told


def test_the_first_version_is_none(served, alder):
    """A2: `""`, or nothing said; else 409."""
    name = a_uss(served).sub
    alder.mark(name, "Normal", "1", want=409)
    assert got(alder, name)["version"] == ""
    told = alder.call("PUT", f"{PATH}/{name}", {"availability": "Normal"}, 200).json()
    assert told["version"] != "" and told["status"]["availability"] == "Normal"
    alder.call("PUT", f"{PATH}/{name}", {"availability": "Down"}, 409)


@pytest.mark.parametrize("said, state", [
    ("normal", "Normal"), ("NORMAL", "Normal"), ("Down", "Down"), ("dOWN", "Down"), ("unknown", "Unknown"), ("", "Unknown"),
    ("Up", None), ("Normal ", None), ("Available", None), (5, None)])
def test_words_of_availability(served, alder, said, state):
    """A2: in any case; no other words."""
    name = a_uss(served).sub
    told = alder.mark(name, said, "", want=200 if state else 400)
    assert told["status"]["availability"] == state if state else got(alder, name)["version"] == ""


def test_availability_is_one_uss_s(served, alder):
    """A2: named by its `sub`, as it stands."""
    name = a_uss(served).sub
    told = alder.mark(name, "Down", "")
    for other in (name.upper(), name + "x", name[:-1]):
        assert got(alder, other) == {"status": {"uss": other, "availability": "Unknown"}, "version": ""}
    assert got(alder, name) == told
    spaced = f"uss {new_id()}"  # which its path escapes
    alder.mark(spaced.replace(" ", "%20"), "Normal", "")
    assert got(alder, spaced.replace(" ", "%20"))["status"] == {"uss": spaced, "availability": "Normal"}


def test_what_being_down_does(served, spot):
    """A3: U5 for itself, U8 for others, I9 for readers."""
    uss, alder = a_uss(served), served.uss("alder")
    reference = uss.filed(spot.volume())
    assert missing(alder.put(INTENTS, new_id(), alder.intent(spot.volume()), want=409)) == {reference["id"]}
    alder.mark(uss.sub, "Down")
    uss.changed(reference, spot.volume(), want=412)
    assert alder.get(INTENTS, reference["id"])["uss_availability"] == "Down"
    other = alder.filed(spot.volume())
    alder.mark(uss.sub, "Normal")
    told = uss.changed(reference, spot.volume(), want=409)
    assert missing(told) == {other["id"]}, "what came meanwhile counts"
    uss.changed(reference, spot.volume(), key=[other["ovn"]])


# --- R ---
def exchange(**more):
    return {"url": "https://birch.example/uss/v1/operational_intents", "method": "POST", "recorder_role": "Client",
            "request_source": "alder", "request_time": {"value": "2026-01-01T00:00:00.123456Z", "format": "RFC3339"}, **more}


def report(client, told, want=201):
    return client.call("POST", "/dss/v1/reports", {"exchange": told}, want).json()


def without_zeros(told):
    return {**told, "request_time": v.moment_of(told["request_time"]), **({"response_time": v.moment_of(told["response_time"])}
                                                                          if "response_time" in told else {})}


def test_a_report_comes_back_with_a_name(served, alder):
    """R1: 201, the exchange as it was, and an id of its own."""
    full = exchange(headers=["Content-Type: application/json", "X-Trace: 7"], request_body=base64.b64encode(b"{}").decode(),
                    response_time={"value": "2026-01-01T00:00:01Z", "format": "RFC3339"}, response_code=500, problem="no answer\u00e9",
                    response_body=base64.b64encode(b"\xff\x00").decode())
    names = set()
    for told in (exchange(), full, full, exchange(recorder_role="Server")):
        answer = report(alder, told)
        names.add(answer["report_id"])
        echoed = {name: value for name, value in answer["exchange"].items() if name in told}
        rest = {name: value for name, value in answer["exchange"].items() if name not in told}
        assert without_zeros(echoed) == without_zeros(told)
        assert all(value in ([], "", 0) for value in rest.values()), "at most the defaults of what was not said"
    assert len(names) == 4


def digests(*secrets):
    """Of what the SHA-256 may be told, in the ways of writing it."""
    for secret in secrets:
        octets = hashlib.sha256(secret.encode()).digest()
        yield from (octets.hex(), base64.b64encode(octets).decode(), base64.urlsafe_b64encode(octets).rstrip(b"=").decode())


@pytest.mark.parametrize("name", ["Authorization", "authorization", "AUTHORIZATION"])
@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "Basic"])
def test_credentials_are_cut_at_the_door(served, alder, name, scheme):
    """25-isolation D8: of an Authorization line the SHA-256 is kept; nothing else of it comes back, and no other line changes."""
    secret = served.issuer.token("birch") if scheme != "Basic" else base64.b64encode(b"birch:a secret that is long").decode()
    lines = ["Accept: */*", f"{name}: {scheme} {secret}", "X-Authorization-Hint: none"]
    answer = report(alder, exchange(headers=lines))
    echoed = answer["exchange"]["headers"]
    assert len(echoed) == 3 and echoed[0] == lines[0] and echoed[2] == lines[2]
    assert echoed[1].lower().startswith("authorization:")
    told = json.dumps(answer)
    for part in (secret, *(piece for piece in secret.split(".") if len(piece) > 20)):
        assert part not in told
    assert any(digest.lower() in echoed[1].lower() for digest in digests(secret, f"{scheme} {secret}", lines[1])), echoed[1]


def test_an_authorization_line_of_any_look(served, alder):
    """25-isolation D8: with more spaces or none, twice, or with nothing after its name."""
    secret = served.issuer.token("birch")
    for line in (f"Authorization:Bearer {secret}", f"Authorization:   Bearer   {secret}  ", f" Authorization: Bearer {secret}",
                 f"Authorization : Bearer {secret}", f"Authorization: {secret}"):
        told = report(alder, exchange(headers=[line, line]))
        assert secret not in json.dumps(told) and len(told["exchange"]["headers"]) == 2, line[:20]
    for line in ("Authorization", "Authorization:", "Authorization: ", "Authorization: Bearer", ""):
        report(alder, exchange(headers=[line]))


def test_no_log_holds_a_token(served, alder):
    """25-isolation D8: neither what was reported nor what was presented is written down by the process; nor by its journal."""
    secret = served.issuer.sign(served.issuer.claims("birch", ("sc",)))
    report(alder, exchange(headers=[f"Authorization: Bearer {secret}"]))
    tail = secret.rsplit(".", 1)[1]
    time.sleep(0.1)
    assert tail not in served.said()
    held = [path for path in served.data.rglob("*") if path.is_file()]
    assert held, "a centre writes something"
    for path in held:
        assert tail.encode() not in path.read_bytes(), path


@pytest.mark.parametrize("scope", ["sc", "cm", "cp", "sa", "aa"])
def test_any_scope_reports(served, scope):
    """R1, T7."""
    report(served.uss("alder", scope), exchange())


@pytest.mark.parametrize("wrong", [
    [], 5, "x", {"url": 5}, {"headers": "Accept: */*"}, {"headers": [5]}, {"request_time": "2026-01-01T00:00:00Z"},
    {"response_code": "500"}], ids=str)
def test_a_report_that_cannot_be_read(alder, wrong):
    """R1: 400."""
    report(alder, {**exchange(), **wrong} if isinstance(wrong, dict) else wrong, want=400)
