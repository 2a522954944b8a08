from odoo import api, fields, models, tools
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...sheet.called import called
from ...sheet.fields import SHEET_FIELD
from ..map.recognisers import TEXTUAL

#: What says who somebody is without words of its own.
SAYING = frozenset({"sheet_birthdate", "partner_id", "parent_id"})


class CustomerSheetMixin(models.AbstractModel):
    """Erased records: nobody writes a person on them again, whoever it is.

    A form, an import, a merge, the portal and the superuser all end in ``write``, where the
    listener ``erased`` refuses.  Only :meth:`_sheet_came_back` opens a record again.
    """

    _inherit = "customer.sheet.mixin"

    sheet_erased_on = fields.Datetime("Erased on", readonly=True, copy=False, **SHEET_FIELD)

    _sheet_erased_index = models.Index("(id) WHERE sheet_erased_on IS NOT NULL")

    @api.model
    def _sheet_watches(self):
        return {**super()._sheet_watches(), "erased": self._sheet_guarded_fields()}

    @api.model
    def _sheet_guarded_fields(self):
        """Return what nobody writes on an erased record: whatever can hold words or a picture."""
        words = {n for n, field in self._fields.items() if field.store and field.type in TEXTUAL}
        return (words | SAYING & self._fields.keys()) - self._sheet_protected_fields()

    def _sheet_prepare_erased(self, change):
        """Refuse the name, address or phone of a person on an erased record."""
        if change.is_new or not self._sheet_somebody_is_erased():
            return
        [vals] = change.vals_list
        if any(vals[name] for name in vals.keys() & self._sheet_guarded_fields()):
            change.records._sheet_check_not_erased()

    def _sheet_check_not_erased(self):
        """Refuse to write a person on records that were erased."""
        if erased := self.sudo().filtered("sheet_erased_on")[:1]:
            raise UserError(
                self.env._(
                    "“%(name)s” was erased on %(day)s: nobody writes a name, an address or a phone"
                    " number there again. Choose or create another record. If this person has come"
                    " back, a privacy officer presses “Came back” on the record first.",
                    name=erased.display_name,
                    day=tools.format_date(self.env, erased.sheet_erased_on),
                )
            )

    @api.model
    @tools.ormcache()
    def _sheet_somebody_is_erased(self):
        """Return whether any record of this host is erased: mostly none, then nothing is read."""
        sql = "SELECT EXISTS (SELECT FROM %s WHERE sheet_erased_on IS NOT NULL)"
        [(found,)] = self.env.execute_query(SQL(sql, SQL.identifier(self._table)))
        return found

    def _sheet_mark_erased(self):
        """Note that these records are erased: from now on they are guarded."""
        records = self.filtered(lambda record: not record.sheet_erased_on)
        records._sheet_stamp({"sheet_erased_on": fields.Datetime.now()})
        self.env.flush_all()
        self.env.registry.clear_cache()

    def _sheet_came_back(self, words):
        """Let the person of these records be written again; the caller has checked who may.

        :param words: how they came back; noted on the erasures
        """
        self._sheet_stamp({"sheet_erased_on": False})
        rows = self.env["customer.sheet.erasure.record"].sudo()
        rows = rows.search([("model", "=", self._name), ("row", "in", self.ids)])
        for erasure in rows.erasure_id:
            erasure.message_post(
                author_id=self.env.user.partner_id.id,
                body=self.env._("The person came back: %(words)s", words=words),
            )

    @called(one=True)
    def action_sheet_came_back(self):
        """Open the dialog that lets an erased person be written here again."""
        owner = "partner_id" if self._name == "res.partner" else "lead_id"
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("They came back"),
            "res_model": "customer.sheet.erasure.back",
            "view_mode": "form",
            "target": "new",
            "context": {f"default_{owner}": self.id},
        }

    @called(one=True)
    def action_sheet_erase(self):
        """Prepare the erasure of this person and open it."""
        return self.env["customer.sheet.erasure"]._start(self)._action_open()


class CrmLead(models.Model):
    _inherit = "crm.lead"

    # -- an erased lead takes nothing over from a contact who has come back --

    def _get_partner_email_update(self, *args, **kwargs):
        return not self._sheet_is_erased() and super()._get_partner_email_update(*args, **kwargs)

    def _get_partner_phone_update(self, *args, **kwargs):
        return not self._sheet_is_erased() and super()._get_partner_phone_update(*args, **kwargs)

    def _sheet_is_erased(self):
        return self._sheet_somebody_is_erased() and bool(self.sudo().sheet_erased_on)
