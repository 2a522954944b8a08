from odoo import api, fields, models, tools
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL, is_html_empty

from ...sheet.called import called
from ...sheet.fields import SHEET_FIELD
from ...sheet.life import NEW
from ..map.recognisers import TEXTUAL
from ..restriction.ground import ENDING

#: What names the contact to whom a record belongs.
OF_SOMEBODY = frozenset({"partner_id", "parent_id"})
#: What says who somebody is, or where, without words of its own.
SAYING = OF_SOMEBODY | {"sheet_birthdate", "partner_latitude", "partner_longitude"}
#: Words about nobody: for which link Odoo has made a key, while it sends a document.
ABOUT_NOBODY = frozenset({"signup_type"})


class CustomerSheetMixin(models.AbstractModel):
    """Erased records: nobody writes a person on them again, whoever it is.

    A form, an import, a merge, the portal and the superuser all end in ``write``, where the
    listener ``erased`` refuses.  Nor does anybody write a message there, or hang a new record on
    it.  Only :meth:`_sheet_came_back` opens a record again.  Of a record
    that is kept in part for its documents, what was kept may be corrected; the rest stays empty.
    """

    _inherit = "customer.sheet.mixin"

    sheet_erased_on = fields.Datetime("Erased on", readonly=True, copy=False, **SHEET_FIELD)

    _sheet_erased_index = models.Index("(id) WHERE sheet_erased_on IS NOT NULL")

    @api.model
    def _sheet_watches(self):
        return {**super()._sheet_watches(), "erased": {NEW, *self._sheet_guarded_fields()}}

    @api.model
    def _sheet_guarded_fields(self):
        """Return what nobody writes on an erased record: whatever can hold words or a picture."""
        words = {n for n, field in self._fields.items() if field.store and field.type in TEXTUAL}
        saying = words | SAYING & self._fields.keys()
        return saying - self._sheet_protected_fields() - ABOUT_NOBODY

    def _sheet_prepare_erased(self, change):
        """Refuse the name, address or phone of a person on an erased record, and a record that
        belongs to one."""
        owners = {v[n] for v in change.vals_list for n in OF_SOMEBODY & v.keys() if v[n]}
        self.env["res.partner"].browse(owners)._sheet_check_none_erased()
        if change.is_new:
            return
        [vals] = change.vals_list
        if names := {n for n in vals.keys() & self._sheet_guarded_fields() if vals[n]}:
            change.records._sheet_check_not_erased(names)

    def _sheet_check_not_erased(self, names):
        """Refuse to write a person on records that were erased, in part or as a whole.

        :param names: of the fields that are written
        """
        if self._sheet_is_any_restricted():
            for record in self.sudo().filtered(lambda r: r.sheet_restricted_ground in ENDING):
                left = record._sheet_left_fields()
                if left and names - left:
                    raise UserError(record._sheet_stays_empty_text(names - left))
        self._sheet_check_none_erased()

    def _sheet_check_none_erased(self):
        """Refuse what would bring a person back to records that were erased as a whole."""
        erased = self._sheet_somebody_is_erased() and self.sudo().filtered("sheet_erased_on")[:1]
        if erased:
            raise UserError(
                self.env._(
                    "“%(name)s” was erased on %(day)s: nobody writes a name, an address or a phone"
                    " number there again. Choose or create another record. If this person has come"
                    " back, a privacy officer presses “Came back” on the record first.",
                    name=erased.display_name,
                    day=tools.format_date(self.env, erased.sheet_erased_on),
                )
            )

    def _sheet_check_message(self, body, *files):
        """Refuse words or files in the history of erased records; what Odoo notes has none."""
        if any(files) or not is_html_empty(body):
            self._sheet_check_none_erased()

    def _sheet_left_fields(self):
        """Return the fields that the last erasure has left here; none where it has left nothing,
        or there was none."""
        rows = self.env["customer.sheet.erasure.record"].sudo()
        mine = Domain("model", "=", self._name) & Domain("row", "=", self.id)
        carried_out = Domain("is_included", "=", True)
        carried_out &= Domain("erasure_id.state", "in", ("running", "unfinished", "failed", "done"))
        last = rows.search(mine & carried_out, order="id desc", limit=1).erasure_id
        kept = last.line_ids.filtered(lambda x: x.model == self._name and x.decision == "keep")
        return {name for line in kept for name in (line.columns or "").split()}

    def _sheet_restriction_text(self):
        said = super()._sheet_restriction_text()
        if self.sheet_restricted_ground in ENDING and self._sheet_left_fields():
            more = self.env._("All else was erased, and stays empty.")
            said = f"{said.removesuffix('.')}. {more}"
        return said

    def _sheet_stays_empty_text(self, names):
        """Return in words that these fields were erased, and what to do."""
        fields_ = {**self.env["res.users"]._fields, **self._fields}
        labels = sorted(fields_[name]._description_string(self.env) for name in names)
        return self.env._(
            "“%(name)s” was erased but for what documents need, and nobody writes this there again:"
            " %(fields)s. If this person has come back, create a new record.",
            name=self.display_name,
            fields=", ".join(labels),
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


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _sheet_left_fields(self):
        left = super()._sheet_left_fields()
        if left and self.parent_id:  # their company hands down what is the company's
            left |= {*self._commercial_fields(), *self._address_fields()}
        return left

    def _update_address(self, vals):
        """Refuse an address that Odoo hands on past ``write``."""
        if names := {name for name in self._address_fields() if vals.get(name)}:
            self._sheet_check_not_erased(names)
        return super()._update_address(vals)

    def message_post(self, *, body="", attachments=None, attachment_ids=None, **kwargs):
        self._sheet_check_message(body, attachments, attachment_ids)
        files = {"attachments": attachments, "attachment_ids": attachment_ids}
        return super().message_post(body=body, **files, **kwargs)


class CrmLead(models.Model):
    _inherit = "crm.lead"

    # -- an erased lead takes nothing over from a contact who has come back --

    def _get_partner_email_update(self, *args, **kwargs):
        return not self._sheet_is_erased() and super()._get_partner_email_update(*args, **kwargs)

    def _get_partner_phone_update(self, *args, **kwargs):
        return not self._sheet_is_erased() and super()._get_partner_phone_update(*args, **kwargs)

    def message_post(self, *, body="", attachments=None, attachment_ids=None, **kwargs):
        self._sheet_check_message(body, attachments, attachment_ids)
        files = {"attachments": attachments, "attachment_ids": attachment_ids}
        return super().message_post(body=body, **files, **kwargs)

    def _sheet_is_erased(self):
        return self._sheet_somebody_is_erased() and bool(self.sudo().sheet_erased_on)
