"""A generated world of deconfliction as it goes on in a real centre beside the model: after every step all offices are asked, and
what they are told is compared with what the model says must be told, may be, and must not (conflicts_model.py).
"""
import json
import time
from collections import Counter

import conflicts_model as m
from worlds import text_hash

QUESTIONS = ("intents", "sites", "conflicts", "notices?limit=1000")
STRIDE_US = 9 * 60_000_000  # the centre's time does not leap by ten minutes without two officers (25-isolation G14)
ACT_US = 1_000_000


class Disagreement(AssertionError):
    pass


class Play:
    def __init__(self, served, plan):
        self.served, self.plan = served, plan
        self.model = m.Model(plan)
        self.number = 0
        self.before = {office: {} for office in plan["offices"]}  # content: numbers of notices
        self.highest = Counter()
        self.asked_too_often = set()  # intents that were ever told no answer under a clause
        self.seen = Counter()
        self.step = {}
        for text in plan["agreements"]:
            self.enact(text)

    # --- the law ---
    def act(self, office, kind, text, **more):
        self.number += 1
        return self.served.take_act(self.number, {"as": office, "kind": kind, "hash": text_hash(text), "id": text["id"], **more})

    def enact(self, text):
        offices = offices_of(text)
        said = self.served.take_draft(0, {"as": offices[0], "text": text})
        assert said == "accepted", said
        for kind, office in [*(("sponsor", one) for one in offices), ("table_agreement", offices[0]),
                             *(("sign", one) for one in offices)]:
            said = self.act(office, kind, text)
            assert said == "accepted", (kind, office, said)

    def learn_standing(self, name):
        agreement = next(one for one in self.model.agreements if one.id == name)
        status = self.get(agreement.offices[0], "agreements/" + name)["status"]
        assert status["state"] == "in_force", status
        self.model.change_law(name, {party: one["state"] for party, one in status["standing"].items()})

    # --- asking ---
    def ask(self, office, path):
        """Notices as they are once it is recorded that they were given, which is done behind the answer."""
        for _ in range(100):
            answer = self.served.asker(office).get("/api/v1/" + path)
            assert answer.status == 200, (path, answer.status, answer.body)
            given = not path.startswith("notices") or all(one["state"] != "open" or "delivered" in one for one in answer.json())
            if given:
                return answer
            time.sleep(0.02)
        raise AssertionError(f"{office} has notices that are never delivered")

    def get(self, office, path):
        return self.ask(office, path).json()

    def say(self, office, kind, body):
        ruling = self.served.command(office, {"kind": kind, "body": body})
        return ruling["outcome"], [one["code"] for one in ruling["reasons"]], ruling

    def must(self, office, kind, body):
        outcome, reasons, ruling = self.say(office, kind, body)
        self.expect(outcome == "accepted", f"{kind} by {office} was refused: {reasons}")
        return ruling

    def expect(self, holds, what):
        if not holds:
            raise Disagreement(f"seed {self.plan['seed']}, step {self.step.get('n')} {self.step.get('do')} by {self.step.get('as')}: {what}")

    # --- steps ---
    def run(self):
        for step in self.plan["steps"]:
            self.step = step
            getattr(self, "take_" + step["do"])(step)
            self.look()
            self.seen["steps"] += 1

    def take_file(self, step):
        own = next((one for one in self.get(step["as"], "intents") if one["id"] == step["id"]), None)
        body = {key: step[key] for key in ("id", "state", "extents", "exercise")}
        if own:
            body["at"] = own["ovn"]
        else:
            body["state"] = "Accepted"  # as in F3548: what is new is planned, and flies later
        outcome, reasons, ruling = self.say(step["as"], "put_intent", body)
        if outcome == "refused":
            # What has passed meanwhile cannot be filed, and one in distress stays so (25-isolation D6).
            passed = min(m.micros(one["until"]) for one in step["extents"]) <= self.model.now + 300_000_000 or \
                min(m.micros(one["from"]) for one in step["extents"]) <= self.model.now - 200_000_000
            self.expect(reasons == ["in_the_past"] and passed or own and own["state"] == "Contingent", f"{ruling['reasons']} {step}")
            self.seen["refused"] += 1
            return
        self.model.file(step["as"], step["id"], body["state"], step["extents"], step["exercise"])
        self.seen["filed"] += 1

    def take_end(self, step):
        own = next((one for one in self.get(step["as"], "intents") if one["id"] == step["id"]), None)
        if own:
            self.must(step["as"], "delete_intent", {"id": step["id"], "at": own["ovn"]})
            self.model.remove(step["as"], step["id"])

    def take_site(self, step):
        own = next((one for one in self.get(step["as"], "sites") if one["id"] == step["id"]), None)
        body = {"id": step["id"], "kind": step["kind"], "name": "A place", "source": "somebody", "measured": "a map",
                "reconfirm_by": "2026-04-01T00:00:00.000000Z", "extents": step["extents"]}
        if own:
            body["at"] = own["version"]
        outcome, reasons, _ = self.say(step["as"], "put_site", body)
        if outcome == "refused":
            self.expect(reasons == ["in_the_past"], f"{reasons}")
            return
        self.model.put_site(step["as"], step["id"], step["kind"], step["extents"])

    def take_unsite(self, step):
        own = next((one for one in self.get(step["as"], "sites") if one["id"] == step["id"]), None)
        if own:
            self.must(step["as"], "withdraw_site", {"id": step["id"], "at": own["version"]})
            self.model.remove(step["as"], step["id"])

    def take_act(self, step):
        text = next(one for one in self.plan["agreements"] if one["id"] == step["agreement"])
        accepted = self.act(step["as"], step["kind"], text) == "accepted"
        self.pass_time(ACT_US)
        if accepted:
            self.seen["acts"] += 1
            self.learn_standing(text["id"])

    def take_answer(self, step):
        told = self.get(step["as"], "conflicts")
        if told:
            number = told[step["nth"] % len(told)]["notice"]
            self.must(step["as"], step["how"], {"notice": number})
            self.seen["answers"] += 1

    def take_clock(self, step):
        left = step["by"]
        while left > STRIDE_US:
            self.pass_time(STRIDE_US, again=False)
            left -= STRIDE_US
        self.pass_time(left)

    def pass_time(self, by, again=True):
        """And once more by a moment, since what is due is done by a pulse after it."""
        for amount in (by, 300_000) if again else (by,):
            self.served.clock.set(self.served.clock.now + amount)
            self.served.wake()
        self.model.now = self.served.clock.now

    def take_nothing(self, _):
        pass

    def take_restart(self, _):
        asked = [(office, path) for office in self.plan["offices"] for path in QUESTIONS]
        before = [self.ask(office, path).compared() for office, path in asked]
        self.served = self.again()
        after = [self.ask(office, path).compared() for office, path in asked]
        self.expect(before == after, "a restart changes what is told")

    def again(self):
        old = self.served
        old.close()
        fresh = type(old)(old.data, old.clock)
        fresh.facts, fresh.hashes = old.facts, old.hashes
        return fresh

    # --- comparing ---
    def look(self):
        notices, all_told = {}, {}
        for office in self.plan["offices"]:
            answers = {path.split("?")[0]: self.ask(office, path) for path in QUESTIONS}
            self.compare_own(office, answers["intents"].json(), answers["sites"].json())
            told = answers["conflicts"].json()
            self.compare(office, told)
            notices[office] = answers["notices"].json()
            self.compare_notices(office, told, notices[office])
            self.search(office, answers)
            all_told[office] = told
        for office, told in all_told.items():
            for item in self.model.told(office):
                if item.sure and not item.may_be_absent and not item.site and item.clause != "c0":
                    self.compare_other_side(office, item, told, notices)

    def compare_own(self, office, intents, sites):
        own = [thing for thing in self.model.things.values() if thing.office == office]
        for told, mine in ((intents, [one for one in own if not one.kind]), (sites, [one for one in own if one.kind])):
            self.expect({one["id"] for one in told} == {one.id for one in mine}, f"{office} is told other things than it filed")
        for one in intents:
            thing = self.model.things[(office, one["id"])]
            said = {(entry["agreement"], entry["clause"]) for entry in one.get("unknown", [])}
            self.expect(said <= thing.unanswered, f"{office} is told no answer about {one['id']} under {said}, not {thing.unanswered}")
            for entry in one.get("unknown", []):
                self.expect(entry["answer"] == "unknown: call line", entry)
            if thing.unanswered:
                self.asked_too_often.add(one["id"])
            self.seen["unknown"] += len(said)

    def compare(self, office, told):
        """What is told at all, item by item; where there is doubt, whether all of it may be."""
        expected = self.model.told(office)
        doubtful = {item.group() for item in expected if not item.sure or item.may_be_absent}
        got = [(of_several(content_of(one), expected), one) for one in told]
        wanted = Counter(item.content() for item in expected if item.group() not in doubtful)
        had = Counter(content for content, _ in got if content[:3] not in doubtful)
        missing, more = wanted - had, had - wanted
        self.expect(not missing and not more, f"{office} is not told {list(missing)} and is told {list(more)}")
        for group in doubtful:
            items = [item for item in expected if item.group() == group]
            contents = [content for content, _ in got if content[:3] == group]
            self.expect(len(contents) <= len(items), f"{office} is told more than there may be under {group}")
            self.expect(len(contents) >= sum(not item.may_be_absent for item in items), f"{office} is told too little under {group}")
            self.seen["doubtful"] += 1
        self.seen["told"] += sum(wanted.values())
        for item in expected:
            self.seen["told at " + ("site" if item.site else "contingent" if item.clause == "c0" else item.level)] += 1
        self.remember(office, Counter(got_one[0] for got_one in got), told)

    def compare_other_side(self, own, item, told, notices):
        """What the others have answered to what they were told of the same; the worst of them (threats.md, 28). Whoever is not told, its
        budget being spent, looks as one that does not answer."""
        mine = next(one for one in told if of_several(content_of(one), [item]) == item.content())
        until = next(one for one in notices[own] if one["notice"] == mine["notice"]).get("answer_by")
        late = until is not None and m.micros(until) <= self.model.now
        states = set()
        for office, id in item.met:
            found = False
            for one in notices[office]:
                about = one["state"] == "open" and (one["agreement"], one["clause"], one["intent"]) == (item.agreement, item.clause, id)
                if about and one.get("other", {}).get("intent", item.intent) == item.intent:
                    found = True
                    states.add(one["replies"][-1]["answer"] if one["replies"] else "overdue" if one["overdue"] else "waiting")
            if not found:
                states.add("overdue" if late else "waiting")
        worst = next((state for state in ("cannot_assure", "overdue", "waiting", "query", "acknowledged") if state in states), None)
        self.expect(mine.get("other_side") == worst, f"the other side of {mine} is {worst}")
        self.seen["answered"] += worst in ("acknowledged", "query", "cannot_assure")
        self.seen["overdue"] += worst == "overdue"

    def remember(self, office, contents, told):
        """Who is told the same as before is told it by the same notice; what is other has a new one (25-isolation G3)."""
        now = {}
        for one in told:
            now.setdefault(content_of(one) + version_of(one), set()).add(one["notice"])
        before, last = self.before[office], self.highest[office]
        for content, numbers in now.items():
            kept = before.get(content, set())
            stays = len(kept & numbers)
            self.expect(stays == min(len(kept), len(numbers)) or content[3] != "warning", f"{office} is told {content} anew: {kept}, then {numbers}")
            self.expect(all(number > last for number in numbers - kept), f"{office} is told something new by an old notice: {numbers}")
        self.before[office] = now
        self.highest[office] = max([last, *(one["notice"] for one in told)])

    def compare_notices(self, office, told, notices):
        numbers = [one["notice"] for one in notices]
        self.expect(numbers == list(range(1, len(numbers) + 1)), f"{office} has notices {numbers}")
        self.expect({one["notice"] for one in notices if one["state"] == "open"} == {one["notice"] for one in told},
                    f"{office} has other open notices than conflicts")
        for one in notices:
            if one["state"] == "open":
                content = next(other for other in told if other["notice"] == one["notice"])
                self.expect(one["content"].items() <= content.items(), f"{office}: notice {one} is not conflict {content}")
            else:
                ends = {"over", "changed", "not_in_force"} | ({"unknown"} if one["intent"] in self.asked_too_often else set())
                self.expect(one["state"] in ends and not {"content", "other", "read_back"} & set(one),
                            f"{office} is told too much of what has ended: {one}")
        self.seen["notices"] = max(self.seen["notices"], len(numbers))

    def search(self, office, answers):
        """Nothing that others filed is in any answer, but what the office is told on purpose."""
        text = b"\n".join(answer.sent() for answer in answers.values()).decode()
        found = [secret for secret in self.model.secrets(office) if secret in text]
        self.expect(not found, f"{office} is sent {found[:5]}")


