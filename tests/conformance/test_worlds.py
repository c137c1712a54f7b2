"""Generated worlds in a real centre, through the real socket (20-release, how they are tested; 25-isolation G16).

Every value that an office confides to the centre is a secret of its own. As a plan (worlds.py) goes on, every office asks
for everything that there is to ask, and all that it was sent is searched for every secret that the oracle does not allow
it: promise 1. What the oracle says it has is there, and all doors agree: promise 2. Then the same plan goes on in a second
centre in which all that is hidden from one office is other or absent, and that office is answered byte for byte the same.

Both centres are copies of one, so they have the same keys, and both stand on a held clock, so the same happens at the same
time; nothing is left out of the comparison but the header Date. COMITY_SEED starts the seeds elsewhere. A seed that fails
is printed with the test and belongs into NAMED below, with what it was about.
"""
import os
import re
from urllib.parse import unquote

import pytest

import another_world
import play
from asking import ask_everything
from canaries import Search, secrets_in
from ledger import Ledger, force, oracle
from objects import party_of
from worlds import plan_of

FIRST = int(os.environ.get("COMITY_SEED", "1"))
SEEDS = list(range(FIRST, FIRST + (60 if os.environ.get("COMITY_LONG") else 3)))
NAMED = {5: "no list outlasts its grants", 16: "what was had and then given stays among what was received"}  # what they were about
GUESSES = 3  # ids


@pytest.fixture(scope="module", params=sorted({*SEEDS, *NAMED}), ids=lambda seed: f"seed-{seed}")
def world(base, request):
    """A plan that went on once with everybody asking, and once more, changed, with one office asking."""
    plan = plan_of(request.param, play.START)
    office = another_world.office_to_deceive(plan)
    other, _ = another_world.another_world(plan, office)
    guesses = guesses_of(plan, other, office)
    first = Told(base, plan, {one: guesses if one == office else guesses_of(plan, plan, one) for one in plan["offices"]})
    second = Told(base, other, {office: guesses})
    yield {"plan": plan, "office": office, "first": first, "second": second}


def guesses_of(plan, other, office):
    """Names that exist and are none of the office's business, of both worlds, and some that nobody has."""
    known = another_world.sights(plan, [office])[office].known
    names, ids = set(), set()
    for step in plan["steps"] + other["steps"]:
        if step["do"] == "draft":
            names.add(step["text"]["id"])
        if step["do"] == "register_office":
            names.add(party_of(step["as"]) + "/" + step["slug"])
        if step["do"] == "give":
            ids.add(step["facts"]["id"])
    hidden = [{name for name in some if not secrets_in(name) <= known} for some in (names, ids)]
    return sorted(hidden[0]) + sorted(hidden[1], key=lambda id: id[::-1])[:GUESSES]


class Told:
    """What each office was told while a plan went on."""

    def __init__(self, base, plan, guesses):
        self.answers = {office: [] for office in guesses}  # at each `ask`: all answers to it
        self.ledgers = []  # what the oracle said then: (what each may know, what each has)
        self.looks = sum(step["do"] == "ask" for step in plan["steps"])
        served, ledger = base.world(), Ledger(plan)
        for office in guesses:
            served.asker(office)
        try:
            for step in plan["steps"]:
                ledger.take(step)
                if step["do"] == "ask":
                    self.look(served, ledger, guesses)
                    continue
                said = served.take(step["n"], step)
                assert step["expect"] in said, f"seed {plan['seed']}: step {step['n']} {step['do']} as {step.get('as')}: {said}"
        finally:
            served.close()
        self.everything = {office: served.askers[office].answers for office in guesses}

    def look(self, served, ledger, guesses):
        last = len(self.ledgers) + 1 == self.looks
        for office, names in guesses.items():
            self.answers[office].append(ask_everything(served.asker(office), names if last else ()))
        self.ledgers.append({office: (ledger.allowed(office), list(self.has(ledger, office))) for office in guesses})

    @staticmethod
    def has(ledger, office):
        for item, number, form in ledger.released_to(office):
            step = ledger.given[ledger.world["items"].index(item)]
            name = ledger.world["agreements"][number]["text"]["id"]
            runs = any(clause["type"] == "grant" and force.in_force(ledger.world["agreements"][number], place, *[party_of(office)] * 2)
                       for place, clause in enumerate(ledger.world["agreements"][number]["text"]["clauses"]))
            yield name, oracle.is_whole(form), step["object"], ledger.shown(item, form), (item["originator"], item["id"]), runs


