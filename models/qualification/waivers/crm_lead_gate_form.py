from lxml.builder import E

from odoo import api, models

#: Context key of what a gate asks for: codes of questions, "," between those of one criterion
#: and ";" between criteria. The web client loads views with its language and keys of this
#: ending only.
GATE_KEY = "sheet_gate_view_ref"


class CrmLead(models.Model):
    """The form of a gate's dialog: the fields that are missing, criterion by criterion."""

    _inherit = "crm.lead"

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        arch, view = super()._get_view(view_id, view_type, **options)
        asked = self.env.context.get(GATE_KEY)
        place = None
        if view_type == "form" and asked and isinstance(asked, str):
            place = arch.find("div[@name='sheet_gate']")
        if place is not None:
            for number, codes in enumerate(asked.split(";")):
                place.addprevious(self._sheet_gate_group(number, codes.split(",")))
        return arch, view

    @api.model
    def _sheet_own_first(self, names):
        """Return the fields of the sheet before stock's: they are the words of the question."""
        return sorted(names, key=lambda name: not name.startswith("sheet_"))

    @api.model
    def _sheet_gate_group(self, number, codes):
        """Return the group of the fields that answer these questions."""
        names = [
            name for code in codes for name in self._sheet_own_first(self._sheet_fill_columns(code))
        ]
        hidden = {
            self._fields[name].get_currency_field(self)
            for name in names
            if self._fields[name].type == "monetary"
        }
        return E.group(
            *(E.field(name=name, invisible="1") for name in sorted(hidden)),
            *(self._sheet_fill_column(name) for name in dict.fromkeys(names)),
            name=f"sheet_gate_{number}",
        )
