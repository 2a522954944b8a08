"""What the columns of consents of a file say, and what comes of it."""

from odoo import fields

#: Decisions by what the cell says.
STATES = {"yes": "given", "no": "refused"}


def decisions(values):
    """Return ``[(purpose code, channel, state)]`` that a row says."""
    found = []
    for target, value in values.items():
        kind, _colon, rest = target.partition(":")
        purpose, _colon, channel = rest.partition(":")
        if kind == "consent" and value in STATES:
            found.append((purpose, channel, STATES[value]))
    return found


def proof(values):
    """Return ``(when, source)`` of the decisions of a row, each may be empty.

    Nobody can have decided tomorrow.
    """
    when = fields.Datetime.to_datetime(values.get("consent_date"))
    is_past = when and when <= fields.Datetime.now()
    return when if is_past else None, values.get("consent_source")


def counts(state, when, source):
    """Tell whether a decision takes effect: a yes only with its date and source, a no always."""
    return state == "refused" or bool(when and source)


def wrong_consents(env, values):
    """Return the problems of the consents of a row, which is imported all the same."""
    found = decisions(values)
    when, source = found and proof(values) or (None, None)
    is_yes = any(state == "given" for _purpose, _channel, state in found)
    if is_yes and not when and values.get("consent_date"):
        words = env._("The date of the consent lies in the future: it does not count.")
        return [{"position": None, "code": "consent_future", "words": words, "soft": True}]
    if any(not counts(state, when, source) for _purpose, _channel, state in found):
        words = env._(
            "A consent without its date and its source is noted, but does not count: nobody may be"
            " contacted because of it."
        )
        return [{"position": None, "code": "consent_proof", "words": words, "soft": True}]
    return []
