"""What happened to the data of a person, in words."""

from odoo.tools import format_datetime

#: What Odoo notes of an address, whose fields it does not follow.
ADDRESS = "contact_address_inline"


def kind_words(env):
    """Return what can have happened, by code."""
    return {
        "changed": env._("A field was changed"),
        "created": env._("The record was made"),
        "taken": env._("Data left the application"),
        "searched": env._("Somebody looked for them everywhere"),
        "decided": env._("They decided about being contacted"),
        "merged": env._("Records were merged"),
        "asked": env._("A step of their request"),
    }


def told(env, rows):
    """Return the rows of the statement as lines that people read."""
    labels, names, words = kind_words(env), _names(env, rows), _Words(env)
    return [
        {
            "kind": row["kind"],
            "label": labels[row["kind"]],
            "at": format_datetime(env, row["at"]) if row["at"] else "",
            "by": row["by"] or "",
            "about": names.get((row["host"], row["res_id"]), ""),
            **dict(zip(("what", "was", "became"), words.of(row), strict=True)),
        }
        for row in rows
    ]


def _names(env, rows):
    """Return ``{(host, id): name}`` of the records of the person."""
    found = {}
    for host in {row["host"] for row in rows if row["host"]}:
        ids = {row["res_id"] for row in rows if row["host"] == host}
        records = env[host].sudo().with_context(active_test=False).browse(sorted(ids)).exists()
        found |= {(host, record.id): record.display_name for record in records}
    return found


class _Words:
    """Says what a row tells: what, what was before, what is after."""

    def __init__(self, env):
        self.env = env
        self.log = self._choices("customer.sheet.export.log", "kind")
        self.code = self._choices("customer.sheet.request.clock", "code")
        self.state = self._choices("customer.sheet.consent.event", "state")
        self.channel = self._choices("customer.sheet.consent.event", "channel")
        self.right = dict(env["customer.sheet.request"]._fields["kind"]._description_selection(env))
        purposes = env["customer.sheet.consent.purpose"].sudo().with_context(active_test=False)
        self.purpose = {each.code: each.name for each in purposes.search([("code", "!=", False)])}
        self.fields = {}

    def _choices(self, model, name):
        return dict(self.env[model]._fields[name]._description_selection(self.env))

    def of(self, row):
        """Return the three texts of a row."""
        what, was, became = row["what"] or "", row["was"] or "", row["became"] or ""
        match row["kind"]:
            case "changed":
                return self._field(row) or what, was, became
            case "taken":
                return self.log.get(what, what), "", row["words"] or ""
            case "decided":
                purpose = ", ".join(
                    filter(None, (self.purpose.get(became, became), self.channel.get(was, was)))
                )
                return self.state.get(what, what), "", purpose
            case "merged":
                undone = self.env._("Undone") if what == "undone" else self.env._("Merged")
                return undone, was, became
            case "asked":
                return f"{was} · {self.right.get(became, became)}", "", self.code.get(what, what)
        return what, was, became

    def _field(self, row):
        """Return what a field is called."""
        number = row["field_id"]
        if number and number not in self.fields:
            field = self.env["ir.model.fields"].sudo().browse(number).exists()
            is_address = field.name == ADDRESS
            self.fields[number] = (
                self.env._("Address") if is_address else field.field_description or ""
            )
        return self.fields.get(number, "")
