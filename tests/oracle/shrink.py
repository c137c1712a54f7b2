"""Small worlds made from those that fail: everything taken out that the failure does not need."""
import copy

from oracle import party_of


def without_agreement(world, number):
    world["agreements"].pop(number)
    for item in world["items"]:
        for name in ("contributions", "had"):
            item[name] = [one for one in item[name] if one["agreement"] != number]
            for one in item[name]:
                one["agreement"] -= one["agreement"] > number


def keep_contributed(world):
    """Drops what a party passes on without having it, and what its originator has not contributed."""
    for item in world["items"]:
        holders = [party_of(had["office"]) for had in item["had"]]
        item["contributions"] = [one for one in item["contributions"]
                                 if not one["onward"] or party_of(one["office"]) in holders]
    world["items"] = [item for item in world["items"]
                      if item["contributions"] and not item["contributions"][0]["onward"]]


def without_clause(world, agreement, number):
    agreement = world["agreements"][agreement]
    text = agreement["text"]
    gone = text["clauses"].pop(number)["id"]
    agreement["clauses"].pop(number)
    for ids in (text["survival"], text["suspension"]["non_suspendable"]):
        if gone in ids:
            ids.remove(gone)


def without_participant(world, number, party):
    """The party leaves this text. Its sponsor is another, and the clauses name it no more."""
    agreement = world["agreements"][number]
    text = agreement["text"]
    text["participants"] = [entry for entry in text["participants"] if entry["party"] != party]
    agreement["standing"].pop(party, None)
    for clause in text["clauses"]:
        for end in ("from", "to"):
            if isinstance(clause.get(end), list):
                clause[end] = [name for name in clause[end] if party_of(name) != party]
    if text["participants"]:
        sponsor = text["participants"][0]["party"]
        text["sponsors"], text["id"] = [sponsor], f"{sponsor}.text-{number}"


def without_office(world, office):
    """Gone with what it contributed; its party is gone with its last office."""
    world["offices"].remove(office)
    world["items"] = [item for item in world["items"] if item["office"] != office]
    for item in world["items"]:
        item["contributions"] = [one for one in item["contributions"] if one["office"] != office]
        item["had"] = [one for one in item["had"] if one["office"] != office]
        for one in item["contributions"]:
            one["to_offices"] = [name for name in one["to_offices"] if name != office]
    party = party_of(office)
    left = any(party_of(other) == party for other in world["offices"])
    for number, agreement in enumerate(world["agreements"]):
        for entry in agreement["text"]["participants"]:
            entry["offices"] = [name for name in entry.get("offices", []) if name != office] or None
            if entry["offices"] is None:
                del entry["offices"]
        for clause in agreement["text"]["clauses"]:
            for end in ("from", "to"):
                if isinstance(clause.get(end), list):
                    clause[end] = [name for name in clause[end] if name != office]
        if not left:
            without_participant(world, number, party)
    if not left:
        world["parties"].remove(party)
    for number in reversed(range(len(world["agreements"]))):
        if not world["agreements"][number]["text"]["participants"]:
            without_agreement(world, number)


def smaller(world):
    """Every world that is this one less one part: the large parts first."""
    def less(change, *arguments):
        copied = copy.deepcopy(world)
        change(copied, *arguments)
        return copied

    def removed(copied, path, key):
        for name in path:
            copied = copied[name]
        copied.pop(key)

    for office in world["offices"]:
        yield less(without_office, office)
    for a in range(len(world["agreements"])):
        yield less(without_agreement, a)
    for i in range(len(world["items"])):
        yield less(removed, ["items"], i)
    for a, agreement in enumerate(world["agreements"]):
        for c in range(len(agreement["clauses"])):
            yield less(without_clause, a, c)
        for entry in agreement["text"]["participants"]:
            yield less(without_participant, a, entry["party"])
    for path, keys in small_parts(world):
        for key in keys:
            yield less(removed, path, key)


def small_parts(world):
    """(path of a container, keys that may be taken out of it)"""
    if "published" in world:
        yield ["published"], range(len(world["published"]))
    for a, agreement in enumerate(world["agreements"]):
        here = ["agreements", a]
        text = agreement["text"]
        yield [*here, "history"], range(len(agreement["history"]) if len(agreement["history"]) > 1 else 0)
        for party, spans in agreement["standing"].items():
            yield [*here, "standing", party], range(len(spans) if len(spans) > 1 else 0)
        yield [*here, "text", "survival"], range(len(text["survival"]))
        yield [*here, "text", "suspension", "non_suspendable"], range(len(text["suspension"]["non_suspendable"]))
        for c, clause in enumerate(text["clauses"]):
            yield [*here, "text", "clauses", c], ["humanitarian"] if "humanitarian" in clause else []
            yield [*here, "text", "clauses", c, "items"], list(clause.get("items", {}))
            yield [*here, "text", "clauses", c, "precision"], list(clause.get("precision", {}))
    for i, item in enumerate(world["items"]):
        yield ["items", i], ["leaves"] if "leaves" in item else []
        for name in ("labels", "markings", "granular", "references", "had"):
            yield ["items", i, name], range(len(item[name]))
        yield ["items", i, "contributions"], range(1, len(item["contributions"]))
        for c, contribution in enumerate(item["contributions"]):
            yield ["items", i, "contributions", c, "to_offices"], range(len(contribution["to_offices"]))


def shrink(world, fails):
    """The smallest world found by leaving out one part after the other for which `fails` still holds."""
    again = True
    while again:
        again = False
        for candidate in smaller(world):
            keep_contributed(candidate)
            if candidate["offices"] and candidate["agreements"] and fails(candidate):
                world, again = candidate, True
                break
    return world
