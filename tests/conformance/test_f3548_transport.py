"""F3548 door: paths, limits, bodies and errors that all endpoints share (rules T1 to T5 and T9; the auxiliary API).

Of T3 the deadline of a handler cannot be reached from outside; T10, that 429 is never said, holds for every status expected here."""
import json
import re
import socket

import pytest

import dss_shapes as shapes
import dss_volumes as v
from dss import CONSTRAINTS, INTENTS, NOBODY, ONE, SUBSCRIPTIONS, new_id

LIMIT = 1 << 22
QUERY = f"/dss/v1/{INTENTS}/query"


def bearer(client):
    return {"Authorization": f"Bearer {client.token()}"}


def is_no_page(answer):
    return (answer.status == 404 and answer.body.strip() == b"404 page not found" and
            (answer.header("Content-Type") or "").startswith("text/plain"))


@pytest.mark.parametrize("path", [
    "/", "/dss", "/dss/v1", "/dss/v1/", "/dss/v2/operational_intent_references/query", "/dss/v1/operational_intents/query",
    f"/dss/v1/{INTENTS}", f"/dss/v1/{INTENTS}/{NOBODY}/ovn/more", f"/dss/v1/{SUBSCRIPTIONS}", f"/dss/v1/{SUBSCRIPTIONS}/{NOBODY}/1/2",
    "/dss/v1/reports/", f"/dss/v1/reports/{NOBODY}", "/dss/v1/uss_availability", "/dss/v1/uss_availability/a/b",
    f"/DSS/v1/{INTENTS}/{NOBODY}", f"/v1/{INTENTS}/{NOBODY}", f"/x/dss/v1/{INTENTS}/{NOBODY}", "/aux/v1", "/aux/v1/versions"])
def test_an_unknown_path_is_404_in_plain_text(served, alder, path):
    """T1, with a token and without."""
    for headers in ({}, bearer(alder)):
        for method in ("GET", "POST"):
            answer = served.plain(method, path, b"{}" if method == "POST" else None, headers)
            assert is_no_page(answer), (method, answer.status, answer.headers, answer.body)


@pytest.mark.parametrize("method, path", [
    ("PUT", QUERY[:-6]), ("PATCH", f"/dss/v1/{INTENTS}/{NOBODY}"), ("POST", f"/dss/v1/{INTENTS}/{NOBODY}"),
    ("DELETE", f"/dss/v1/{INTENTS}/{NOBODY}"), ("GET", f"/dss/v1/{INTENTS}/{NOBODY}/{'o' * 20}"),
    ("POST", f"/dss/v1/{CONSTRAINTS}/{NOBODY}"), ("DELETE", f"/dss/v1/{CONSTRAINTS}/{NOBODY}"),
    ("DELETE", f"/dss/v1/{SUBSCRIPTIONS}/{NOBODY}"), ("GET", f"/dss/v1/{SUBSCRIPTIONS}/{NOBODY}/1"), ("GET", "/dss/v1/reports"),
    ("PUT", "/dss/v1/reports"), ("POST", "/dss/v1/uss_availability/a"), ("DELETE", "/dss/v1/uss_availability/a"),
    ("POST", "/aux/v1/version"), ("PUT", "/aux/v1/validate_oauth")])
def test_a_wrong_method_is_404_and_not_405(served, alder, method, path):
    """T1."""
    for headers in ({}, bearer(alder)):
        answer = served.plain(method, path, b"{}" if method != "GET" else None, headers)
        assert is_no_page(answer), (answer.status, answer.headers, answer.body)


@pytest.mark.parametrize("method, path", [
    ("GET", f"/dss/v1/{INTENTS}/"), ("PUT", f"/dss/v1/{INTENTS}/"), ("GET", f"/dss/v1/{CONSTRAINTS}/"),
    ("PUT", f"/dss/v1/{CONSTRAINTS}/"), ("GET", f"/dss/v1/{SUBSCRIPTIONS}/"), ("PUT", f"/dss/v1/{SUBSCRIPTIONS}/"),
    ("DELETE", f"/dss/v1/{INTENTS}//{'o' * 20}"), ("DELETE", f"/dss/v1/{CONSTRAINTS}//{'o' * 20}"),
    ("DELETE", f"/dss/v1/{SUBSCRIPTIONS}//1"), ("GET", QUERY), ("GET", f"/dss/v1/{SUBSCRIPTIONS}/query")])
def test_an_empty_parameter_is_a_bad_id(spot, alder, method, path):
    """T1: `[^/]*`. And a GET of a query's path has the id `query`, which is none."""
    kind = path.split("/")[3]
    body = {INTENTS: alder.intent(spot.volume()), CONSTRAINTS: alder.constraint(spot.volume()),
            SUBSCRIPTIONS: alder.subscription(spot.volume())}[kind]
    alder.call(method, path, body if method == "PUT" else None, 400)


