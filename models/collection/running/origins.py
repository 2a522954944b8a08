"""Notes of where answers come from, many at once."""

from ..proposals.proposal import ORIGINS

COLUMNS = (
    *("question_id", "lead_id", "partner_id", "state", "origin", "date", "author_id"),
    *("evidence", "create_uid", "create_date", "write_uid", "write_date"),
)


def note(env, answers, user_id):
    """Note of each of these answers that it was imported.

    :param answers: list of ``(record, code of the question, where it can be looked up)``
    :param user_id: who had them imported
    :return: the ids of the notes, in that order
    """
    if not answers:
        return []
    questions = env["customer.sheet.question"].sudo().with_context(active_test=False)
    codes = {code for _record, code, _evidence in answers}
    ids = {each.code: each.id for each in questions.search([("code", "in", list(codes))])}
    now = env.cr.now()
    rows = [
        (
            ids[code],
            record.id if record._name == "crm.lead" else None,
            record.id if record._name == "res.partner" else None,
            *("collected", ORIGINS["import"], now, user_id),
            *(evidence, user_id, now, user_id, now),
        )
        for record, code, evidence in answers
    ]
    statement = f"INSERT INTO customer_sheet_answer ({', '.join(COLUMNS)}) VALUES %s RETURNING id"
    found = env.cr.execute_values(statement, rows, page_size=1000, fetch=True)
    env["customer.sheet.answer"].invalidate_model()
    return [answer_id for (answer_id,) in found]