def of_several(content, expected):
    """What stands for it in what is expected: boxes that may stand in the place of others."""
    for item in expected:
        same = item.group() == content[:3] and item.other == content[6] and item.site == content[7]
        if same and content[5] in item.also:
            return (*content[:5], item.boxes, *content[6:])
    return content


def version_of(told):
    """What else is told of the other at `reference` and above, which is new when it is."""
    return (json.dumps(told.get("other"), sort_keys=True),)


def box_of(volume):
    return (volume["south_e7"], volume["north_e7"], volume["west_e7"], volume["east_e7"], volume.get("low_mm"), volume.get("high_mm"),
            m.micros(volume.get("from")), m.micros(volume.get("until")))


def content_of(told):
    other = told.get("other")
    return (told["agreement"], told["clause"], told["intent"], told["level"], told["contingent"],
            frozenset(box_of(volume) for volume in told.get("volumes", [])), (other["office"], other["intent"]) if other else (),
            told.get("site", ""))


def play(base, plan):
    """What was seen; a Disagreement if the centre and the model are not of one mind."""
    served = base.world()
    served.facts = base.__dict__.setdefault("facts_of_offices", {})  # worlds are copies: the same offices and keys
    one = Play.__new__(Play)
    try:
        one.__init__(served, plan)
        one.run()
    finally:
        getattr(one, "served", served).close()
    return one.seen