def test_health_and_version_need_no_token(served):
    """T2, and endpoint /aux/v1/version."""
    for headers in ({}, {"Authorization": "Bearer nonsense"}):
        answer = served.plain("GET", "/healthy", headers=headers)
        assert answer.status == 200 and answer.body.strip() == b"ok"
        answer = served.plain("GET", "/aux/v1/version", headers=headers)
        shapes.check_answer("GET", "/aux/v1/version", answer)
        assert answer.status == 200 and "undefined" not in answer.json()["version"]


def raw(served, head, body, chunk=1 << 16):
    """The status and body of an answer that may come before all is sent."""
    with socket.create_connection(("127.0.0.1", served.port), timeout=30) as wire:
        try:
            wire.sendall(head)
            for start in range(0, len(body), chunk):
                wire.sendall(body[start:start + chunk])
        except OSError:
            pass  # it has heard enough
        told = b""
        try:
            while block := wire.recv(1 << 16):
                told += block
        except ConnectionResetError:
            pass
    head, _, rest = told.partition(b"\r\n\r\n")
    return int(head.split()[1]) if head else None, head.lower(), rest


def asking(client, size):
    """A query of a small area whose body has this many octets."""
    body = json.dumps({"area_of_interest": v.Spot().anytime()}).encode()
    return body + b" " * (size - len(body))


def head(client, length, path=QUERY, authorised=True):
    token = f"Authorization: Bearer {client.token()}\r\n" if authorised else ""
    return (f"POST {path} HTTP/1.1\r\nHost: dss.example\r\n{token}Content-Type: application/json\r\n{length}\r\n"
            "Connection: close\r\n\r\n").encode()


def test_a_body_of_more_than_4_mib_is_413_in_plain_text(served, alder):
    """T3."""
    status, _, rest = raw(served, head(alder, f"Content-Length: {LIMIT}"), asking(alder, LIMIT))
    assert status == 200, rest[:200]
    status, fields, _ = raw(served, head(alder, f"Content-Length: {LIMIT + 1}"), asking(alder, LIMIT + 1))
    assert status == 413 and b"content-type: text/plain" in fields, fields
    assert served.plain("GET", "/healthy").status == 200


def test_a_body_in_chunks_has_the_same_limit(served, alder):
    """T3: whose length nobody said before."""
    def chunked(body):
        return b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in
                        (body[start:start + 65536] for start in range(0, len(body), 65536))) + b"0\r\n\r\n"
    status, _, rest = raw(served, head(alder, "Transfer-Encoding: chunked"), chunked(asking(alder, 100_000)))
    assert status == 200, rest[:200]
    status, _, _ = raw(served, head(alder, "Transfer-Encoding: chunked"), chunked(asking(alder, LIMIT + 70_000)))
    assert status == 413


def test_without_a_token_a_large_body_is_read_by_nobody(served, alder):
    """T3 and T5: which of the two comes first is not said."""
    status, _, _ = raw(served, head(alder, f"Content-Length: {LIMIT + 1}", authorised=False), asking(alder, LIMIT + 1))
    assert status in (401, 413)


def test_unknown_members_are_ignored(spot, alder):
    """T4, at every depth; the answers have none of them, which the tables see to."""
    area = spot.volume()
    area["x"] = area["volume"]["y"] = {"deep": [1, {"z": None}]}
    area["time_start"]["zone"] = area["volume"]["altitude_lower"]["datum"] = 5
    area["volume"]["outline_polygon"]["vertices"][0]["alt"] = "high"
    body = alder.intent(area, colour="red", new_subscription=alder.implicit(colour="green"))
    reference = alder.put(INTENTS, new_id(), body)[ONE[INTENTS]]
    constraint = alder.put(CONSTRAINTS, new_id(), alder.constraint(area, colour="red"))[ONE[CONSTRAINTS]]
    alder.subscribed(area, colour="red", dependent_operational_intents=[NOBODY], notification_index=9)
    told = alder.call("POST", QUERY, {"area_of_interest": area, "limit": 1}, 200).json()
    assert [one["id"] for one in told[INTENTS]] == [reference["id"]]
    assert alder.found(CONSTRAINTS, area) == {constraint["id"]}


def test_an_object_that_is_null_is_absent(spot, alder):
    """T4."""
    area = spot.volume()
    area["volume"]["outline_circle"] = None
    alder.filed(area, new_subscription=None)
    bounds = {"time_start": None, "time_end": None}
    asked = {"volume": {**spot.square(), "outline_circle": None, "altitude_lower": None, "altitude_upper": None}, **bounds}
    assert len(alder.query(INTENTS, asked)) == 1
    alder.restricted({**area, "volume": {**area["volume"], "altitude_lower": None}})
    told = alder.subscribed({"volume": area["volume"], **bounds})  # S2: the defaults of absent ones
    assert (v.moment_of(told["time_end"]) - v.moment_of(told["time_start"])).total_seconds() == 24 * 3600
    alder.query(INTENTS, None, want=400)  # D4
    alder.put(INTENTS, new_id(), alder.intent({**area, "time_start": None}), want=400)  # U1


