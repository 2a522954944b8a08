#: Questions of the shipped form "Qualification" that visitors were not asked before.
ASKED = ("segment", "decision_maker")


def migrate(cr, version):
    """Let visitors be asked what the new form asks, unless somebody has archived the question."""
    cr.execute(
        "UPDATE customer_sheet_question SET is_public = TRUE WHERE code = ANY(%s) AND active",
        [list(ASKED)],
    )
