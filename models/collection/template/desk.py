from collections import Counter

from odoo import api, models

from ....tools.text.clean_text import clean_lines
from ....tools.text.filler import visible_text
from ...sheet import takes
from ...sheet.called import called
from ...sheet.fields import HOSTS
from ..columns.lists import ListValues
from .workbook import Column, write

#: Lists with more values have no drop-down.
MOST_LABELS = 1000

#: Kinds of cells by kinds of answers; the rest are texts, so that no zero is lost.
KINDS = {"date": "date", "day": "date", "amount": "number", "integer": "number"}

#: Who somebody is comes first; the rest in the order of the catalogue.
FIRST = (
    "field:sheet_reference question:name question:civility question:first_name question:last_name"
    " field:parent question:company question:function question:email question:phone"
    " field:sheet_phone2"
).split()

#: How spreadsheets write the parts of a date.
DATE_PARTS = (("%d", "dd"), ("%m", "mm"), ("%Y", "yyyy"))

#: What a file of ours does not ask, beside what belongs to several fields.
LEFT_OUT = frozenset(
    {"field:is_company", "note", "key", "currency", "consent_date", "consent_source"}
)


class CustomerSheetImport(models.Model):
    """Templates of the catalogue in force: filled in, they need no choice of columns."""

    _inherit = "customer.sheet.import"

    @api.model
    @called(host=takes.one_of(*HOSTS))
    def template(self, host):
        """Download an empty workbook that asks the questions in force.

        :param host: ``crm.lead`` or ``res.partner``: what its rows will become
        """
        url = f"/customer_sheet/import/template/{host}.xlsx"
        return {"type": "ir.actions.act_url", "url": url, "target": "download"}

    @api.model
    def _template(self, host, records=None):
        """Return the workbook for a host, with a row for each of these records.

        Export, edit, import: nothing is lost.  What a record says stands in it as an import
        reads it, its reference tells which one it is.
        """
        sheet = self.new({"host": host, "company_id": self.env.company.id})
        targets = sheet._template_targets(is_new=records is None)
        lists = {each.code: ListValues(self.env, each) for each in targets if each.is_listed}
        labels = {code: _told_apart(values.choices()) for code, values in lists.items()}
        hints = self._template_hints()
        columns = [
            Column(
                each.code,
                each.label,
                KINDS.get(each.kind, "text"),
                hints.get(each.code, ""),
                tuple(labels.get(each.code, {}).values())[:MOST_LABELS],
                each.kind in ("choices", "records"),
            )
            for each in targets
        ]
        return write(
            columns,
            (
                [self._template_cell(record, each, labels.get(each.code)) for each in targets]
                for record in (records if records is not None else ())
            ),
            name=self.env["ir.model"]._get(host).name,
            error=self.env._("Choose a value of the list."),
            date_format=self._template_dates(),
        )

    def _template_targets(self, is_new):
        """Return what a workbook asks, in its order: each thing once."""
        targets = self._target_map()
        left = {*LEFT_OUT, *(["field:sheet_reference"] if is_new else [])}
        if "field:parent" in targets:
            left.add("question:company")
        asked = [
            each
            for code, each in targets.items()
            if code.partition(":")[0] in ("question", "field") and code not in left
        ]
        places = {code: place for place, code in enumerate(FIRST)}
        return sorted(asked, key=lambda each: places.get(each.code, len(FIRST)))

    @api.model
    def _template_dates(self):
        """Return how dates are shown: as the user writes them, where spreadsheets can."""
        shown = self.env["res.lang"]._get_data(code=self.env.lang or "en_US").date_format or ""
        for part, name in DATE_PARTS:
            shown = shown.replace(part, name)
        return "yyyy-mm-dd" if "%" in shown else shown

    @api.model
    def _template_hints(self):
        """Return ``{code: what is asked and an example}``."""
        questions = self.env["customer.sheet.question"].sudo()
        codes = {
            each.code: [each.wording, each.hint] + self._template_example(each)
            for each in questions.search([("active", "=", True)])
        }
        return {f"question:{code}": "\n".join(filter(None, texts)) for code, texts in codes.items()}

    @api.model
    def _template_example(self, question):
        if not question.example:
            return []
        return [self.env._("Example: %(example)s", example=question.example)]

    @api.model
    def _template_cell(self, record, of, labels):
        """Return what a record says, as its cell; nothing of who, or what, cannot be chosen."""
        if of.code == "field:parent":
            return record.parent_id.name or record.company_name or None
        if of.field is None:
            return record.sheet_reference or None
        value = record[of.field.name]
        if not value:
            return None
        if of.kind in ("choice", "record"):
            return self._template_label(record, of, value, labels)
        if of.kind in ("choices", "records"):
            told = (self._template_label(record, of, each, labels) for each in value)
            return "; ".join(filter(None, told)) or None
        if of.kind == "state":
            return value.name
        if of.field.type == "html":
            return clean_lines(visible_text(value)) or None
        return value

    @api.model
    def _template_label(self, record, of, value, labels):
        if of.field.type == "selection":
            code = value
        elif of.kind in ("record", "records"):
            code = str(value.id)
            if code not in labels:
                return None
        else:
            code = self.env["customer.sheet.question"]._plain_code(value)
        label = labels.get(code) or code
        return code if ";" in label or "|" in label else label


def _told_apart(choices):
    """Return ``{code: label}``; of two values with one label the code is shown."""
    seen = Counter(label for _code, label in choices)
    return {code: label if seen[label] == 1 else code for code, label in choices}
