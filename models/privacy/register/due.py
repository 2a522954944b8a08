from datetime import timedelta

from odoo import api, fields, models

from ..desk.due import Due
from .controls import YEAR

#: Days before something ends from which on it is due.
AHEAD = timedelta(days=60)


class CustomerSheetDesk(models.TransientModel):
    _inherit = "customer.sheet.desk"

    @api.model
    def _due(self):
        return [*super()._due(), *self._register_due(), *self._ending_due()]

    @api.model
    def _register_due(self):
        versions = self.env["customer.sheet.processing.version"]
        last = versions.search_fetch([], ["published_on"], limit=1)
        today = fields.Date.context_today(self)
        until = last.published_on.date() + YEAR if last else None
        if last and until > today + AHEAD:
            return
        words = self.env._("The last one is a year old soon, or older.")
        yield Due(
            "register",
            until,
            self.env._("Look through the register of processing, then publish it"),
            words if last else self.env._("It was never published."),
            action="customer_sheet_processing_action",
        )

    @api.model
    def _ending_due(self):
        day = fields.Date.context_today(self) + AHEAD
        processors = self.env["customer.sheet.processor"]
        processors = processors.search([("state", "in", ("missing", "ended", "soon"))])
        if processors:
            yield Due(
                "processors",
                min(filter(None, processors.mapped("ends_on")), default=None),
                self.env._("Renew the contracts of processors"),
                ", ".join(processors.mapped("name")),
                len(processors),
                self._opens("customer_sheet_processor_action", processors),
            )
        formalities = self.env["customer.sheet.formality"]
        formalities = formalities.search(formalities._to_do(day))
        if formalities:
            activities = formalities.processing_id
            yield Due(
                "formalities",
                min(filter(None, formalities.mapped("ends_on")), default=None),
                self.env._("File what the authority wants declared"),
                ", ".join(activities.mapped("name")),
                len(formalities),
                self._opens("customer_sheet_processing_action", activities),
            )
