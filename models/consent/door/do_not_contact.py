"""What the do-not-contact lists of Odoo and the ledger tell each other."""

from contextvars import ContextVar

from odoo.tools import split_every

from ...sheet.fields import HOSTS
from ..law.fold import REFUSALS

#: The channels that a list stops, its field, and that of contacts and leads.
CHANNELS_OF = {"mail.blacklist": ("email",), "phone.blacklist": ("phone", "sms")}
ENTRY_OF = {"mail.blacklist": "email", "phone.blacklist": "number"}
FIELD_OF = {"mail.blacklist": "email_normalized", "phone.blacklist": "phone_sanitized"}

#: Set while we block an address ourselves: the ledger knows why already.  Not a context key,
#: which any RPC call can set.
BY_LEDGER = ContextVar("crm_customer_sheet_blocked_by_ledger", default=False)

BATCH = 1000


def block(entries, points, message):
    """Put addresses on a list because of the ledger: no event follows, it knows why.

    :param entries: the model of the list, as superuser
    :param message: what the list says of the reason
    """
    token, name = BY_LEDGER.set(True), ENTRY_OF[entries._name]
    try:
        known = entries.with_context(active_test=False).search([(name, "in", points)])
        lifted = known.filtered(lambda entry: not entry.active)
        lifted._track_set_log_message(message)
        lifted.action_unarchive()
        new = [{name: point} for point in points if point not in set(known.mapped(name))]
        created = entries.create(new)
        created._message_log_batch(bodies=dict.fromkeys(created.ids, message))
    finally:
        BY_LEDGER.reset(token)


def note_objections(env, list_name, addresses):
    """Record that whoever holds these addresses objects to all marketing on their channels.

    Who said no already is left alone.

    :param list_name: the model of the list that now blocks them
    :param addresses: normalised addresses
    """
    codes = env["customer.sheet.consent.purpose"].sudo()._marketing_codes()
    for model in HOSTS:
        for some in split_every(BATCH, dict.fromkeys(addresses)):
            holders = _holders(env[model].sudo(), FIELD_OF[list_name], some)
            for decisions, records in _missing(holders, codes, CHANNELS_OF[list_name]).items():
                holders.browse(records)._sheet_consent_record(
                    [
                        {"purpose": code, "channel": channel, "state": "objected"}
                        for code, channel in decisions
                    ],
                    method="blacklist",
                    actor_kind=_actor(env),
                )


def _holders(host, field, addresses):
    """Return the sheets with one of these addresses, archived ones too."""
    records = host.with_context(active_test=False).search([(field, "in", list(addresses))])
    return records.filtered_domain(host._sheet_domain())


def _missing(records, codes, channels):
    """Return ``{((code, channel), ...): [record ids]}``: what these people did not refuse yet."""
    subjects = records.env["customer.sheet.consent.subject"].sudo()
    of_record = subjects._of_sheets(records) if records else {}
    people = subjects.union(*of_record.values())
    states = records.env["customer.sheet.consent.state"].sudo()
    refused = {
        (row.subject_id.id, row.purpose_id.code, row.channel)
        for row in states.search(
            [("subject_id", "in", people.ids), ("state", "in", list(REFUSALS))]
        )
    }
    cells = [(code, channel) for code in codes for channel in channels]
    missing, seen = {}, subjects.browse()
    for record_id, own in of_record.items():
        if own and own <= seen:  # another sheet of the same person
            continue
        seen |= own
        todo = tuple(cell for cell in cells if not any((one.id, *cell) in refused for one in own))
        if todo:
            missing.setdefault(todo, []).append(record_id)
    return missing


def _actor(env):
    """Return who put an address on the list: the person, through a public page, or a user."""
    if env.user._is_public():
        return "subject"
    return "system" if env.user._is_superuser() else "user"
