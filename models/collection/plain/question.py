from odoo import api, models, tools
from odoo.fields import Command, Domain
from odoo.tools import format_amount, format_date, plaintext2html

from ....tools.text.clean_text import clean_lines
from ....tools.text.filler import visible_text
from . import kinds


class CustomerSheetQuestion(models.Model):
    """What a question is to somebody outside.

    An answer from outside is a *plain value*: a text, a number, a date as ``2027-03-31``, the code
    of a list value or several of them.  Forms, API, cards, pasted text and proposals all speak of
    answers that way, by the code of the question.
    """

    _inherit = "customer.sheet.question"

    # -- which field -------------------------------------------------------------

    @api.model
    @tools.ormcache()
    def _plain_fields(self):
        """Return ``{code: {host: field}}``: where the plain answer to each question is kept.

        Archived questions are among them: a form that was published keeps asking them.
        """
        questions = self.sudo().search([("active", "in", (True, False))])
        return {
            question.code: {
                host: found[0]
                for host, held in (
                    ("crm.lead", question.lead_field_ids),
                    ("res.partner", question.partner_field_ids),
                )
                if (found := self._plain_of_host(host, held.mapped("name")))
            }
            for question in questions
        }

    @api.model
    def _plain_of_host(self, host, names):
        names = {name for name in names if name in self.env[host]._fields} - kinds.EXPECTED
        return sorted((n for n in names if self._plain_kind_of(host, n)), key=kinds.rank)

    @api.model
    def _plain_kind_of(self, host, name):
        return kinds.kind_of(self.env[host]._fields[name], self._plain_roles(host).get(name, ""))

    @api.model
    def _plain_roles(self, host):
        return {name: role for role, name in self.env[host]._sheet_quality_sources().items()}

    def _plain_field(self, host=None):
        """Return ``(host, field)`` of the answer, of the lead rather than of the contact.

        Both are empty for a question that cannot be asked outside.
        """
        held = self._plain_fields().get(self.code, {})
        for each in (host,) if host else ("crm.lead", "res.partner"):
            if each in held:
                return each, self.env[each]._fields[held[each]]
        return "", None

    # -- what it expects -----------------------------------------------------------

    def _plain_shape(self, host=None):
        """Return what the question expects from outside, in the language of ``env``.

        :param host: ``crm.lead`` or ``res.partner``; by default the lead if it holds the answer
        :return: ``{"code", "kind", "label", "wording", "why", "help", "example", "autocomplete",
            "options": [{"value", "label"}], "max_length", "unit", "field"}``; ``None`` if it
            cannot be asked outside
        """
        self.ensure_one()
        host, field = self._plain_field(host)
        if not field:
            return None
        kind = self._plain_kind_of(host, field.name)
        return {
            "code": self.code,
            "kind": kind,
            "label": self.name,
            "wording": self.wording or "",
            "why": self.why or "",
            "help": self.hint or "",
            "example": self.example or "",
            "autocomplete": kinds.AUTOCOMPLETE.get(field.name, ""),
            "options": [
                {"value": value, "label": label} for value, label in self._plain_options(field)
            ],
            "max_length": kinds.longest(kind, field.name),
            "unit": self.env.company.currency_id.name if field.type == "monetary" else "",
            "field": field.name,
        }

    @api.model
    def _plain_options(self, field):
        """Return ``[(value, label)]`` of a list, nothing for what is none."""
        if field.type == "selection":
            return field._description_selection(self.env)
        if field.type not in ("many2one", "many2many"):
            return []
        return [(self._plain_code(each), each.display_name) for each in self._plain_offered(field)]

    @api.model
    def _plain_offered(self, field):
        """Return the records of a list that may be chosen: products have to be meant for it."""
        records = self.env[field.comodel_name].sudo()
        if field.comodel_name == kinds.OPTION:
            return records.browse(records._ids_by_code(field.sheet_kind).values())
        return records.search(self._plain_offered_domain(field))

    @api.model
    def _plain_offered_domain(self, field):
        if field.comodel_name != kinds.PRODUCT:
            return Domain.TRUE
        companies = [False, self.env.company.id]
        return Domain("sheet_on_forms", "=", True) & Domain("company_id", "in", companies)

    @api.model
    def _plain_coded(self, field, codes):
        """Return the records of a list with these codes, archived ones and all others too."""
        records = self.env[field.comodel_name].sudo().with_context(active_test=False)
        if field.comodel_name == kinds.PRODUCT:
            return records.browse(map(int, filter(str.isdecimal, codes))).exists()
        if field.comodel_name != kinds.OPTION:
            return records.search([("code", "in", codes)])
        known = records._ids_by_code(field.sheet_kind)
        if known.keys() >= set(codes):
            return records.browse(known[code] for code in codes)
        return records.search([("kind", "=", field.sheet_kind), ("code", "in", codes)])

    @api.model
    def _plain_code(self, record):
        """Return how a record of a list is called outside."""
        return str(record.id) if record._name == kinds.PRODUCT else record.code

    # -- writing and showing -------------------------------------------------------------

    @api.model
    def _plain_write(self, values, host):
        """Return ``{field: value}`` with which a record of ``host`` says these plain values.

        What it has no field for, or a value that has left its list since, is left out.
        """
        held = self._plain_fields()
        written = {}
        for code, value in values.items():
            if name := held.get(code, {}).get(host):
                field = self.env[host]._fields[name]
                if found := self._plain_to_field(field, value):
                    written[name] = found
        return written

    @api.model
    def _plain_to_field(self, field, value):
        if field.type == "html":
            return plaintext2html(value)
        if field.type == "selection":
            return value if value in field.get_values(self.env) else None
        if field.type not in ("many2one", "many2many"):
            return value
        codes = value if isinstance(value, list) else [value]
        ids = self._plain_coded(field, codes).ids
        if field.type == "many2many":
            return [Command.set(ids)] if ids else False
        return ids[:1] and ids[0]

    def _plain_value(self, record):
        """Return the plain value that stands on a contact or lead; ``None`` where there is none."""
        self.ensure_one()
        _host, field = self._plain_field(record._name)
        value = record[field.name] if field else None
        if not value:
            return None
        if field.type == "many2many":
            return [self._plain_code(each) for each in value]
        if field.type == "many2one":
            return self._plain_code(value)
        if field.type == "html":
            return clean_lines(visible_text(value)) or None
        return value.isoformat() if field.type == "date" else value

    def _plain_text(self, value):
        """Return a plain value as people read it, in the language of ``env``."""
        self.ensure_one()
        host, field = self._plain_field()
        if value is None or not field:
            return "" if value is None else str(value)
        if field.type == "date":
            return format_date(self.env, value)
        if field.type == "monetary":
            return format_amount(self.env, value, self.env.company.currency_id)
        if self._plain_kind_of(host, field.name) not in ("choice", "choices"):
            return str(value)
        codes = value if isinstance(value, list) else [value]
        if field.type == "selection":
            labels = dict(field._description_selection(self.env))
        else:
            records = self._plain_coded(field, codes)
            labels = {self._plain_code(record): record.display_name for record in records}
        return ", ".join(labels.get(code, code) for code in codes)
