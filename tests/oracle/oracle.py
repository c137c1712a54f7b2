"""The release rule a second time: what `disclosure` must answer, written from the pages and not from the C++.

Plain loops over a world and nothing else: no index, no cache, no cleverness. It is slow, and that is its use. A world is
the JSON that generate.py makes (its form is described there); times are microseconds, None is "never".
The rule itself is 20-release; 25-isolation G2, G11, A4, A5, A14 to A20 say what it means in the corners.
"""
from datetime import datetime, timedelta, timezone

from forms import best_of, is_whole, whole
from in_force import came_too_early, gap, in_force
from polygon import lies_in
from stix import ALTERNATIVES, BASE, REQUIRED, TLP, TLP_LEVELS


def micros(text):
    """`2024-01-01T00:00:00.000000Z`, the one form in which texts write times."""
    moment = datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=timezone.utc)
    return (moment - datetime(1970, 1, 1, tzinfo=timezone.utc)) // timedelta(microseconds=1)


def duration(text):
    """`P1DT2H3M4S`: days and smaller, nothing that needs a calendar."""
    total, number = 0, ""
    seconds = {"D": 86400, "H": 3600, "M": 60, "S": 1}
    for sign in text:
        if sign.isdigit():
            number += sign
        elif sign in seconds:
            total, number = total + int(number) * seconds[sign], ""
    return total * 1_000_000


def party_of(office):
    return office.split("/")[0]


# --- Who takes part, and who is covered --------------------------------------------------------------------------------
def takes_part(text, office):
    for entry in text["participants"]:
        if "offices" in entry:
            if office in entry["offices"]:
                return True
        elif entry["party"] == party_of(office):
            return True
    return False


def named_by_office(text, clause, office):
    for entry in text["participants"]:
        if office in entry.get("offices", []):
            return True
    return isinstance(clause["to"], list) and office in clause["to"]


def covers(text, selector, office, originator):
    if not takes_part(text, office):
        return False
    if selector == "each":
        return True
    if selector == "others":
        return party_of(office) != originator
    return office in selector or party_of(office) in selector


# --- Filters -----------------------------------------------------------------------------------------------------------
def strictest(item):
    level = None
    for marking in item["markings"]:
        if marking in TLP:
            rank = TLP_LEVELS.index(TLP[marking])
            level = rank if level is None else max(level, rank)
    return level


def marking_part_holds(items, item, unknown):
    level = strictest(item)
    if level is None:
        if "unmarked" in items:
            return items["unmarked"] == "allow"
        return unknown if "marking_max" in items else True
    return "marking_max" not in items or level <= TLP_LEVELS.index(items["marking_max"])


def window_part_holds(window, item, unknown):
    if item["valid_from"] is None or item["valid_until"] is None:
        return unknown
    return micros(window["from"]) <= item["valid_from"] and item["valid_until"] <= micros(window["until"])


def filter_holds(clause, item):
    items = clause["items"]
    unknown = clause["type"] == "prohibit"  # a part that cannot be evaluated: A18
    if "types" in items and item["type"] not in items["types"]:
        return False
    if "object_ids" in items and item["id"] not in items["object_ids"]:
        return False
    if "labels_any" in items and not any(label in items["labels_any"] for label in item["labels"]):
        return False
    if "labels_all" in items and not all(label in item["labels"] for label in items["labels_all"]):
        return False
    if not marking_part_holds(items, item, unknown):
        return False
    if "area" in items:
        inside = unknown if item["location"] is None else lies_in(items["area"]["polygon"], item["location"])
        if not inside:
            return False
    return "valid_within" not in items or window_part_holds(items["valid_within"], item, unknown)


# --- What a party has, and had first -----------------------------------------------------------------------------------
def party_has_item(item, party):
    if item["originator"] == party:
        return True
    for had in item["had"]:
        if party_of(had["office"]) == party:
            return True
    return False


def party_has_id(world, party, id, released):
    """Whether it had it when a form of something was released: what it came by later changes nothing of that."""
    for item in world["items"]:
        if item["id"] != id:
            continue
        own = [one["index"] for one in item["contributions"] if not one["onward"]]
        if item["originator"] == party and any(index <= released for index in own):
            return True
        if any(party_of(had["office"]) == party and had["index"] < released for had in item["had"]):
            return True
    return False


def first_originator(world, party, id):
    first, originator = None, None
    for item in world["items"]:
        if item["id"] != id:
            continue
        indices = []
        if item["originator"] == party:
            for contribution in item["contributions"]:
                if not contribution["onward"]:
                    indices.append(contribution["index"])
        for had in item["had"]:
            if party_of(had["office"]) == party:
                indices.append(had["index"])
        for index in indices:
            if first is None or index < first:
                first, originator = index, item["originator"]
    return originator