def leaks_in(search, allowed, answers):
    """[(secret, form, question)], what the asker itself said in a question not counted in the answer to it."""
    own, together = [], []
    for answer in answers:
        (own if secrets_in(unquote(answer.asked)) - allowed else together).append(answer)
    found = [(secret, form, "in one of the answers") for secret, form in search.found_in(
        b"\n".join({answer.sent() for answer in together})).items() if secret not in allowed]
    for answer in own:
        said = allowed | secrets_in(unquote(answer.asked))
        found += [(secret, form, answer.question) for secret, form in search.found_in(answer.sent()).items() if secret not in said]
    return [(secret, form, next((answer.question for answer in together if secret.encode() in answer.sent()), where))
            for secret, form, where in found]


def test_no_office_is_sent_what_the_rule_does_not_give_it(world):
    first = world["first"]
    secrets = secrets_in(str(world["plan"]))
    hidden = 0
    for moment, said in enumerate(first.ledgers):
        for office, (allowed, _) in said.items():
            search = Search(secrets - allowed)
            hidden += len(search.secrets)
            found = leaks_in(search, allowed, first.answers[office][moment])
            assert not found, f"{office}, asked the {moment + 1}. time, was sent {found[:5]}"
    assert hidden > 500  # else the worlds test nothing


def bodies_of(answers, root):
    return b"\n".join(answer.body for answer in answers if answer.question.startswith(f"GET /taxii2/{root}/collections/")
                      and "/objects/" in answer.question)


def test_everything_granted_arrives(world):
    first, given = world["first"], 0
    for moment, said in enumerate(first.ledgers):
        for office, (_, has) in said.items():
            for name, whole, text, shown, *_ in has:
                sent, given = bodies_of(first.answers[office][moment], name), given + 1
                if whole:
                    assert text.encode() in sent, f"{office} did not get under {name}, whole: {text}"
                else:
                    missing = [secret for secret in shown if secret.encode() not in sent]
                    assert not missing, f"{office} did not get {missing} of its edition under {name} of {text}"
    assert given > 0


def listed(answers, wanted):
    """What all pages of a list hold together."""
    return [one for answer in answers if wanted(answer) and answer.status == 200
            for one in answer.json().get("objects" if "taxii" in answer.question else "items", [])]


def test_all_doors_agree(world):
    first = world["first"]
    for office, moments in first.answers.items():
        for moment, answers in enumerate(moments):
            of = {}
            for name, whole, _, _, item, runs in first.ledgers[moment][office][1]:
                if runs:  # what it had there, and gave itself since, stays among what it received; no list outlasts its grants
                    of.setdefault(name, set()).add(item[1] if whole else item)  # an edition has an id of its own
            for name, items in of.items():
                native = {(one["id"], one["version"]) for one in listed(
                    answers, lambda a: f"items?role=received&agreement={name}&" in a.question)}
                taxii = [path_of(answers, name, part) for part in ("objects", "manifest")]
                objects = {(one["id"], one.get("modified")) for one in listed(
                    answers, lambda a: a.question.startswith(f"GET {taxii[0]}?match[version]=all"))}
                manifest = {(one["id"], one["version"]) for one in listed(
                    answers, lambda a: a.question.startswith(f"GET {taxii[1]}?match[version]=all"))}
                assert manifest == native, (office, name)
                assert {id for id, _ in objects} == {id for id, _ in native}, (office, name)
                assert {one for one in objects if one[1]} <= native, (office, name)
                assert len({id for id, _ in native}) == len(items), (office, name, native, items)


def path_of(answers, name, part):
    """Of the collection `received` of a root."""
    for answer in answers:
        if answer.question.startswith(f"GET /taxii2/{name}/collections/ "):
            id = next(one["id"] for one in answer.json()["collections"] if one.get("alias") == "received")
            return f"/taxii2/{name}/collections/{id}/{part}/"
    raise AssertionError(f"no collections of {name}")


def test_what_is_hidden_is_as_what_is_absent(world):
    """Each guess is answered like a name that nobody has."""
    for office, moments in world["first"].answers.items():
        for answers in moments[-1:]:
            for guess in {answer.guess for answer in answers if answer.guess}:
                pairs = [[answer for answer in answers if answer.guess == guess and answer.control is control]
                         for control in (False, True)]
                assert len(pairs[0]) == len(pairs[1]) > 5
                for hidden, absent in zip(*pairs):
                    assert but_the_name(hidden) == but_the_name(absent), f"{office}: {hidden.question}"


def but_the_name(answer):
    """What was told, without what the asker said itself: the name, and the digest of a command that holds it."""
    body = answer.body.replace(answer.named.encode(), b"?")
    return answer.status, answer.headers, re.sub(rb'"digest":"[0-9a-f]{64}"', b"", body)


def test_two_worlds_that_differ_in_what_is_hidden_answer_alike(world):
    office = world["office"]
    one, other = world["first"].everything[office], world["second"].everything[office]
    assert [answer.question for answer in one] == [answer.question for answer in other]
    different = [answer.question for answer, again in zip(one, other) if answer.compared() != again.compared()]
    assert not different, f"{office} can tell: {different[:5]}"
    assert len(one) > 200
