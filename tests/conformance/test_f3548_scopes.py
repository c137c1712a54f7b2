"""F3548 door: which scopes open which of the eighteen endpoints (rule T7 and the table of section 2), and the check of a token in
the auxiliary API."""
import itertools

import pytest

import dss_shapes as shapes
import dss_volumes as v
from dss import CONSTRAINTS, FIVE, INTENTS, NOBODY, SUBSCRIPTIONS, new_id

OVN = "o" * 20
REPORT = {"exchange": {"url": "https://alder.example/x", "method": "GET", "recorder_role": "Client", "request_source": "alder",
                       "request_time": {"value": "2026-01-01T00:00:00Z", "format": "RFC3339"}}}


def intent():
    return {"extents": [v.Spot().volume()], "key": [], "state": "Accepted", "uss_base_url": "https://alder.example/utm"}


def constraint():
    return {"extents": [v.Spot().volume()], "uss_base_url": "https://alder.example/utm"}


def subscription():
    return {"extents": v.Spot().volume(), "uss_base_url": "https://alder.example/utm", "notify_for_operational_intents": True}


def area():
    return {"area_of_interest": v.Spot().anytime()}


def on(kind, *more):
    return lambda: "/".join((f"/dss/v1/{kind}", new_id(), *more))


def at(path):
    return lambda: path


# number: method, path, body, scopes of which one set is enough, what an allowed caller is answered
ENDPOINTS = {
    1: ("POST", at(f"/dss/v1/{INTENTS}/query"), area, ["sc", "sa"], 200),
    2: ("GET", on(INTENTS), None, ["sc", "sa"], 404),
    3: ("PUT", on(INTENTS), intent, ["sc", "sc cp", "sa"], 201),
    4: ("PUT", on(INTENTS, OVN), intent, ["sc", "sc cp", "sa"], 400),  # U6: nothing is there
    5: ("DELETE", on(INTENTS, OVN), None, ["sc", "sa"], 404),
    6: ("POST", at(f"/dss/v1/{CONSTRAINTS}/query"), area, ["cm", "cp"], 200),
    7: ("GET", on(CONSTRAINTS), None, ["cm", "cp"], 404),
    8: ("PUT", on(CONSTRAINTS), constraint, ["cm"], 201),
    9: ("PUT", on(CONSTRAINTS, OVN), constraint, ["cm"], 409),  # C1
    10: ("DELETE", on(CONSTRAINTS, OVN), None, ["cm"], 404),
    11: ("POST", at(f"/dss/v1/{SUBSCRIPTIONS}/query"), area, ["cp", "sc"], 200),
    12: ("GET", on(SUBSCRIPTIONS), None, ["cp", "sc"], 404),
    13: ("PUT", on(SUBSCRIPTIONS), subscription, ["cp", "sc"], 200),
    14: ("PUT", on(SUBSCRIPTIONS, OVN), subscription, ["cp", "sc"], 400),  # S3
    15: ("DELETE", on(SUBSCRIPTIONS, OVN), None, ["cp", "sc"], 404),
    16: ("POST", at("/dss/v1/reports"), lambda: REPORT, list(FIVE), 201),
    17: ("GET", at("/dss/v1/uss_availability/somebody"), None, ["aa", "sc", "sa"], 200),
    18: ("PUT", lambda: f"/dss/v1/uss_availability/{new_id()}", lambda: {"old_version": "", "availability": "Normal"}, ["aa"], 200),
}


@pytest.mark.parametrize("number", ENDPOINTS)
def test_scopes(served, number):
    """T7: an option of the table lets in, whatever else the token has; all else is 403. Every set of up to two scopes, and all."""
    method, path, body, options, success = ENDPOINTS[number]
    for scopes in [(), *itertools.combinations(FIVE, 1), *itertools.combinations(FIVE, 2), FIVE, ("read", "write")]:
        allowed = any(set(option.split()) <= set(scopes) for option in options)
        client = served.uss("alder", *(scopes or ("",)))
        client.call(method, path(), body and body(), success if allowed else 403)


@pytest.mark.parametrize("number", ENDPOINTS)
def test_without_a_token(served, number):
    """T5, T6."""
    method, path, body, _, _ = ENDPOINTS[number]
    path = path()
    answer = served.plain(method, path, b"{}" if body else None)
    assert answer.status == 401
    shapes.check_answer(method, path, answer)


@pytest.mark.parametrize("scope", [
    None, "", " ", "utm", "utm.strategic_coordinatio", "utm.strategic_coordination2", "xutm.strategic_coordination",
    "UTM.STRATEGIC_COORDINATION", "utm.strategic_coordination,utm.constraint_management", "strategic_coordination", "utm.*"])
def test_a_scope_is_a_whole_word(served, scope):
    """T7: words between spaces, compared as they are."""
    token = served.issuer.sign(served.issuer.claims("alder", (), scope=scope))
    assert served.with_token(token) == 403


def test_scopes_stand_in_any_order(served):
    for scope in ("other utm.strategic_coordination", "utm.strategic_coordination other", "a utm.conformance_monitoring_sa b"):
        assert served.with_token(served.issuer.sign(served.issuer.claims("alder", (), scope=scope))) == 404
    token = served.issuer.sign(served.issuer.claims("alder", (), scope=["utm.strategic_coordination"]))
    assert served.with_token(token) in (401, 403), "it is one text, no list"


def test_a_refusal_by_scope_changes_nothing(served, alder):
    """T7: of a subject that another token lets in."""
    spot, name = v.Spot(), new_id()
    served.uss("alder", "cm", "cp").put(INTENTS, name, alder.intent(spot.volume()), want=403)
    alder.get(INTENTS, name, want=404)
    reference = alder.filed(spot.volume())
    served.uss("alder", "cm", "cp", "aa").delete(INTENTS, reference["id"], reference["ovn"], want=403)
    assert alder.get(INTENTS, reference["id"]) == reference


def test_validate_oauth(served):
    """The auxiliary API's check of a token: its scopes, and its subject where an owner is named."""
    path = "/aux/v1/validate_oauth"
    for scope in ("read", "write"):
        client = served.uss("alder", scope)
        client.call("GET", path, None, 200)
        client.call("GET", path + "?owner=alder", None, 200)
        client.call("GET", path + "?owner=birch", None, 403)
        client.call("GET", path + "?owner=Alder", None, 403)
    served.uss("alder").call("GET", path, None, 403)
    answer = served.plain("GET", path)
    shapes.check_answer("GET", path, answer)
    assert answer.status == 401
    assert served.plain("GET", path + "?owner=alder", headers={"Authorization": "Bearer x"}).status == 401