def had_since(item, party):
    own = [one["index"] for one in item["contributions"] if not one["onward"] and item["originator"] == party]
    return min(own + [had["index"] for had in item["had"] if party_of(had["office"]) == party], default=float("inf"))


def passes_for_published(world, party, item):
    """A framework had the id when the party came to have the item, and it is no copy of that: A13."""
    since, published = had_since(item, party), False
    for one in world.get("published", []):
        ended = world["frameworks"][one["framework"]]
        if one["id"] != item["id"] or one["index"] > since or (ended is not None and ended <= since):
            continue
        if one["version"] == item["version"] and one["bytes"] == item["bytes"]:
            return False
        published = True
    return published and item["originator"] != party


def needs_own_id(world, party, item):
    if passes_for_published(world, party, item):
        return True
    first = first_originator(world, party, item["id"])
    if first is None or first == item["originator"]:
        return False
    for other in world["items"]:
        same = other["id"] == item["id"] and other["originator"] == first and other["version"] == item["version"]
        if same and other["bytes"] == item["bytes"] and had_since(other, party) < had_since(item, party):
            return False  # what it had of the first already, it has once; what the first has besides is not its to know
    return True


def published_now(world, id):
    """What frameworks that have not ended have of the id."""
    return [one for one in world.get("published", []) if one["id"] == id and world["frameworks"][one["framework"]] is None]


def is_own_identity(world, party, id):
    return id.startswith("identity--") and first_originator(world, party, id) == party


# --- Markings ----------------------------------------------------------------------------------------------------------
def is_statement(world, party, id):
    """What is published, or what the party means by it: the definitions of whom it had it from first, all of them."""
    if kinds := [one["marking_kind"] for one in published_now(world, id) if one["marking_kind"] != "not_a_marking"]:
        return "other" not in kinds
    first = first_originator(world, party, id)
    kinds = [item["marking_kind"] for item in world["items"]
             if item["id"] == id and item["originator"] == first and party_has_item(item, party)]
    return "statement" in kinds and "other" not in kinds


def marking_allows(world, text, clause, contribution, viewer, marking):
    level = TLP.get(marking)
    if level == "red":
        return viewer in contribution["to_offices"]
    if level == "amber_strict":
        return named_by_office(text, clause, viewer)
    if level is not None:
        return True
    if marking in clause["items"].get("other_markings", []):
        return True
    return is_statement(world, party_of(contribution["office"]), marking)


# --- Grants ------------------------------------------------------------------------------------------------------------
def contributions_under(item, number):
    """The originator's own first."""
    standing = [one for one in item["contributions"] if one["agreement"] == number and not one["deleted"]]
    return sorted(standing, key=lambda one: one["onward"])


def is_own(item, office):
    """The office contributed it itself and has not deleted that; what it only passed on is another's (A16)."""
    return any(one["office"] == office and not one["onward"] and not one["deleted"] for one in item["contributions"])


def was_own(item, office):
    return any(one["office"] == office and not one["onward"] for one in item["contributions"])


def grant_holds(world, viewer, item, contribution, agreement, number):
    text = agreement["text"]
    clause = text["clauses"][number]
    i, j = party_of(contribution["office"]), party_of(viewer)
    if clause["type"] != "grant" or not in_force(agreement, number, i, j):
        return False
    if not covers(text, clause["from"], contribution["office"], item["originator"]):
        return False
    if not covers(text, clause["to"], viewer, item["originator"]) or not filter_holds(clause, item):
        return False
    if world["now"] < contribution["time"] + duration(clause["delay"]):
        return False
    if came_too_early(agreement, j, contribution["index"]) or gap(agreement, clause, i, j, contribution["index"]):
        return False
    for marking in item["markings"]:
        if not marking_allows(world, text, clause, contribution, viewer, marking):
            return False
    return True


def cut_by(world, viewer, item, contribution, agreement, number):
    text = agreement["text"]
    cut = set()
    for granular in item["granular"]:
        clause, level = text["clauses"][number], TLP.get(granular["marking"])
        ceiling = clause["items"].get("marking_max", "red")  # of the clause: no part of the item goes above it either
        above = level is not None and TLP_LEVELS.index(level) > TLP_LEVELS.index(ceiling)
        if above or not marking_allows(world, text, clause, contribution, viewer, granular["marking"]):
            cut.update(granular["selectors"])
    return cut


def gives(clause, part):
    name = part.split(".")[0]
    return name in BASE or clause["fields"] == "all" or name in clause["fields"]["only"]


def exactness(clause):
    precision = clause.get("precision", {})
    return precision.get("location", {}).get("grid_m", 0), precision.get("time", {}).get("round_s", 0)


def finest(clauses):
    return tuple(min(exactness(clause)[n] for clause in clauses) for n in (0, 1))