BODIES = {"nothing": b"", "no JSON": b"{", "a list": b"[]", "a number": b"5", "text": b'"x"', "two": b"{}{}", "bad UTF-8": b'{"a":"\xff"}',
          "deep": b'{"extents":' + b"[" * 100_000 + b"]" * 100_000 + b"}"}
WRITES = [("POST", QUERY), ("POST", f"/dss/v1/{CONSTRAINTS}/query"), ("POST", f"/dss/v1/{SUBSCRIPTIONS}/query"),
          ("PUT", f"/dss/v1/{INTENTS}/{NOBODY}"), ("PUT", f"/dss/v1/{INTENTS}/{NOBODY}/{'o' * 20}"),
          ("PUT", f"/dss/v1/{CONSTRAINTS}/{NOBODY}"), ("PUT", f"/dss/v1/{CONSTRAINTS}/{NOBODY}/{'o' * 20}"),
          ("PUT", f"/dss/v1/{SUBSCRIPTIONS}/{NOBODY}"), ("PUT", f"/dss/v1/{SUBSCRIPTIONS}/{NOBODY}/1"),
          ("POST", "/dss/v1/reports"), ("PUT", "/dss/v1/uss_availability/alder")]


@pytest.mark.parametrize("name", BODIES)
def test_a_body_that_cannot_be_read_is_400(alder, name):
    """U1 and its like (M3)."""
    for method, path in WRITES:
        if name in ("two", "bad UTF-8") and path in ("/dss/v1/reports", "/dss/v1/uss_availability/alder"):
            continue  # what is wrong stands where members are ignored, and all members of these may be absent
        alder.call(method, path, BODIES[name], 400)


@pytest.mark.parametrize("wrong", [{"extents": "everywhere"}, {"extents": [5]}, {"key": "abc"}, {"key": [5]}, {"state": 5},
                                   {"uss_base_url": ["https://a.example"]}, {"subscription_id": 7}, {"new_subscription": "yes"}])
def test_a_member_of_the_wrong_type_is_400(spot, alder, wrong):
    """U1: a body is read whole, or not at all."""
    alder.put(INTENTS, new_id(), alder.intent(spot.volume(), **wrong), want=400)


def test_who_may_ask_comes_before_what_is_asked(served, spot):
    """T5, M3: 401 and 403 before 400, for every endpoint with a body, and for ids."""
    reader = served.uss("alder", "read")
    for method, path in WRITES:
        for body in (b"", b"{", b"[]"):
            assert served.plain(method, path, body).status == 401, path
            assert served.plain(method, path, body, {"Authorization": "Bearer x.y.z"}).status == 401, path
            reader.call(method, path, body, 403)
    for kind in (INTENTS, CONSTRAINTS, SUBSCRIPTIONS):
        for path in (f"/dss/v1/{kind}/not-an-id", f"/dss/v1/{kind}/"):
            assert served.plain("GET", path).status == 401
            reader.call("GET", path, None, 403)


def test_errors_have_a_message_with_an_id_of_their_own(served, spot, alder, birch):
    """T9: `{"message": "... (E:<uuid>)"}`, which the tables check for all; here, that ids differ, and whose it is stays out."""
    reference = alder.filed(spot.volume())
    refused = [birch.delete(INTENTS, reference["id"], reference["ovn"], want=403) for _ in range(2)]
    refused.append(birch.put(INTENTS, reference["id"], birch.intent(spot.volume()), reference["ovn"], want=403))
    refused.append(birch.get(INTENTS, NOBODY, want=404))
    answer = served.plain("GET", f"/dss/v1/{INTENTS}/{NOBODY}")
    shapes.check_answer("GET", f"/dss/v1/{INTENTS}/{NOBODY}", answer)  # 401 too
    refused.append(answer.json())
    told = [re.search(r"\(E:(.*)\)", one["message"])[1] for one in refused]
    assert len(set(told)) == len(told)
    for one in refused:
        assert "alder" not in one["message"] and reference["ovn"] not in one["message"]


def test_a_connection_goes_on_after_errors(served, spot, alder):
    """As clients with a pool of connections expect."""
    connection = served.connect()
    for path, status in ((f"/dss/v1/{INTENTS}/{NOBODY}", 404), ("/nowhere", 404), (f"/dss/v1/{INTENTS}/x", 400), ("/healthy", 200)):
        connection.request("GET", path, headers=bearer(alder))
        response = connection.getresponse()
        response.read()
        assert response.status == status and not response.will_close
    connection.close()
