from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_datetime


class CustomerSheetEvidenceMixin(models.AbstractModel):
    """Rows that say what was found or decided: people change little of them, and it shows.

    ``_sheet_editable`` names the fields that a person may change; what changes, by hand or by a
    button, is added to ``sheet_changes``.  The application itself writes as superuser.
    """

    _name = "customer.sheet.evidence.mixin"
    _description = "Evidence"

    #: Fields that a person may change.
    _sheet_editable = frozenset()
    #: Whether nobody deletes them, whoever it is.
    _sheet_stays = False

    sheet_changes = fields.Text("Changes", readonly=True, copy=False, help="Who changed what.")

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            vals_list = [{**vals, "sheet_changes": False} for vals in vals_list]
        return super().create(vals_list)

    def write(self, vals):
        if self.env.su:
            return super().write(vals)
        self._check_editable(vals)
        before = self._shown_values(vals)
        result = super().write(vals)
        self._add_changes(before)
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_what_stays(self):
        if self._sheet_stays:
            raise UserError(
                self.env._(
                    "“%(kind)s”: what is noted there stays. It shows what was done.",
                    kind=self.env["ir.model"]._get(self._name).name,
                )
            )

    def _change(self, vals):
        """Write as superuser what a button of the user decides, and note that they did."""
        before = self._shown_values(vals)
        self.sudo().write(vals)
        self._add_changes(before)

    def _check_editable(self, names):
        fixed = [name for name in self._of_evidence(names) if name not in self._sheet_editable]
        if fixed:
            field = self._fields.get(fixed[0])
            raise AccessError(
                self.env._(
                    "“%(field)s” says what happened and cannot be changed by hand.",
                    field=field._description_string(self.env) if field else fixed[0],
                )
            )

    @api.model
    def _of_evidence(self, names):
        """Return those of ``names`` that do not belong to the chatter."""
        chatter = (self.env[name]._fields for name in ("mail.thread", "mail.activity.mixin"))
        chatter = set().union(*chatter)
        return [name for name in names if name not in chatter]

    def _shown_values(self, names):
        """Return ``{record: {name: value in words}}`` of the fields among ``names``."""
        shown = [self._fields[name] for name in self._of_evidence(names)]
        return {
            record: {field.name: _shown(field, record) for field in shown} for record in self.sudo()
        }

    def _add_changes(self, before):
        """Add a line for each record of which a value differs from ``before``."""
        when = format_datetime(self.env, fields.Datetime.now())
        for record, values in before.items():
            words = [
                f"{self._fields[name]._description_string(self.env)}: {former or '–'} →"
                f" {_shown(self._fields[name], record) or '–'}"
                for name, former in values.items()
                if former != _shown(self._fields[name], record)
            ]
            if words:
                line = f"{when}, {self.env.user.name}: {'; '.join(words)}"
                record.sheet_changes = "\n".join(filter(None, (record.sheet_changes, line)))


def _shown(field, record):
    return str(field.convert_to_export(record[field.name], record) or "")