def add_up(world, viewer, item, contribution, agreement, numbers):
    """What the grants with these numbers give together: of each part what some grant gives, as it gives it."""
    cuts = {number: cut_by(world, viewer, item, contribution, agreement, number) for number in numbers}
    clauses = {number: agreement["text"]["clauses"][number] for number in numbers}

    def givers(part):
        return [clauses[n] for n in numbers if gives(clauses[n], part)
                and not any(part == cut or part.startswith(cut + ".") for cut in cuts[n])]

    lists = [clause for clause in clauses.values() if clause["fields"] != "all"]
    form = {"all": len(lists) < len(numbers), "fields": {}, "cut": set(), "attribution": "centre"}
    if any(clause["attribution"] == "named" for clause in clauses.values()):
        form["attribution"] = "named"
    for name in item["properties"]:
        listing = [clause for clause in lists if name in clause["fields"]["only"]]
        if listing and not form["all"]:
            form["fields"][name] = finest(givers(name) or listing)
        elif listing and givers(name) and finest(givers(name)) != (0, 0):
            form["fields"][name] = finest(givers(name))
    for part in set().union(*cuts.values()):
        if not givers(part):
            form["cut"].add(part)
        elif "." in part and finest(givers(part)) != finest(givers(part.split(".")[0])):
            form["fields"][part] = finest(givers(part))
    return form


# --- Prohibitions ------------------------------------------------------------------------------------------------------
def prohibited_by(agreement, number, viewer, item, contribution):
    text = agreement["text"]
    clause = text["clauses"][number]
    return (clause["type"] == "prohibit"
            and in_force(agreement, number, party_of(contribution["office"]), party_of(viewer))
            and covers(text, clause["from"], contribution["office"], item["originator"])
            and covers(text, clause["to"], viewer, item["originator"]) and filter_holds(clause, item))


def prohibited(world, viewer, item, contribution, here):
    """The property names taken out; None if a prohibition takes out everything."""
    taken = set()
    for agreement in world["agreements"]:
        for number, clause in enumerate(agreement["text"]["clauses"]):
            if clause["type"] != "prohibit" or (agreement is not here and clause["scope"] == "this_agreement"):
                continue
            if prohibited_by(agreement, number, viewer, item, contribution):
                if clause["fields"] == "all":
                    return None
                taken.update(clause["fields"]["only"])
    return taken


# --- The rule ----------------------------------------------------------------------------------------------------------
def given_names(item, form):
    """The properties that are in the edition."""
    return [name for name in item["properties"] if (form["all"] or name in form["fields"] or name in BASE)
            and name not in form["prohibited"] and name not in form["cut"]]


def lacks_required(item, names):
    if not all(name in names for name in REQUIRED.get(item["type"], [])):
        return True
    sets = ALTERNATIVES.get(item["type"], [])
    return bool(sets) and not any(all(name in names for name in one) for one in sets)


def lacks_anything(item, form, names):
    """Whether the edition, of which these properties are granted, is no whole object: something that its type needs is
    not there, or nothing is left in it."""
    if any(name in form["cut"] or name in form["prohibited"] for name in ("type", "spec_version")):
        return True  # the centre replaces neither
    return lacks_required(item, [name for name in names if not is_empty(item, form, name)])


def is_empty(item, form, name):
    """All that stood in it is taken away, part by part."""
    leaves = item.get("leaves", {}).get(name, [])
    return bool(leaves) and all(is_taken(leaf, form, name) for leaf in leaves)


def is_taken(leaf, form, name):
    if leaf["id"] in form["dropped"] or any(s in form["cut"] for s in leaf["selectors"]):
        return True
    on_grid = any(form["fields"].get(part, (0, 0))[0] for part in [name, *leaf["selectors"]])
    return on_grid and (leaf["half"] or any(s in form["cut"] for s in leaf["partners"]))  # half a place has no cell


def covers_everything(item, form):
    if any("." in part for part in form["fields"]):  # given less exactly than the rest
        return False
    for name in item["properties"]:
        if name not in BASE and form["fields"].get(name) != (0, 0):
            return False
    return True


def but_references(world, viewer, item, number):
    """What the item itself lets the viewer have under the agreement it was contributed under; None is nothing."""
    return best_of(item, [by_contribution(world, viewer, item, one) for one in contributions_under(item, number)])


