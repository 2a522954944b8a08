from markupsafe import Markup

from odoo import api, models
from odoo.exceptions import UserError

from ...sheet import takes
from ...sheet.called import called


class CustomerSheetMixin(models.AbstractModel):
    """Corrections that the checks propose (C4): a person accepts or refuses each.

    What was typed stays in the chatter, and a refused correction is not proposed again.
    """

    _inherit = "customer.sheet.mixin"

    # -- called by the web client ------------------------------------------

    @called(code=takes.text)
    def sheet_apply_proposals(self, code=False):
        """Write the proposed values and log the former ones.

        :param code: one proposal only; all of them if there is none
        :return: ``{id: {field: former value}}``, what :meth:`sheet_undo_proposals` takes
        """
        former = {}
        for sheet in self:
            sheet._sheet_check_access("write")
            values = sheet._sheet_proposed(code)
            if values:
                former[sheet.id] = sheet._sheet_replace(values)
        return former

    @called(one=True, former=takes.values)
    def sheet_undo_proposals(self, former):
        """Write the former values of one sheet back and do not propose the same again."""
        self._sheet_check_access("write")
        if not set(former) <= self._sheet_proposable_fields():
            raise UserError(self.env._("Only corrections can be undone here."))
        self._sheet_replace(former)
        self.sheet_keep()

    @called(one=True, code=takes.text)
    def sheet_keep(self, code=False):
        """Keep what was typed: the open proposals (or that one) are not made again."""
        self._sheet_check_access("write")
        sheet = self.sudo()
        refused = {
            each["code"]: each["values"]
            for each in sheet.sheet_proposals or ()
            if code in (False, each["code"])
        }
        sheet._sheet_stamp({"sheet_kept": {**(sheet.sheet_kept or {}), **refused}})

    @called()
    def action_sheet_apply_proposals(self):
        """Accept every proposal on a selection of the list."""
        count = len(self.sheet_apply_proposals())
        message = self.env._(
            "%(count)s sheets corrected. Former values are in the chatter.", count=count
        )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "message": message if count else self.env._("Nothing to correct."),
                "type": "success" if count else "info",
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    # -- writing -------------------------------------------------------------

    def _sheet_proposed(self, code):
        """Return ``{field: value}`` of the open proposals; later ones add to earlier ones."""
        values = {}
        for each in self.sudo().sheet_proposals or ():
            if code in (False, each["code"]):
                values.update(each["values"])
        return values

    def _sheet_replace(self, values):
        """Write values, log the former ones, return them."""
        former = {name: self._fields[name].convert_to_write(self[name], self) for name in values}
        before = {name: self._sheet_field_text(self._fields[name]) for name in values}
        self.write(values)
        self._message_log(body=self._sheet_replaced_html(before))
        return former

    def _sheet_replaced_html(self, before):
        rows = Markup().join(
            Markup("<li>%s: %s → %s</li>")
            % (
                self._fields[name]._description_string(self.env),
                text or self.env._("empty"),
                self._sheet_field_text(self._fields[name]) or self.env._("empty"),
            )
            for name, text in before.items()
        )
        return Markup("%s<ul>%s</ul>") % (self.env._("Corrected:"), rows)

    @api.model
    def _sheet_proposable_fields(self):
        return set(self._sheet_quality_sources().values()) | {"sheet_legal_form_id"}

    # -- words ---------------------------------------------------------------

    def _sheet_proposal_words(self):
        """Return the open proposals as the form shows them."""
        return [
            {
                "code": each["code"],
                "changes": [
                    self._sheet_change_words(name, value) for name, value in each["values"].items()
                ],
            }
            for each in self.sudo().sheet_proposals or ()
        ]

    def _sheet_change_words(self, name, value):
        field = self._fields[name]
        after = (
            self.env[field.comodel_name].browse(value).display_name if field.relational else value
        )
        before = self._sheet_field_text(field) if field.relational else self[name] or ""
        return {
            "field": name,
            "label": field._description_string(self.env),
            "before": before,
            "after": after,
            "id": value if field.relational else False,
        }