class Watched(Play):
    """Looks at nothing but what one office is answered, and keeps it."""

    def __init__(self, served, plan, office):
        self.office, self.answers = office, []
        super().__init__(served, plan)

    def look(self):
        for path in (*QUESTIONS, "duties", "refusals", "records?limit=1000"):
            status, headers, body = self.ask(self.office, path).compared()
            if path in ("intents", "sites"):  # in whatever order: test_the_order_of_ones_own_is_nobody_elses_doing
                body = sorted(json.dumps(one) for one in json.loads(body))
            self.answers.append((self.step["n"], path, (status, headers, body)))


def without_hidden(plan, office):
    """The plan without what is done by offices that share no text with this one, or under texts that are not its own; and without the
    answers of others, which depend on all that they are told."""
    own = [text["id"] for text in plan["agreements"] if office in offices_of(text)]
    near = {one for text in plan["agreements"] if text["id"] in own for one in offices_of(text)}
    steps = []
    for step in plan["steps"]:
        if step["do"] == "act" and step["agreement"] not in own:
            steps.append({"n": step["n"], "do": "clock", "by": ACT_US})
        elif step["do"] in ("clock", "restart", "act") or step["as"] == office or (step["as"] in near and step["do"] != "answer"):
            steps.append(step)
        else:
            steps.append({"n": step["n"], "do": "nothing"})
    return {**plan, "steps": steps}


def offices_of(text):
    return [office for entry in text["participants"] for office in entry["offices"]]


def answers_to(base, plan, office):
    served = base.world()
    one = Watched.__new__(Watched)
    try:
        one.__init__(served, plan, office)
        one.run()
    finally:
        getattr(one, "served", served).close()
    return one.answers, one.seen


def shrink(base, plan, say=print):
    """The plan without any step that it does not need to fail."""
    def fails(steps):
        try:
            play(base, {**plan, "steps": steps})
        except Disagreement as failure:
            return str(failure)
        return None

    steps, size = plan["steps"], max(1, len(plan["steps"]) // 2)
    while size:
        place = 0
        while place < len(steps):
            fewer = steps[:place] + steps[place + size:]
            if fails(fewer):
                steps = fewer
            else:
                place += size
        size //= 2
    say(json.dumps({**plan, "steps": steps}))
    return {**plan, "steps": steps}
