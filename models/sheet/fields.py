"""How the fields of a sheet are declared."""

from odoo import fields
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import SQL

SHEET_USER = "crm_customer_sheet.group_sheet_user"
STEWARD = "crm_customer_sheet.group_sheet_steward"

#: Attributes of every field of a sheet: seen by sheet users only, and loaded apart
#: from the stock row so that stock reads stay as fast as before.
SHEET_FIELD = {"groups": SHEET_USER, "prefetch": "sheet"}

#: Attributes of a tracked one: Odoo reads it before each write, so that it comes with that row.
TRACKED_FIELD = {"groups": SHEET_USER, "tracking": True}

CURRENCY = "sheet_currency_id"

#: Context key under which a form is its page of the sheet alone ("page"), or the form with the page
#: in its place ("whole"), for those who do not open tabs. The web client loads views with its
#: language and keys of this ending only.
PAGE_KEY = "sheet_page_view_ref"

#: The models whose records may carry a sheet.
HOSTS = ("res.partner", "crm.lead")


def check_sheet_user(env):
    """Refuse whoever has nothing to do with customer sheets; code that runs as superuser may.

    :raise AccessError: for users outside the group of sheets
    """
    if not env.su and not env.user.has_group(SHEET_USER):
        raise AccessError(env._("Customer sheets are for sales people and data stewards."))


def flag_domain(yes, values):
    """Return the domain of a computed yes/no field: which of both answers ``values`` holds.

    :param yes: the domain of the records whose answer is yes
    """
    return (yes if True in values else Domain.FALSE) | (~yes if False in values else Domain.FALSE)


class NullableInteger(fields.Integer):
    """An integer that tells "no value" (``False``, NULL) from zero.

    A stock ``Integer`` shows NULL as 0; a contact that carries no sheet must not
    look like one that is 0 % complete.
    """

    falsy_value = None

    def convert_to_column(self, value, record, values=None, validate=True):
        return None if value is None or value is False else int(value)

    def convert_to_cache(self, value, record, validate=True):
        return self.convert_to_column(value, record)

    def convert_to_record(self, value, record):
        return False if value is None else value


class LineField(fields.Char):
    """A line of text that is never "": lists and filters would show two kinds of nothing."""

    def convert_to_column(self, value, record, values=None, validate=True):
        return super().convert_to_column(value or None, record, values, validate)

    def convert_to_cache(self, value, record, validate=True):
        return super().convert_to_cache(value or None, record, validate)


class BandField(fields.Selection):
    """The band of a completeness score, not stored but grouped by in SQL."""

    def to_sql(self, model, alias):
        score = model._fields["sheet_completeness"].to_sql(model, alias)
        return SQL("(%s / 25 * 25)::text", score)


class HostMany2many(fields.Many2many):
    """A many2many of an abstract model that gets a table of its own on every host.

    Stock names the table after the two models only, so that two such fields of one host
    would share it.
    """

    def setup_nonrelated(self, model):
        if not self.relation:
            # an abstract model has a name but no table: only PostgreSQL's limit matters there
            self.relation = f"{model._table}_{self.name}_rel"[-63:]
        return super().setup_nonrelated(model)


def char(string, **attributes):
    """Return a line of text."""
    return LineField(string, **_attributes(attributes))


def text(string, **attributes):
    """Return a paragraph of text."""
    return fields.Text(string, **_attributes(attributes))


def amount(string, **attributes):
    """Return an amount in the currency of the sheet's company."""
    return fields.Monetary(string, currency_field=CURRENCY, **_attributes(attributes))


def choice(string, values, **attributes):
    """Return a selection that code relies on; other lists are options."""
    return fields.Selection(values, string, **_attributes(attributes))


def option(string, kind, **attributes):
    """Return one value of the controlled list ``kind``."""
    return fields.Many2one(
        "customer.sheet.option", string, ondelete="restrict", **_of_kind(kind, attributes)
    )


def options(string, kind, **attributes):
    """Return any number of values of the controlled list ``kind``."""
    return HostMany2many("customer.sheet.option", string=string, **_of_kind(kind, attributes))


def _attributes(attributes):
    return {**(TRACKED_FIELD if attributes.get("tracking") else SHEET_FIELD), **attributes}


def _of_kind(kind, attributes):
    return {
        **_attributes(attributes),
        "domain": [("kind", "=", kind)],
        "context": {"sheet_option_kind": kind, "default_kind": kind},
        "sheet_kind": kind,
    }
