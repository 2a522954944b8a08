"""What was said of answers that an import replaces: kept, to be said again by an undo."""

import json

from ...sheet.fields import HOSTS

#: What is noted of a sheet when it changes, and comes back with its former values.
REMEMBERED = ("sheet_answer_dates", "sheet_stale", "sheet_verified_on", "sheet_verified_by_id")


def memory(sheet):
    """Return what is noted of a sheet, as JSON holds it."""
    names = [name for name in REMEMBERED if name in sheet._fields]
    return sheet.sudo()._sheet_as_json(names)


def of(sheets):
    """Return ``{answer: its values}`` of what was said of answers of these sheets.

    :param sheets: a list of contacts and leads
    """
    said = {}
    for host in HOSTS:
        some = [sheet for sheet in sheets if sheet._name == host]
        answers = some[0].union(*some)._sheet_answers() if some else ()
        for answer in answers:
            if answer.state != "collected":
                [said[answer]] = json.loads(json.dumps(answer.copy_data(), default=str))
    return said


def keep(items, said):
    """Keep with the items what their new values have ended: not known yet, confirmed.

    :param said: what :func:`of` has returned before
    """
    for item in items:
        column = item.record._sheet_answer_column()
        ended = [
            values
            for answer, values in said.items()
            if values[column] == item.record.id and not answer.exists()
        ]
        if ended and "before" in item.former:
            item.former["said"] = ended
