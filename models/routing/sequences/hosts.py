from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...sheet.called import called
from ...sheet.fields import SHEET_USER
from ...sheet.known import known_of, rows
from ..room import SEQUENCES

ENROLMENT = "customer.sheet.sequence.enrolment"


class CrmLead(models.Model):
    """The sequences that a lead is in, or was."""

    _inherit = "crm.lead"

    sheet_enrolment_ids = fields.One2many(
        ENROLMENT, "lead_id", "Sequences", groups=SHEET_USER, copy=False
    )
    sheet_enrolment_id = fields.Many2one(
        ENROLMENT,
        "Sequence",
        compute="_compute_sheet_enrolment_id",
        search="_search_sheet_enrolment_id",
        groups=SHEET_USER,
        help="The sequence that is running.",
    )
    sheet_enrolment_due_at = fields.Datetime(related="sheet_enrolment_id.due_at", groups=SHEET_USER)
    sheet_enrolment_origin = fields.Char(related="sheet_enrolment_id.origin", groups=SHEET_USER)
    sheet_enrolment_count = fields.Integer(
        "Sequences so far", compute="_compute_sheet_enrolment_id", groups=SHEET_USER
    )

    @api.depends("sheet_enrolment_ids.state")
    def _compute_sheet_enrolment_id(self):
        for lead in self:
            enrolments = lead.sheet_enrolment_ids
            running = enrolments.filtered(lambda enrolment: enrolment.state == "running")
            lead.sheet_enrolment_id = running.sorted("due_at")[:1]
            lead.sheet_enrolment_count = len(enrolments)

    @api.model
    def _search_sheet_enrolment_id(self, operator, value):
        if operator not in ("in", "any", "any!"):
            return NotImplemented
        running = Domain("state", "=", "running")
        among = "any!" if operator == "any!" else "any"
        wanted = [each for each in value if each] if operator == "in" else value
        found = Domain("sheet_enrolment_ids", among, running & Domain("id", operator, wanted))
        if operator == "in" and False in value:
            found |= Domain("sheet_enrolment_ids", "not any", running)
        return found

    def _sheet_glance_sql(self):
        if not SEQUENCES.in_use(self.env):
            return super()._sheet_glance_sql()
        mine = SQL("lead_id = %s", self._origin.id or 0)
        names = ("lead_id", "sequence_id", "step_id", "state", "due_at", "origin")
        named = {
            "sequence_id": "customer.sheet.sequence",
            "step_id": "customer.sheet.sequence.step",
        }
        return [
            *super()._sheet_glance_sql(),
            rows(self.env[ENROLMENT], names, mine),
            *(
                rows(
                    self.env[model],
                    ("name",),
                    SQL(
                        "id IN (SELECT %s FROM customer_sheet_sequence_enrolment WHERE %s)",
                        SQL.identifier(column),
                        mine,
                    ),
                )
                for column, model in named.items()
            ),
        ]

    def _sheet_glance(self):
        if not SEQUENCES.in_use(self.env):
            return super()._sheet_glance()
        enrolments = known_of(self).records(ENROLMENT)
        running = enrolments.filtered(lambda enrolment: enrolment.state == "running")
        running = running.sorted("due_at")[:1]
        words = running and {
            "name": running.display_name,
            "due_at": running.due_at and fields.Datetime.to_string(running.due_at),
            "origin": running.origin,
        }
        shown = {"running": words or False, "count": len(enrolments)}
        return {**super()._sheet_glance(), "sheet_sequences": shown}

    @called(one=True)
    def action_sheet_stop_sequence(self):
        """End the sequence that is running, by hand."""
        self._sheet_check_access("write")
        self.sheet_enrolment_id.action_stop()

    @called(one=True)
    def action_sheet_open_sequences(self):
        """Open the sequences that this lead is in, or was."""
        self._sheet_check_access("read")
        action = self.env["ir.actions.actions"]._for_xml_id(
            "crm_customer_sheet.customer_sheet_sequence_enrolment_action"
        )
        return {**action, "domain": [("lead_id", "=", self.id)], "context": {}}

    # -- merging -----------------------------------------------------------------

    @api.model
    def _sheet_merged_models(self):
        return [*super()._sheet_merged_models(), ENROLMENT]

    def _sheet_take_over(self, records):
        """Let sequences go on with the lead that stays, each only once."""
        if records._name == ENROLMENT:
            running = records.filtered(lambda enrolment: enrolment.state == "running")
            known = self.sudo().sheet_enrolment_ids.filtered(lambda own: own.state == "running")
            known = set(known.sequence_id.ids)
            for enrolment in running:
                if enrolment.sequence_id.id in known:
                    enrolment._stop("merged")
                known.add(enrolment.sequence_id.id)
            running.stage_id = self.stage_id
            running.bounces = self.message_bounce
        return super()._sheet_take_over(records)
