"""Who has got data of a person: processors, others whom the register names, who took them out."""

from typing import NamedTuple

from odoo.models import BaseModel
from odoo.tools import format_date

from ...sheet.fields import HOSTS
from .counted import TABLES

#: Of whom contacts and leads are.
WHO = [who for who, tables in TABLES.items() if {*tables} & {*HOSTS}]
#: What was taken out to answer the person themselves.
OWN = ("answer",)


class Recipient(NamedTuple):
    """Somebody who has got data of a person: what, and the contact who is written to, if any."""

    name: str
    what: str
    partner: BaseModel


def recipients(env, rows, company):
    """Return every :class:`Recipient` of the data of a contact or lead.

    :param rows: of the statement of the past: what was taken out of the application
    :param company: of the request
    """
    activities = env["customer.sheet.processing"].sudo().search([("who", "in", WHO)])
    return [*_processors(activities, company), *_others(activities), *_takers(env, rows)]


def _processors(activities, company):
    for processor in activities.processor_ids:
        if not processor.company_id or processor.company_id == company:
            yield Recipient(processor.name, processor.service, processor.partner_id)


def _others(activities):
    nobody = activities.env["res.partner"]
    for activity in activities:
        for line in (activity.outside_words or "").splitlines():
            if line.strip():
                yield Recipient(line.strip(), activity.name, nobody)


def _takers(env, rows):
    """Yield whoever has exported or printed them: the file may have gone elsewhere."""
    kinds = dict(env["customer.sheet.export.log"]._fields["kind"]._description_selection(env))
    taken = {}
    for row in rows:  # the newest first
        if row["what"] not in OWN and row["words"] != "sheet_past":
            taken.setdefault((row["user_id"], row["by"] or ""), []).append(row)
    for (user_id, name), same in taken.items():
        newest = same[0]
        what = env._(
            "%(kind)s, %(day)s (times in all: %(count)s)",
            kind=kinds.get(newest["what"], newest["what"]),
            day=format_date(env, newest["at"]),
            count=len(same),
        )
        yield Recipient(name, what, env["res.users"].sudo().browse(user_id).exists().partner_id)
