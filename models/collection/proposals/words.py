"""What a form shows of open proposals."""

from odoo.tools import format_date

from .meaning import holding


def row(sheet, proposals, written, dates):
    """Return one row of the table: see ``_sheet_proposal_rows``.

    :param proposals: those of the same value for one question, the latest first
    :param written: ``{field: value}`` that accepting would write
    :param dates: ``{code: day}`` of answers of which it is known
    """
    latest, question = proposals[0], proposals[0].question_id
    here = _said_here(sheet, question, written)
    change = {
        "field": next(iter(written)),
        "label": question.name,
        "before": here,
        "after": question._plain_text(latest.value),
        "id": False,
    }
    return {
        "key": f"answer-{latest.id}",
        "kind": "answer",
        "about": [each.id for each in proposals],
        "changes": [change],
        "said": [said for each in proposals for said in each._said_words()],
        "why": latest.words or "",
        "warnings": _warnings(sheet, latest, written, dates) if here else [],
        "is_empty": not here,
    }


def _said_here(sheet, question, written):
    """Return what the record answers, in words; where it does so in another field, that."""
    fields = [sheet._fields[name] for name in written]
    filled = [field for field in fields if sheet[field.name]]
    filled = filled or [field for field in holding(sheet, question.code) if sheet[field.name]]
    return ", ".join(sheet._sheet_field_text(field) for field in filled)


def _warnings(sheet, proposal, written, dates):
    warnings = [sheet._sheet_verified_warning(written)]
    answered = dates.get(proposal.question_id.code)
    if answered and proposal.said_on.date() < answered:
        warnings.append(
            sheet.env._(
                "Said before what stands here, which is of %(day)s.",
                day=format_date(sheet.env, answered),
            )
        )
    return [warning for warning in warnings if warning]
