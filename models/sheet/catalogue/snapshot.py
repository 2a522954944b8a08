from odoo import api, models
from odoo.fields import Command


class CustomerSheetQuestion(models.Model):
    """Questions as Json values: what publishing freezes and restoring brings back."""

    _inherit = "customer.sheet.question"

    @api.model
    def _shipped(self):
        """Return the questions that the module brings."""
        data = self.env["ir.model.data"].sudo()
        found = data.search([("module", "=", "crm_customer_sheet"), ("model", "=", self._name)])
        return self.browse(found.mapped("res_id"))

    @api.model
    def _draft(self):
        """Return the snapshot of the questions as they are being edited."""
        return self.search([("active", "=", True)])._snapshot()

    def _snapshot(self):
        """Return the questions as Json values, in order: what publishing freezes."""
        translated = self._snapshot_texts()
        return [
            {
                "code": question.code,
                "section": question.section,
                "partner_fields": sorted(question.partner_field_ids.mapped("name")),
                "lead_fields": sorted(question.lead_field_ids.mapped("name")),
                "sectors": sorted(question.sector_ids.mapped("code")),
                "company": question.company_id.id,
                "stage": question.lead_required_stage_id.id,
                **{name: question[name] for name in self._snapshot_plain_fields()},
                **translated[question.id],
            }
            for question in self
        ]

    @api.model
    def _snapshot_plain_fields(self):
        return [
            "provider",
            "status_field",
            "typology",
            "level",
            "lead_required",
            "contact_required",
            "weight",
            "pillar",
            "is_public",
            "data_category",
            "half_life_months",
        ]

    @api.model
    def _snapshot_text_fields(self):
        return ["name", "wording", "why", "hint", "example"]

    def _snapshot_texts(self):
        """Return ``{id: {field: {lang: text}}}`` for the translated fields."""
        texts = {question.id: {} for question in self}
        for lang, _name in self.env["res.lang"].get_installed():
            for question in self.with_context(lang=lang):
                for name in self._snapshot_text_fields():
                    texts[question.id].setdefault(name, {})[lang] = question[name] or ""
        return texts

    @api.model
    def _restore(self, snapshot):
        """Make the questions those of ``snapshot``; the others are archived."""
        known = {question.code: question for question in self}
        codes = {entry["code"] for entry in snapshot}
        self.filtered(lambda question: question.code not in codes).active = False
        for sequence, entry in enumerate(snapshot, start=1):
            vals = dict(self._restore_vals(entry), sequence=10 * sequence, active=True)
            question = known.get(entry["code"])
            if question:
                question.write(vals)
            else:
                question = self.create(dict(vals, code=entry["code"], name=entry["code"]))
            question._restore_texts(entry)

    @api.model
    def _restore_vals(self, entry):
        """Return the values of a snapshot entry; what no longer exists is left out."""
        fields_ = self.env["ir.model.fields"]
        options = self.env["customer.sheet.option"].with_context(active_test=False)
        sectors = options.search([("kind", "=", "sector"), ("code", "in", entry["sectors"])])
        stage = self.env["crm.stage"].browse(entry["stage"] or ()).exists()
        vals = {name: entry[name] for name in self._snapshot_plain_fields()}
        if vals["lead_required"] == "stage" and not stage:
            vals["lead_required"] = "never"
        for host, key in (("res.partner", "partner"), ("crm.lead", "lead")):
            held = [fields_._get(host, name).id for name in entry[f"{key}_fields"]]
            vals[f"{key}_field_ids"] = [Command.set([field_id for field_id in held if field_id])]
        return {
            **vals,
            "section": entry["section"],
            "sector_ids": [Command.set(sectors.ids)],
            "company_id": self.env["res.company"].browse(entry["company"] or ()).exists().id,
            "lead_required_stage_id": stage.id,
        }

    def _restore_texts(self, entry):
        installed = {lang for lang, _name in self.env["res.lang"].get_installed()}
        for name in self._snapshot_text_fields():
            texts = {lang: text for lang, text in entry[name].items() if lang in installed}
            self.update_field_translations(name, texts)
