"""The rows of a person as they are handed over: what is in them, by category."""

import base64
import math
import re
from datetime import date, datetime
from decimal import Decimal

from odoo.tools import SQL, split_every

from ..map.recognisers import TEXTUAL
from .person import PEOPLE

#: Kinds of fields that tell something without words.
FACTS = frozenset({"date", "datetime", "selection", "float", "monetary", "many2one", "boolean"})
#: Fields that say how the application works, and nothing of a person.
_NOISE = re.compile(
    r"(^|_)(active|sequence|priority|color|lang_count|bounce|signup\w*|write_date|is_internal|share"
    r"|to_delete|auto_delete|image_variant\w*|sheet_changes|add_signature|force_send)(_|$)"
)
#: Fields that open something: whoever reads the file must not get them.
SECRET = re.compile(r"(^|_)(password|passwd|token|secret|apikey|api_key|totp\w*|signup_\w+)(_|$)")
#: Fields by which programs find and show things, whatever they are about.
_TECHNICAL = re.compile(
    r"^(model|res_model|message_id|reply_to|references|email_layout_xmlid|uuid)$"
)
#: The text of a file that is handed over itself.
IN_FILES = ("ir.attachment", "index_content")
#: Small copies of a picture that is given in its size.
_SMALL = re.compile(r"^(image|avatar)_(128|256|512|1024)$")


class Reader:
    """Reads rows, and says of each value what kind of data it is.

    :ivar categories: ``{(model, field): category}`` of the data map
    """

    def __init__(self, env, own):
        self.env = env(su=True)
        self.env.flush_all()
        self.own = own
        places = self.env["customer.sheet.place"].search_fetch(
            [("model", "in", list(own))], ["model", "field", "category"]
        )
        self.categories = {(place.model, place.field): place.category for place in places}
        self.names, self.choices = {}, {}

    def rows(self, name, ids, found=()):
        """Return the rows of a model, each ``{"table", "label", "number", "created_on",
        "values"}``.

        :param found: ``(number, column)`` in which the scan has found the person: those are told
            though the map says that the column holds nothing
        """
        model = self.env[name].with_context(active_test=False)
        fields = [each for each in model._fields.values() if self._is_told(each)]
        fields = [each for each in fields if (name, each.name) != IN_FILES]
        label = self.env["ir.model"]._get(name).name
        kinds = self._kinds(name, fields)
        rows = []
        for row in self._select(model, fields, sorted(ids)):
            number, created = row["id"], row.get("create_date")
            is_written = row.get("author_id") in self.own.get("res.partner", ())
            if name == "mail.message" and not is_written and (number, "email_from") not in found:
                row["email_from"] = None  # a colleague
            values = [
                self._value(model, field, row[field.name], kinds[field.name])
                for field in fields
                if field.name != "create_date"
                and self._says(field, row[field.name])
                and (kinds[field.name] != "none" or (number, field.name) in found)
            ]
            if values := [each for each in values if each["value"] not in (None, "", [], {})]:
                rows.append(
                    {
                        "table": name,
                        "label": label,
                        "number": number,
                        "created_on": _plain(created),
                        "values": values,
                    }
                )
        return rows

    def _select(self, model, fields, ids):
        columns = {"id", "create_date"} & {*model._fields} | {field.name for field in fields}
        names = sorted(columns)
        for chunk in split_every(1000, ids, list):
            yield from self.env.execute_query_dict(
                SQL(
                    "SELECT %s FROM %s WHERE id = ANY(%s) ORDER BY id",
                    SQL(", ").join(map(SQL.identifier, names)),
                    SQL.identifier(model._table),
                    chunk,
                )
            )

    @staticmethod
    def _is_told(field):
        return (
            field.store
            and field.column_type
            and (field.type in TEXTUAL or (field.type in FACTS and not field.company_dependent))
            and not SECRET.search(field.name)
            and field.name not in ("create_uid", "write_uid")
            and not (field.type in FACTS and _NOISE.search(field.name))
        )

    def _kinds(self, name, fields):
        """Return ``{field: category}``; what the map does not know is other data."""
        kinds = {
            field.name: self._kind(name, field.name) for field in fields if field.type in TEXTUAL
        }
        told = [kind for kind in kinds.values() if kind != "none"]
        usual = max(told, key=told.count) if told and name not in PEOPLE else "other"
        return {field.name: kinds.get(field.name, usual) for field in fields}

    def _kind(self, name, field):
        return "none" if _TECHNICAL.match(field) else self.categories.get((name, field)) or "other"

    def _says(self, field, value):
        if value is None or value is False or value == "":
            return False
        if field.type in ("float", "monetary"):
            return bool(value)
        if field.type == "many2one":
            return field.comodel_name not in PEOPLE or value in self.own.get(field.comodel_name, ())
        return True

    def _value(self, model, field, value, kind):
        text = {}
        if field.type == "many2one":
            value = self._name_of(field.comodel_name, value)
        elif field.type == "selection":
            text = {"text": self._choice(model, field, value)}
        elif field.type == "binary":
            value = base64.b64encode(bytes(value)).decode()
        return {
            "field": field.name,
            "category": kind if kind != "none" else "other",
            "label": field._description_string(self.env),
            "value": _plain(value),
            **text,
        }

    def _choice(self, model, field, value):
        """Return what a choice is called."""
        key = model._name, field.name
        if key not in self.choices:
            self.choices[key] = dict(field._description_selection(self.env))
        return self.choices[key].get(value) or str(value)

    def _name_of(self, comodel, number):
        key = comodel, number
        if key not in self.names:
            record = self.env[comodel].browse(number).exists()
            self.names[key] = record.display_name or "" if record else ""
        return self.names[key]

    def files(self, ids):
        """Yield ``(row of the attachment, bytes)`` of what is handed over as a file."""
        attachments = self.env["ir.attachment"].with_context(active_test=False).browse(sorted(ids))
        for attachment in attachments.exists():
            field = attachment.res_field or ""
            if attachment.type == "binary" and not _SMALL.match(field):
                if data := attachment.raw:
                    yield attachment, data


def _plain(value):
    """Return a value as JSON holds it.

    >>> _plain(datetime(2026, 3, 2, 10, 0, 1)), _plain(date(2026, 3, 2)), _plain(Decimal("1.50"))
    ('2026-03-02T10:00:01Z', '2026-03-02', 1.5)
    >>> _plain(Decimal("NaN")), _plain(float("-inf"))
    ('NaN', '-inf')
    """
    if isinstance(value, datetime):
        return f"{value.isoformat(timespec='seconds')}Z"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal | float):
        return float(value) if math.isfinite(value) else str(value)
    return value
