"""The field ``hours`` of rules and sequences: when people may be reached."""

from odoo.exceptions import ValidationError

from ...tools.call_hours import CallHours


def check_hours(records):
    """Check what was written in the field ``hours``.

    :raise ValidationError: naming the field and the part that is not understood
    """
    for record in records:
        try:
            CallHours.parse(record.hours or "")
        except ValueError as error:
            raise ValidationError(
                record.env._(
                    "“%(field)s”: “%(part)s” is not understood. Write days and hours like"
                    " “1-5 10:00-13:00, 6 9:00-12:00”.",
                    field=record._fields["hours"]._description_string(record.env),
                    part=error.args[0],
                )
            ) from error
