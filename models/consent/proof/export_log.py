from odoo import api, fields, models

from ...sheet.called import called
from ...sheet.fields import HOSTS


class CustomerSheetExportLog(models.Model):
    """Who took data of customers out of the application, when and which.

    Written by the application only; privacy officers read it, nobody edits it.
    """

    _name = "customer.sheet.export.log"
    _description = "Export of Customer Data"
    _order = "id desc"
    _rec_name = "create_date"

    create_date = fields.Datetime("On", readonly=True)
    user_id = fields.Many2one("res.users", "By", readonly=True, ondelete="set null", index=True)
    user_name = fields.Char("Name", readonly=True, help="Stays when the user is deleted.")
    company_id = fields.Many2one("res.company", readonly=True, ondelete="set null")
    kind = fields.Selection(
        [("export", "Export"), ("proof", "Proof pack")], required=True, readonly=True
    )
    res_model = fields.Char("Model", required=True, readonly=True)
    model_name = fields.Char("Data", compute="_compute_model_name")
    record_count = fields.Integer("Records", readonly=True)
    res_ids = fields.Json("Numbers", readonly=True)
    field_names = fields.Text("Fields", readonly=True)
    refused_email = fields.Integer("Not by e-mail", readonly=True)
    refused_phone = fields.Integer("Not by phone", readonly=True)

    @api.depends("res_model")
    def _compute_model_name(self):
        for log in self:
            log.model_name = self.env["ir.model"]._get(log.res_model).name or log.res_model

    @called(one=True)
    def action_open_records(self):
        """Open those of the records that still exist and that the user may read."""
        return {
            "type": "ir.actions.act_window",
            "name": self.model_name,
            "res_model": self.res_model,
            "view_mode": "list,form",
            "domain": [("id", "in", self.res_ids or [])],
            "context": {"active_test": False},
        }

    @api.model
    def _note(self, model, ids, kind, fields=None):
        """Log that the user takes these records out of the application.

        An export of contacts or leads also counts those who may not be contacted for
        prospecting.

        :param model: the name of the model
        :param ids: ids of the records
        :param kind: ``export`` or ``proof``
        :param fields: names of the exported fields
        :return: the log entry, as superuser
        """
        refused = {"email": 0, "phone": 0}
        if kind == "export" and model in HOSTS:
            refused = self._refused(self.env[model].sudo().browse(ids))
        return self.sudo().create(
            {
                "user_id": self.env.uid,
                "user_name": self.env.user.name,
                "company_id": self.env.company.id,
                "kind": kind,
                "res_model": model,
                "record_count": len(ids),
                "res_ids": list(ids),
                "field_names": ", ".join(fields or ()),
                "refused_email": refused["email"],
                "refused_phone": refused["phone"],
            }
        )

    @api.model
    def _refused(self, records):
        """Return ``{channel: how many of these may not be contacted}`` for prospecting."""
        sheets = records.filtered_domain(records._sheet_domain())
        return {
            channel: sum(
                not answer["allowed"]
                for answer in sheets._can_contact_batch("prospecting", channel).values()
            )
            for channel in ("email", "phone")
        }
