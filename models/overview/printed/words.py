"""The printed sheet, in words."""

from odoo.fields import Date
from odoo.tools import format_date

#: Characters of a text that paper has room for; to lay out a whole book takes minutes.
LONGEST = 2000


def fitted(told):
    """Return what a page tells, with each text in it short enough for paper.

    >>> fitted({"sections": [("Need", ["x" * 3000])]})["sections"][0][1][0][-2:]
    'x…'
    """
    match told:
        case str() if len(told) > LONGEST:
            return f"{told[:LONGEST].rstrip()}…"
        case dict():
            return {key: told[key] if key == "qr" else fitted(told[key]) for key in told}
        case list() | tuple():
            return type(told)(map(fitted, told))
    return told


def kinds(env):
    """Return what the three kinds are called, by code."""
    return {
        "sheet": env._("Customer sheet"),
        "blanks": env._("Customer sheet with blanks"),
        "customer": env._("Customer sheet for the customer"),
    }


def grid(env):
    """Return what a printed interview is called."""
    return env._("Interview grid")


def completeness(env, gaps):
    """Return how much is answered, from what the ring shows."""
    return env._(
        "%(percent)s %% (%(answered)s of %(asked)s questions)",
        percent=gaps["score"],
        answered=gaps["answered"],
        asked=gaps["asked"],
    )


def score(env, lines):
    """Return how promising a lead is."""
    total = lines["total"]
    return env._("%(score)s, hot", score=total) if lines["hot"] else str(total)


def pillars(env, told):
    """Return in one line how sure each pillar is, from what a form shows of them."""
    states = {
        "unknown": env._("not known"),
        "stated": env._("stated"),
        "confirmed": env._("confirmed"),
    }
    return " · ".join(pair(env, each["label"], states[each["state"]]) for each in told or ())


def next_action(env, told):
    """Return what comes next on a lead, ``""`` on one that is closed, or on a contact."""
    if not told:
        return ""
    if not told["day"]:
        return env._("Nothing is planned.")
    day = format_date(env, Date.to_date(told["day"]))
    parts = [told["summary"], day, told["user"], told["label"]]
    return " · ".join(filter(None, parts))


def consents(env, told):
    """Return in one line whether one may contact, and what was decided."""
    channels = dict(told["channels"])
    may = [
        pair(env, channels[channel], word["label"])
        for channel, word in (told["may"] or {}).items()
        if word and channel in channels
    ]
    return " · ".join([*may, *decisions(env, told)])


def decisions(env, told):
    """Return what was decided, a text a decision."""
    channels = dict(told["channels"])
    return [
        pair(env, f"{line['label']}, {channels[channel]}", f"{cell['words']} ({cell['date']})")
        for line in told["lines"]
        for channel, cell in line["cells"].items()
        if cell["state"]
    ]


def source(env, row, day):
    """Return where an answer comes from and since when.

    :param row: what was said of it, if anything was: a user typed it else
    :param day: when a user typed one that grows old
    """
    if not row or row.state == "unknown":
        return format_date(env, day)
    day = format_date(env, row.confirmed_on or row.date)
    if row.state == "confirmed":
        parts = [env._("confirmed %(day)s", day=day), row.author_id.name, row.evidence]
    else:
        origins = dict(row._fields["origin"]._description_selection(env))
        parts = [origins.get(row.origin), row.evidence, day]
    return " · ".join(filter(None, parts))


def unknown(env, row):
    """Return why an answer is not known yet, and when to ask again."""
    again = row.reask_date and env._("ask again %(day)s", day=format_date(env, row.reask_date))
    return " · ".join(filter(None, (row.reason, again)))


def missing(env, gaps, unknown_codes):
    """Return ``[(from when on it counts, questions)]`` of what the ring shows as open.

    :param unknown_codes: the questions that are listed as not known yet
    """
    told = {}
    for item in gaps.get("items", ()):
        if item["code"] in unknown_codes:
            continue
        when = env._("Now") if item["now"] else item["stage"] or env._("Later")
        value = item["value"] and f"{item['label']} (“{item['value']}”)"
        told.setdefault(when, []).append(value or item["label"])
    return [(when, ", ".join(labels)) for when, labels in told.items()]


def pair(env, label, value):
    """Return a label and what it stands for."""
    return env._("%(label)s: %(value)s", label=label, value=value)
