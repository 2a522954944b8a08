from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import format_date

from ...consent.ledger.words import PRIVACY_OFFICER
from ...sheet.controls.control import Control, Finding

#: A register is looked through once a year.
YEAR = timedelta(days=365)


class CustomerSheetControl(models.Model):
    _inherit = "customer.sheet.control"

    @api.model
    def _controls(self):
        return [
            *super()._controls(),
            Control(
                "register",
                "privacy",
                self.env._("The register of processing was published within a year"),
                self.env._("It is the first thing that an authority asks for."),
                "customer_sheet_processing_action",
                PRIVACY_OFFICER,
                room="privacy",
            ),
            Control(
                "processors",
                "privacy",
                self.env._("Each processor has a contract in force"),
                self.env._("Whoever works with the data of customers has to promise how."),
                "customer_sheet_processor_action",
                PRIVACY_OFFICER,
                room="privacy",
            ),
        ]

    def _check_register(self):
        last = self.env["customer.sheet.processing.version"].search([], limit=1)
        if not last:
            return Finding(False, self.env._("It was never published."))
        said = self.env._("Published on %(day)s.", day=format_date(self.env, last.published_on))
        return Finding(last.published_on > fields.Datetime.now() - YEAR, said)

    @api.model
    def _without_contract(self):
        return [("state", "in", ("missing", "ended"))]

    def _check_processors(self):
        processors = self.env["customer.sheet.processor"]
        if not processors.search_count([], limit=1):
            return Finding(None, self.env._("No processor is noted."))
        return self._named(processors.search(self._without_contract()))

    def _fix_processors(self):
        return self._action("customer_sheet_processor_action", domain=self._without_contract())
