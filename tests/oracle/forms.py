"""Forms of an item, as the oracle answers them: what is given of it, and which of two is finer.

{"clause", "all", "fields" {part: (grid, step)}, "prohibited", "cut", "dropped", "renamed", "attribution", "own_id"}
"""
from stix import BASE


def whole():
    return {"clause": 0, "all": True, "fields": {}, "prohibited": set(), "cut": set(), "dropped": set(),
            "renamed": set(), "attribution": "named", "own_id": False}


def is_whole(form):
    changed = form["fields"] or form["prohibited"] or form["cut"] or form["dropped"] or form["renamed"] or form["own_id"]
    return form["all"] and form["attribution"] == "named" and not changed


def best_of(item, forms):
    """Contributions do not add up: whole if one of them gives it whole, else the finest, or the first of what cannot be
    compared."""
    given = [form for form in forms if form is not None]
    best = given[0] if given else None
    for form in given:
        if is_whole(form):
            return form
        if is_finer(item, form, best):
            best = form
    return best


def parts_given(item, form):
    """{part: how exactly}, of the properties and of what is said apart of parts of them."""
    names = [name for name in item["properties"] if (form["all"] or name in form["fields"] or name in BASE)
             and name not in form["prohibited"]]
    parts = {name: form["fields"].get(name, (0, 0)) for name in names}
    parts.update({part: how for part, how in form["fields"].items() if part.split(".")[0] in names})
    return parts


def exactness_of(parts, wanted):
    """Of a part, as said of the nearest that it lies in."""
    around = [part for part in parts if wanted == part or wanted.startswith(part + ".")]
    return parts[max(around, key=len)] if around else None


def gives_all_of(item, form, other):
    mine, its = parts_given(item, form), parts_given(item, other)
    if other["all"] and not form["all"]:
        return False
    for part in {*its, *(one for one in mine if one.split(".")[0] in its)}:
        if any(a > b for a, b in zip(exactness_of(mine, part) or (float("inf"),) * 2, exactness_of(its, part))):
            return False
    cut = [one for one in form["cut"] if one.split(".")[0] in its]
    return all(any(one == had or one.startswith(had + ".") for had in other["cut"]) for one in cut)


def is_finer(item, form, other):
    if not gives_all_of(item, form, other) or (form["attribution"], other["attribution"]) == ("centre", "named"):
        return False
    if not gives_all_of(item, other, form):
        return True
    same = all(form[what] == other[what] for what in ("attribution", "cut", "fields", "dropped", "renamed"))
    return not same and form["dropped"] <= other["dropped"] and form["renamed"] <= other["renamed"] | other["dropped"]
