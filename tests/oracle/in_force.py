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


def is_filled(agreement, i, j, index):
    """What i said at a resumption that it gives after all; a notice of withdrawal that was taken back leaves its gap."""
    if any(at_index(agreement["standing"].get(party, []), index) in ("withdrawing", "suspended_withdrawing")
           for party in (i, j)):
        return False
    return any(giver == i and since <= index < until for giver, _, since, _, until in agreement.get("filled", []))


def gap(agreement, clause, i, j, index):
    if not was_before(agreement["history"], ["in_force"], index) or not had_joined(agreement, j, index):
        return False
    if is_filled(agreement, i, j, index):
        return False
    return not (state_lets_run(agreement, clause, index) and standing_lets_run(agreement, clause, i, index)
                and standing_lets_run(agreement, clause, j, index))


def came_too_early(agreement, j, index):
    return agreement["text"]["retroactivity"]["mode"] != "all" and not had_joined(agreement, j, index)
