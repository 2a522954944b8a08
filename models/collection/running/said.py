"""What was said of answers that an import replaces: kept, to be said again by an undo."""

import json


def of(sheets):
    """Return ``{answer: its values}`` of what was said of answers of these sheets."""
    said = sheets._sheet_answers().filtered(lambda answer: answer.state != "collected")
    values = json.loads(json.dumps(said.copy_data(), default=str))
    return dict(zip(said, values, strict=True))


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