def by_contribution(world, viewer, item, contribution):
    number = contribution["agreement"]
    if is_own(item, viewer):
        return whole()
    if contribution.get("further") and viewer not in contribution["to_offices"]:
        return None
    agreement = world["agreements"][number]
    matching = [n for n in range(len(agreement["text"]["clauses"]))
                if grant_holds(world, viewer, item, contribution, agreement, n)]
    if not matching:
        return None
    form = whole()
    form.update(add_up(world, viewer, item, contribution, agreement, matching))
    form["clause"] = matching[0]
    taken = prohibited(world, viewer, item, contribution, agreement)
    if taken is None:
        return None
    form["prohibited"] = {name for name in taken if name in item["properties"]}
    if not form["all"]:  # what is not listed is not there, so that taking it out says nothing
        form["prohibited"] = {name for name in form["prohibited"] if name in BASE}
    form["fields"] = {part: how for part, how in form["fields"].items() if part.split(".")[0] not in taken}
    if not form["all"] and form["attribution"] == "named" and not form["prohibited"] and covers_everything(item, form):
        form["all"], form["fields"] = True, {}
    form["own_id"] = needs_own_id(world, party_of(viewer), item)
    return None if lacks_anything(item, form, given_names(item, form)) else form


def known_as(world, viewer, author, id):
    """How the viewer knows what the author calls `id`: "id", "own" or not at all (None)."""
    first = first_originator(world, author, id)
    found = None
    for target in world["items"]:
        if target["id"] != id or target["originator"] != first:
            continue
        if was_own(target, viewer):
            return "id"
        for had in target["had"]:
            if had["office"] != viewer:
                continue
            form = but_references(world, viewer, target, had["agreement"])
            if form is not None:
                if is_whole(form) and had["whole"]:
                    return "id"
                found = "own"
    return found


def names_author(world, item, id):
    """The identity that the centre gave its originator, or the one that it says it was created by."""
    return world.get("minted", {}).get(id, item["originator"] if id == item["creator"] else None) == item["originator"]


def what_becomes_of(world, viewer, author, item, reference, form, released):
    """"keep", "rename" or "drop", for a reference in the edition."""
    id, is_creator, hidden = reference["id"], reference["kind"] == "creator", form["attribution"] == "centre"
    if is_creator and hidden:
        return "keep"  # the centre puts itself in its place
    if hidden and names_author(world, item, id):
        return "drop"  # A8
    if id in world.get("minted", {}):
        return "keep"  # A24: everybody may know it
    tells = hidden and any(is_own_identity(world, party, id) for party in (author, item["originator"]))
    if published_now(world, id) and not tells:
        return "keep"  # A13: nobody's
    if not party_has_id(world, author, id, released):
        return "keep"  # the author's text
    if is_creator and first_originator(world, author, id) == author:
        return "keep"
    known = known_as(world, viewer, author, id)
    return {"id": "keep", "own": "rename", None: "drop"}[known]


def disclose(world, viewer, item, number):
    """The answer of the release rule: a form, or None."""
    return best_of(item, [with_references(world, viewer, item, one) for one in contributions_under(item, number)])


def with_references(world, viewer, item, contribution):
    form, number = by_contribution(world, viewer, item, contribution), contribution["agreement"]
    if form is None or is_own(item, viewer):
        return form
    author = party_of(contribution["office"])
    if form["attribution"] == "centre":  # no text names the author either
        form["cut"] |= {one["property"] for one in item["references"] if one["kind"] == "in_text"
                        and one["property"] in given_names(item, form) and names_author(world, item, one["id"])}
    names = given_names(item, form)
    released = min([had["index"] for had in item["had"] if (had["office"], had["agreement"]) == (viewer, number)],
                   default=float("inf"))
    fates = {}
    for reference in item["references"]:
        if reference["property"] not in names or reference["kind"] in ("marking", "in_text"):
            continue
        fate = what_becomes_of(world, viewer, author, item, reference, form, released)
        fates.setdefault((reference["property"], reference["kind"]), []).append(fate)
        if fate == "drop":
            form["dropped"].add(reference["id"])
        elif fate == "rename":
            form["renamed"].add(reference["id"])
    for (name, kind), all_fates in fates.items():
        if kind == "required" and "drop" in all_fates:
            return None
        if kind != "nested" and all(fate == "drop" for fate in all_fates):  # nothing of the property is left
            if kind in ("required", "in_must_list"):
                return None
            names.remove(name)
    return None if lacks_anything(item, form, names) else form


def told(form):
    """The answer as the C++ writes it, so that the two can be compared."""
    if form is None:
        return {"given": False}
    return {"given": True, "clause": form["clause"], "all": form["all"],
            "fields": [[name, *form["fields"][name]] for name in sorted(form["fields"])],
            "prohibited": sorted(form["prohibited"]), "cut": sorted(form["cut"]),
            "dropped": sorted(form["dropped"]), "renamed": sorted(form["renamed"]),
            "attribution": form["attribution"], "own_id": form["own_id"]}


def answers(world):
    """For every viewer, item and agreement, in that order."""
    return [told(disclose(world, viewer, item, number)) for viewer in world["offices"] for item in world["items"]
            for number in range(len(world["agreements"]))]
