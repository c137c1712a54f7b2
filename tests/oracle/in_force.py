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
    return state == "terminated" and clause["id"] in text["survival"]


def standing_lets_run(agreement, clause, party, index):
    text = agreement["text"]
    standing = at_index(agreement["standing"].get(party, []), index)
    if standing in ("party", "provisional"):
        return True
    if clause["type"] == "prohibit":
        return standing in ("suspended", "withdrawing", "former", "expelled")
    if standing == "suspended":
        return outlasts_suspension(text, clause)
    if standing == "withdrawing":
        reciprocal = text["withdrawal"]["incoming"] == "reciprocal_until_effect"
        return clause.get("humanitarian", False) or reciprocal
    return False


def in_force(agreement, number, i, j):
    clause = agreement["text"]["clauses"][number]
    since, until = agreement["clauses"][number]
    applies = since is not None and until is None
    return (applies and state_lets_run(agreement, clause, None) and standing_lets_run(agreement, clause, i, None)
            and standing_lets_run(agreement, clause, j, None))


def was_before(history, wanted, index):
    """Whether one of these had begun by that record: times may be equal, the index orders (G14)."""
    return any(what in wanted and since <= index for what, _, since in history)


def had_joined(agreement, j, index):
    return was_before(agreement["standing"].get(j, []), ["party", "provisional"], index)


def gap(agreement, clause, i, j, index):
    if not was_before(agreement["history"], ["in_force"], index) or not had_joined(agreement, j, index):
        return False
    return not (state_lets_run(agreement, clause, index) and standing_lets_run(agreement, clause, i, index)
                and standing_lets_run(agreement, clause, j, index))


def came_too_early(agreement, j, index):
    return agreement["text"]["retroactivity"]["mode"] != "all" and not had_joined(agreement, j, index)
