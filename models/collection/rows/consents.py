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


def counted(values):
    """Return the decisions of a row that take effect, as :func:`decisions` does."""
    when, source = proof(values)
    return [each for each in decisions(values) if counts(each[-1], when, source)]


def key(desk):
    """Return what the keys of all decisions begin with that an import notes."""
    return f"import:{desk.id}"


def known_of(records):
    """Return ``{record: {(purpose code, channel): (state, since)}}``: what the ledger says."""
    env = records.sudo().env
    subjects = env["customer.sheet.consent.subject"]._of_sheets(records.sudo())
    everyone = env["customer.sheet.consent.subject"].union(*subjects.values())
    states = env["customer.sheet.consent.state"].search([("subject_id", "in", everyone.ids)])
    said = {}
    for each in states:
        stands = said.setdefault(each.subject_id.id, {})
        stands[each.purpose_id.code, each.channel] = (each.state, each.effective_at)
    return {
        record: {
            key: value for one in subjects[record.id] for key, value in said.get(one.id, {}).items()
        }
        for record in records
    }


def is_new(decision, when, known):
    """Tell whether a decision says more than what the ledger knows of the person."""
    purpose, channel, state = decision
    stands, since = known.get((purpose, channel), ("", None))
    same = {"refused": ("refused", "withdrawn"), "given": ("given",)}[state]
    return stands not in same or bool(when and when > since)


def unproven(env, values, evidence):
    """Return in words that somebody agreed according to a file, without effect; or nothing.

    :param evidence: where it is said
    """
    if len(counted(values)) == len(decisions(values)):
        return ""
    return env._(
        "%(evidence)s says that this person agreed to be contacted, without the date and the"
        " source: it does not count.",
        evidence=evidence,
    )


def wrong_consents(env, values):
    """Return the problems of the consents of a row, which is imported all the same."""
    found = decisions(values)
    when, _source = proof(values)
    is_yes = any(state == "given" for _purpose, _channel, state in found)
    if is_yes and not when and values.get("consent_date"):
        words = env._("The date of the consent lies in the future: it does not count.")
        return [{"position": None, "code": "consent_future", "words": words, "soft": True}]
    if len(counted(values)) < len(found):
        words = env._(
            "A consent without its date and its source is noted, but does not count: nobody may be"
            " contacted because of it."
        )
        return [{"position": None, "code": "consent_proof", "words": words, "soft": True}]
    return []
