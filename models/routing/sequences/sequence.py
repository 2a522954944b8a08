from odoo import api, fields, models
from odoo.exceptions import UserError

from ...consent.law.hours import check_hours
from ...sheet.called import called
from ...sheet.statistics import refresh_statistics


class CustomerSheetSequence(models.Model):
    """A series of messages and tasks for a lead (E2), each some working days after the other.

    Whoever is in it leaves it by answering, booking a meeting, saying no and so on: see
    :meth:`customer.sheet.sequence.enrolment._stop_reasons`.  An archived sequence pauses.
    """

    _name = "customer.sheet.sequence"
    _inherit = ["customer.sheet.walled.mixin"]
    _description = "Sequence"
    _order = "sequence, id"

    name = fields.Char("Sequence", required=True, translate=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer("Position", default=10)
    company_id = fields.Many2one(
        "res.company", index="btree_not_null", help="Leave empty for all companies."
    )
    purpose_id = fields.Many2one(
        "customer.sheet.consent.purpose",
        required=True,
        ondelete="restrict",
        index=True,
        default=lambda self: self._default_purpose_id(),
        help="What the messages are for. Each is sent only to people who may be contacted for it"
        " at that moment.",
    )
    hours = fields.Char(
        "Sending hours",
        default="1-5 08:00-19:00",
        help="Days of the week (1 = Monday) and hours of the person who gets the message, e.g."
        " “1-5 8:00-12:00, 1-5 14:00-18:00”. What falls outside waits; so do days off of the"
        " company's working schedule. Empty: at any time.",
    )
    is_tracked = fields.Boolean(
        "Track openings and clicks",
        help="Uses the tracking of the Email Marketing app, if it is installed. In many countries"
        " people have to agree to it.",
    )
    step_ids = fields.One2many("customer.sheet.sequence.step", "sequence_id", "Steps", copy=True)
    enrolment_ids = fields.One2many("customer.sheet.sequence.enrolment", "sequence_id")
    running_count = fields.Integer("Running", compute="_compute_counts")
    enrolment_count = fields.Integer("Enrolled", compute="_compute_counts")
    can_track = fields.Boolean(compute="_compute_can_track")

    def _default_purpose_id(self):
        ids = self.env["customer.sheet.consent.purpose"]._ids_by_code()
        return ids.get("prospecting", False)

    @api.depends("enrolment_ids.state")
    def _compute_counts(self):
        counts = {
            (sequence.id, state): count
            for sequence, state, count in self.env["customer.sheet.sequence.enrolment"]._read_group(
                [("sequence_id", "in", self.ids)], ["sequence_id", "state"], ["__count"]
            )
        }
        for sequence in self:
            own = {state: n for (id_, state), n in counts.items() if id_ == sequence.id}
            sequence.running_count = own.get("running", 0)
            sequence.enrolment_count = sum(own.values())

    @api.depends_context("uid")
    def _compute_can_track(self):
        self.can_track = "mailing.trace" in self.env

    @api.constrains("hours")
    def _check_hours(self):
        check_hours(self)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        """Keep what says who got which message (T6): it goes with the sequence."""
        enrolments = self.env["customer.sheet.sequence.enrolment"].sudo()
        if found := enrolments.search([("sequence_id", "in", self.ids)], limit=1).sequence_id:
            raise UserError(
                self.env._(
                    "Leads are or have been in the sequence “%(sequence)s”. Archive it instead:"
                    " it pauses, and what was sent stays written.",
                    sequence=found.name,
                )
            )

    # -- enrolling -------------------------------------------------------------

    def _enrol(self, leads, origin, again=False):
        """Let these leads start the sequence.

        Leads that are closed, of another company or in the sequence already are left out, and
        unless ``again`` also those that have been through it.  Nobody starts a sequence that is
        archived or has no steps.

        :param leads: leads, of any user
        :param origin: why, in words, or the record that asks for it
        :return: the new enrolments, as superuser
        """
        self.ensure_one()
        sequence = self.sudo()
        enrolments = sequence.env["customer.sheet.sequence.enrolment"]
        first = sequence.step_ids[:1]
        if not sequence.active or not first:
            return enrolments
        refresh_statistics(self.env, count=len(leads))
        leads = sequence._enrollable(leads.sudo(), again)
        due = first._due_dates(leads)
        enrolled = enrolments.create(
            [
                {
                    "sequence_id": sequence.id,
                    "lead_id": lead.id,
                    "origin": origin
                    if isinstance(origin, str)
                    else origin.with_context(lang=lead.user_id.lang or self.env.lang).display_name,
                    "step_id": first.id,
                    "due_at": due[lead],
                    "stage_id": lead.stage_id.id,
                    "bounces": lead.message_bounce,
                }
                for lead in leads
            ]
        )
        if enrolled:
            self.env["customer.sheet.chore"]._wake("prompt")
        return enrolled

    def _enrollable(self, leads, again=False):
        """Return those of ``leads`` that may start this sequence."""
        known = [("sequence_id", "=", self.id), ("lead_id", "in", leads.ids)]
        if again:
            known.append(("state", "=", "running"))
        enrolled = self.env["customer.sheet.sequence.enrolment"].sudo().search(known).lead_id
        return (leads - enrolled).filtered(
            lambda lead: (
                lead._sheet_is_open()
                and (
                    not self.company_id or lead.company_id in (self.company_id, self.company_id[:0])
                )
            )
        )

    # -- actions ---------------------------------------------------------------

    @called(one=True)
    def action_open_enrolments(self):
        """Open the leads that are or were in the sequence."""
        self.check_access("read")
        action = self.env["ir.actions.actions"]._for_xml_id(
            "crm_customer_sheet.customer_sheet_sequence_enrolment_action"
        )
        return {
            **action,
            "domain": [("sequence_id", "=", self.id)],
            "context": {"search_default_running": 1},
        }
