"""Words for whoever plans to call somebody who may not be called."""

from datetime import datetime, time

import pytz

from odoo import fields

from ...sheet.fields import HOSTS


def refused_calls(purpose, records, day):
    """Return ``{record: reasons}`` of the contacts or leads who may not be called that day.

    Of a day to come the hour is not known yet: eleven o'clock of the user stands for it, so that
    days off are seen but not the closing hours of each day.

    :param purpose: what the call is for; only marketing purposes are judged
    :param day: the planned date
    """
    purpose, records = purpose.sudo(), records.sudo()
    if not purpose.is_marketing or records._name not in HOSTS:
        return {}
    sheets = records.exists().filtered_domain(records._sheet_domain())
    answers = sheets._can_contact_batch(purpose.code, "phone", _moment(records, day))
    return {
        sheet: answers[sheet.id]["reasons"] for sheet in sheets if not answers[sheet.id]["allowed"]
    }


def warning_words(env, refused, count):
    """Return one sentence or more on ``refused``, False where everybody may be called."""
    if not refused:
        return False
    if count == 1:
        [reasons] = refused.values()
        return env._("This person may not be called: %(reasons)s", reasons=" ".join(reasons))
    record, reasons = next(iter(refused.items()))
    return env._(
        "%(refused)s of %(count)s may not be called, such as %(name)s: %(reasons)s",
        refused=len(refused),
        count=count,
        name=record.display_name,
        reasons=" ".join(reasons),
    )


def _moment(records, day):
    today = fields.Date.context_today(records)
    if not day or day <= today:
        return None
    zone = pytz.timezone(records.env.user.tz or "UTC")
    moment = zone.localize(datetime.combine(day, time(11, 0)))
    return moment.astimezone(pytz.utc).replace(tzinfo=None)
