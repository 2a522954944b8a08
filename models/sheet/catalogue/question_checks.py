from odoo import api, models
from odoo.exceptions import UserError, ValidationError

from .plan_question import can_hold_answer, is_status_field


class CustomerSheetQuestion(models.Model):
    """What the catalogue refuses, when a question is saved."""

    _inherit = "customer.sheet.question"

    @api.constrains("partner_field_ids", "lead_field_ids")
    def _check_fields_hold_answers(self):
        for question in self:
            for field in question.partner_field_ids | question.lead_field_ids:
                if not can_hold_answer(self.env[field.model]._fields[field.name]):
                    raise ValidationError(
                        self.env._(
                            "The field “%(field)s” cannot hold the answer to “%(question)s”: it"
                            " must be a stored field that people edit, the same for every"
                            " company, and not a check box (use a selection with yes and no).",
                            field=field.field_description,
                            question=question.name,
                        )
                    )

    @api.constrains("partner_field_ids", "lead_field_ids", "provider", "active")
    def _check_answer_has_a_place(self):
        for question in self.filtered("active"):
            if not (question.partner_field_ids or question.lead_field_ids or question.provider):
                raise ValidationError(
                    self.env._(
                        "Choose a contact field or a lead field that holds the answer to"
                        " “%(question)s”.",
                        question=question.name,
                    )
                )

    @api.constrains("lead_required", "lead_required_stage_id")
    def _check_stage(self):
        for question in self:
            if question.lead_required == "stage" and not question.lead_required_stage_id:
                raise ValidationError(
                    self.env._(
                        "Choose in “From stage” the stage from which “%(question)s” counts.",
                        question=question.name,
                    )
                )

    @api.constrains("status_field")
    def _check_status_field(self):
        for question in self.filtered("status_field"):
            hosts = [self.env[host] for host in question._hosts()]
            if any(not is_status_field(host, question.status_field) for host in hosts):
                raise ValidationError(
                    self.env._(
                        "“%(field)s”, in Status field of “%(question)s”, is not a stored selection"
                        " with the value “invalid”.",
                        field=question.status_field,
                        question=question.name,
                    )
                )

    @api.constrains("code")
    def _check_code(self):
        for question in self:
            if not (question.code.isascii() and question.code.isidentifier()):
                raise ValidationError(
                    self.env._(
                        "The code “%(code)s” may only have letters, digits and underscores.",
                        code=question.code,
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_published(self):
        published = self.env["customer.sheet.catalogue.version"]._published_codes()
        for question in self:
            if question.code in published:
                raise UserError(
                    self.env._(
                        "“%(question)s” is part of a published catalogue. Archive it instead.",
                        question=question.name,
                    )
                )

    def _hosts(self):
        """Return the names of the host models on which the question has a field."""
        self.ensure_one()
        fields_by_host = {"res.partner": self.partner_field_ids, "crm.lead": self.lead_field_ids}
        return [host for host, answers in fields_by_host.items() if answers]
