from odoo import api, fields, models
from odoo.fields import NO_ACCESS

#: What becomes of a row.
VERDICTS = [
    ("create", "New sheet"),
    ("complete", "Completes"),
    ("propose", "Proposes"),
    ("skip", "Says nothing new"),
    ("cannot", "Cannot be imported"),
]


class CustomerSheetImportRow(models.Model):
    """What becomes of a row, why, and what it was made into."""

    _inherit = "customer.sheet.import.row"

    values = fields.Json(readonly=True, help="Plain values by target, see `_row_values`.")
    problems = fields.Json(readonly=True)  # [{"position", "code", "words", "soft"}]
    verdict = fields.Selection(VERDICTS, "Becomes", readonly=True)
    outcome = fields.Selection(
        [
            ("done", "Imported"),
            ("failed", "Not imported"),
            ("mended", "Corrected and imported since"),
            ("undone", "Taken back"),
            ("left", "Left as it is: changed since"),
        ],
        readonly=True,
    )
    leader_id = fields.Many2one(
        "customer.sheet.import.row",
        "Joined with",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
        help="An earlier row about the same customer: both become one sheet.",
    )
    match = fields.Json(
        readonly=True, groups=NO_ACCESS, help="What is compared of it, until it is imported."
    )
    lead_id = fields.Many2one(
        "crm.lead", readonly=True, ondelete="set null", index="btree_not_null"
    )
    partner_id = fields.Many2one(
        "res.partner", "Contact", readonly=True, ondelete="set null", index="btree_not_null"
    )
    is_created = fields.Boolean("Created by the import", readonly=True)
    former = fields.Json(
        readonly=True, groups=NO_ACCESS, help="What it was before, to take the import back."
    )
    problem_text = fields.Char("What to correct", compute="_compute_problem_text")
    cells_text = fields.Char("In the file", compute="_compute_cells_text")

    @api.depends("problems")
    def _compute_problem_text(self):
        for row in self:
            row.problem_text = " ".join(each["words"] for each in row.problems or ())

    @api.depends("cells", "import_id.column_ids.header")
    def _compute_cells_text(self):
        for row in self:
            named = zip(row.import_id.column_ids, row.cells or (), strict=False)
            told = ((column.header, cell) for column, cell in named if cell not in (None, ""))
            row.cells_text = "; ".join(f"{header}: {cell}" for header, cell in told)

    def _sheet_record(self):
        """Return the lead or contact that this row was made into, or found, if any."""
        return self.lead_id or self.partner_id

    def _words_of(self, code):
        """Return what is told of this row under a code."""
        return " ".join(each["words"] for each in self.problems or () if each["code"] == code)

    def _fail(self, code, words):
        """Note why these rows cannot be imported."""
        for row in self:
            told = [*(row.problems or ()), {"position": None, "code": code, "words": words}]
            row.write({"verdict": "cannot", "outcome": "failed", "problems": told})


def named(record):
    """Return the values of a row that name the record it is about, if any."""
    return {
        "lead_id": record.id if record and record._name == "crm.lead" else False,
        "partner_id": record.id if record and record._name == "res.partner" else False,
    }
