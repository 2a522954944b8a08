from odoo import models


class CustomerSheetMixin(models.AbstractModel):
    """Exports are never cut, but logged, and warn of whoever may not be contacted."""

    _inherit = "customer.sheet.mixin"

    def export_data(self, fields_to_export):
        """Log the export.  Neither the export screen nor this method is read-only in Odoo 19."""
        result = super().export_data(fields_to_export)
        logs = self.env["customer.sheet.export.log"]
        log = logs._note(self._name, self.ids, "export", fields_to_export)
        if log.refused_email or log.refused_phone:
            self._sheet_warn_of_export(log)
        return result

    def _sheet_warn_of_export(self, log):
        self.env.user._bus_send(
            "simple_notification",
            {
                "type": "warning",
                "sticky": True,
                "title": self.env._("Not everybody in this export may be contacted"),
                "message": self.env._(
                    "Of %(count)s exported records, %(email)s may not be contacted by e-mail and"
                    " %(phone)s may not be called for prospecting. Check each one before any use"
                    " of the file: their consents are on their sheets. This export was logged.",
                    count=log.record_count,
                    email=log.refused_email,
                    phone=log.refused_phone,
                ),
            },
        )
