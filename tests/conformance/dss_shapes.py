"""What answers of the F3548 door look like: the tables of its field reference, written down by hand, and a checker of them.

A shape is a table {member: type}. A member that ends in `!` is always there; one that is not in the table is a failure.
A type is a function that says whether a value is right, the name of a shape, a set of the only values, or a list of one type.
"""
import re

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
ANY_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z")  # I6
OVN = re.compile(r"[A-Za-z0-9._~-]{16,128}")  # I3: also a segment of a path
CORRELATED = re.compile(r".+ \(E:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\)", re.DOTALL)  # T9
ELSEWHERE = "Available from USS"  # I7: instead of another's OVN
NO_SUBSCRIPTION = "00000000-0000-4000-8000-000000000000"  # I8


def text(value):
    return isinstance(value, str)


def filled(value):
    return isinstance(value, str) and value != ""


def boolean(value):
    return isinstance(value, bool)


def whole(value):
    return isinstance(value, int) and not isinstance(value, bool) and -2**31 <= value < 2**31


def count(value):
    return whole(value) and value >= 0


def uuid4(value):
    """I1: lower case with dashes."""
    return isinstance(value, str) and UUID.fullmatch(value) is not None


def any_uuid(value):
    return isinstance(value, str) and ANY_UUID.fullmatch(value) is not None


def time(value):
    return isinstance(value, str) and TIME.fullmatch(value) is not None


def ovn(value):
    return value == ELSEWHERE or isinstance(value, str) and OVN.fullmatch(value) is not None


def url(value):
    return isinstance(value, str) and re.fullmatch(r"https?://\S+", value) is not None


def correlated(value):
    return isinstance(value, str) and CORRELATED.fullmatch(value) is not None


AVAILABILITY = {"Unknown", "Normal", "Down"}
STATES = {"Accepted", "Activated", "Nonconforming", "Contingent"}

SHAPES = {
    "Time": {"value!": time, "format!": {"RFC3339"}},
    "Error": {"message!": correlated},
    "Conflict": {"message!": filled, "missing_operational_intents": ["Intent"], "missing_constraints": ["Constraint"]},
    # U11: these members always; `ovn` is there for everybody (I7), `subscription_id` too (I8).
    "Intent": {"id!": uuid4, "manager!": filled, "uss_availability!": AVAILABILITY, "version!": whole, "state!": STATES, "ovn!": ovn,
               "time_start!": "Time", "time_end!": "Time", "uss_base_url!": url, "subscription_id!": uuid4},
    "Constraint": {"id!": uuid4, "manager!": filled, "uss_availability!": {"Unknown"}, "version!": whole, "ovn!": ovn,  # I9
                   "time_start!": "Time", "time_end!": "Time", "uss_base_url!": url},
    "Subscription": {"id!": uuid4, "version!": filled, "notification_index!": count, "time_start!": "Time", "time_end!": "Time",
                     "uss_base_url!": url, "notify_for_operational_intents": boolean, "notify_for_constraints": boolean,
                     "implicit_subscription": boolean, "dependent_operational_intents": [uuid4]},
    "State": {"subscription_id!": uuid4, "notification_index!": count},
    "Subscriber": {"uss_base_url!": url, "subscriptions!": ["State"]},
    "IntentChanged": {"operational_intent_reference!": "Intent", "subscribers!": ["Subscriber"]},
    "IntentGot": {"operational_intent_reference!": "Intent"},
    "IntentsFound": {"operational_intent_references!": ["Intent"]},
    "ConstraintChanged": {"constraint_reference!": "Constraint", "subscribers!": ["Subscriber"]},
    "ConstraintGot": {"constraint_reference!": "Constraint"},
    "ConstraintsFound": {"constraint_references!": ["Constraint"]},
    "SubscriptionChanged": {"subscription!": "Subscription", "operational_intent_references": ["Intent"],
                            "constraint_references": ["Constraint"]},
    "SubscriptionGot": {"subscription!": "Subscription"},
    "SubscriptionsFound": {"subscriptions!": ["Subscription"]},
    "UssStatus": {"uss!": text, "availability!": AVAILABILITY},
    "Availability": {"version!": text, "status!": "UssStatus"},
    "Report": {"report_id!": any_uuid, "exchange!": "Exchange"},
    # `request_source` is required by the published schema and declared nowhere in it.
    "Exchange": {"url!": text, "method!": text, "headers": [text], "recorder_role!": {"Client", "Server"}, "request_time!": "Time",
                 "request_source": text, "request_body": text, "response_time": "Time", "response_body": text,
                 "response_code": whole, "problem": text},
    "Version": {"version!": filled},
    "Nothing": {},
}

