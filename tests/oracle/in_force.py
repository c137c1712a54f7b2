"""The oracle's in_force (10-agreements), and what was contributed too early or in a gap. An index is that of a record."""


def at_index(history, index):
    """The last state or standing that had begun by that record; None is now, the last of all."""
    found = None
    for what, _, since in history:
        if index is None or since <= index:
            found = what
    return found


def outlasts_suspension(text, clause):
    return clause.get("humanitarian", False) or clause["id"] in text["suspension"]["non_suspendable"]


def state_lets_run(agreement, clause, index):
    text = agreement["text"]
    state = at_index(agreement["history"], index)
    if state == "in_force":
        return True
    if state == "suspended":
        return clause["type"] == "prohibit" or outlasts_suspension(text, clause)
    if state == "terminated" and clause["type"] == "prohibit" and agreement.get("ended_by_leaving", False):
        return True
    return state == "terminated" and clause["id"] in text["survival"]


def standing_lets_run(agreement, clause, party, index):
    text = agreement["text"]
    standing = at_index(agreement["standing"].get(party, []), index)
    if standing in ("party", "provisional"):
        return True
    if clause["type"] == "prohibit":
        return standing in ("suspended", "withdrawing", "suspended_withdrawing", "former", "expelled")
    after_notice = clause.get("humanitarian", False) or text["withdrawal"]["incoming"] == "reciprocal_until_effect"
    if standing == "suspended":
        return outlasts_suspension(text, clause)
    if standing == "withdrawing":
        return after_notice
    return standing == "suspended_withdrawing" and after_notice and outlasts_suspension(text, clause)


def has_ended_between(agreement, clause, i, j):
    return clause["type"] == "prohibit" and [clause["id"], *sorted([i, j])] in agreement.get("ended_prohibitions", [])


def in_force(agreement, number, i, j):
    clause = agreement["text"]["clauses"][number]
    since, until = agreement["clauses"][number]
    applies = since is not None and until is None and not has_ended_between(agreement, clause, i, j)
    return (applies and state_lets_run(agreement, clause, None) and standing_lets_run(agreement, clause, i, None)
            and standing_lets_run(agreement, clause, j, None))


def was_before(history, wanted, index):
    """Whether one of these had begun by that record: times may be equal, the index orders (G14)."""
    return any(what in wanted and since <= index for what, _, since in history)


def had_joined(agreement, j, index):
    return was_before(agreement["standing"].get(j, []), ["party", "provisional"], index)


def gives_gap(agreement, i, suspended, index):
    """i said at the resumption of that part (None: of the whole) that it gives after all what it contributed meanwhile."""
    return any(giver == i and part == suspended and since <= index < until
               for giver, part, _, since, _, until in agreement.get("filled", []))


def kept_from(agreement, clause, i, party, index):
    standing = at_index(agreement["standing"].get(party, []), index)
    if standing_lets_run(agreement, clause, party, index):
        return False
    return standing != "suspended" or not gives_gap(agreement, i, party, index)


def gap(agreement, clause, i, j, index):
    if not was_before(agreement["history"], ["in_force"], index) or not had_joined(agreement, j, index):
        return False
    if not state_lets_run(agreement, clause, index):
        if at_index(agreement["history"], index) != "suspended" or not gives_gap(agreement, i, None, index):
            return True
    return kept_from(agreement, clause, i, i, index) or kept_from(agreement, clause, i, j, index)


def came_too_early(agreement, j, index):
    return agreement["text"]["retroactivity"]["mode"] != "all" and not had_joined(agreement, j, index)