# Of each endpoint the code of success and the shape of its body, by method and path.
ID = "[^/]*"
ENDPOINTS = [
    ("POST", "/dss/v1/operational_intent_references/query", 200, "IntentsFound"),
    ("GET", f"/dss/v1/operational_intent_references/{ID}", 200, "IntentGot"),
    ("PUT", f"/dss/v1/operational_intent_references/{ID}", 201, "IntentChanged"),
    ("PUT", f"/dss/v1/operational_intent_references/{ID}/{ID}", 200, "IntentChanged"),
    ("DELETE", f"/dss/v1/operational_intent_references/{ID}/{ID}", 200, "IntentChanged"),
    ("POST", "/dss/v1/constraint_references/query", 200, "ConstraintsFound"),
    ("GET", f"/dss/v1/constraint_references/{ID}", 200, "ConstraintGot"),
    ("PUT", f"/dss/v1/constraint_references/{ID}", 201, "ConstraintChanged"),
    ("PUT", f"/dss/v1/constraint_references/{ID}/{ID}", 200, "ConstraintChanged"),
    ("DELETE", f"/dss/v1/constraint_references/{ID}/{ID}", 200, "ConstraintChanged"),
    ("POST", "/dss/v1/subscriptions/query", 200, "SubscriptionsFound"),
    ("GET", f"/dss/v1/subscriptions/{ID}", 200, "SubscriptionGot"),
    ("PUT", f"/dss/v1/subscriptions/{ID}", 200, "SubscriptionChanged"),
    ("PUT", f"/dss/v1/subscriptions/{ID}/{ID}", 200, "SubscriptionChanged"),
    ("DELETE", f"/dss/v1/subscriptions/{ID}/{ID}", 200, "SubscriptionGot"),
    ("POST", "/dss/v1/reports", 201, "Report"),
    ("GET", f"/dss/v1/uss_availability/{ID}", 200, "Availability"),
    ("PUT", f"/dss/v1/uss_availability/{ID}", 200, "Availability"),
    ("GET", "/aux/v1/version", 200, "Version"),
    ("GET", "/aux/v1/validate_oauth", 200, "Nothing"),
]


def check(kind, value, where="body"):
    """Nothing, or an AssertionError that says where."""
    if isinstance(kind, list):
        assert isinstance(value, list), f"{where} is no list: {value!r}"
        for number, one in enumerate(value):
            check(kind[0], one, f"{where}[{number}]")
    elif isinstance(kind, set):
        assert value in kind, f"{where} is none of {sorted(kind)}: {value!r}"
    elif callable(kind):
        assert kind(value), f"{where} is no {kind.__name__}: {value!r}"
    else:
        table = SHAPES[kind]
        assert isinstance(value, dict), f"{where} is no object: {value!r}"
        known = {name.rstrip("!"): one for name, one in table.items()}
        for name in value:
            assert name in known, f"{where} has a member that {kind} does not: {name} = {value[name]!r}"
            check(known[name], value[name], f"{where}.{name}")
        for name in table:
            assert not name.endswith("!") or name[:-1] in value, f"{where} lacks {name[:-1]}: {value!r}"


def endpoint_of(method, path):
    path = path.split("?")[0]
    return next(((code, shape) for verb, pattern, code, shape in ENDPOINTS
                 if verb == method and re.fullmatch(pattern, path)), (None, None))


def check_answer(method, path, answer):
    """T4, T9 and the shape of the body, whatever the answer is. For known paths and methods only."""
    code, shape = endpoint_of(method, path)
    assert code, f"no endpoint: {method} {path}"
    where = f"{method} {path} -> {answer.status}"
    assert answer.status < 500, f"{where}: {answer.body!r}"
    kind = (answer.header("Content-Type") or "").lower().replace(" ", "")
    assert kind == "application/json;charset=utf-8", f"{where} is {kind}: {answer.body[:200]!r}"
    value = answer.json()
    if answer.status < 300:
        assert answer.status == code, f"{where}, not {code}"
        check(shape, value, where)
        for one in value.get("subscribers", []):
            assert one["subscriptions"], f"{where} names a subscriber without a subscription"
    elif answer.status == 409 and method == "PUT" and "/operational_intent_references/" in path:
        check("Conflict", value, where)  # T9
        for name in ("missing_operational_intents", "missing_constraints"):
            assert value.get(name) != [], f"{where} has an empty {name} (U8)"
    else:
        check("Error", value, where)
