import json

from odoo.fields import Command
from odoo.tools import plaintext2html

from ..proposals.meaning import means
from .policy import policy_of

#: What a file says of how a sheet is kept, not of the customer: never of one who is known.
KEPT = frozenset(
    ("user_id", "team_id", "stage_id", "tag_ids", "company_id", "type", "sheet_reference")
)

#: Where a sheet has its note.
NOTES = {"crm.lead": "description", "res.partner": "comment"}


class Writing:
    """What the plain values of a row are in fields: of a new record, or of one that is known.

    For one person and one policy.  List values are looked up once for all rows.
    """

    def __init__(self, desk):
        self.env, self.desk = desk.env, desk
        self.host = desk.env[desk.host]
        self.policy = policy_of(desk)
        self.questions = desk.env["customer.sheet.question"]
        self._looked_up = {}

    def said(self, values, model):
        """Return ``{field: value}`` of what a row says of the customer."""
        vals = {}
        for target, value in values.items():
            kind, _colon, name = target.partition(":")
            if kind == "field" and name not in KEPT:
                vals |= self._field(model, name, value)
            elif kind == "question":
                vals |= self._answer(model, name, value)
        if model == "crm.lead":
            vals.pop("name", None)  # what the request is called, no answer
        return vals

    def stays(self, values, sheet):
        """Return the names of fields of a known sheet that a row says otherwise, and that stay."""
        said = self.said(values, sheet._name)
        for target, value in values.items():
            kind, _colon, name = target.partition(":")
            if kind == "field":
                said |= self._field(sheet._name, name, value)
        return [
            name
            for name in sorted(KEPT.intersection(said) - {"sheet_reference"})
            if not means(sheet, {name: sheet[name]}, {name: said[name]})
        ]

    def unplaced(self, values, model):
        """Return a line of each answer that a new record would hold, and this model cannot."""
        lost, host = {}, self.host._name
        for target, value in values.items() if model != host else ():
            kind, _colon, code = target.partition(":")
            if kind == "question" and self._answer(host, code, value):
                if not self._answer(model, code, value):
                    lost[code] = value
        questions = self.questions.sudo().with_context(active_test=False)
        found = questions.search([("code", "in", list(lost))]) if lost else ()
        return [f"{each.name}: {each._plain_text(lost[each.code])}" for each in found]

    def _field(self, model, name, value):
        field = self.env[model]._fields.get(name)
        if not field:
            return {}
        return {name: [Command.set(value)] if field.type == "many2many" else value}

    def _answer(self, model, code, value):
        held = self.questions._plain_fields().get(code, {}).get(model)
        if held and self.env[model]._fields[held].type not in ("many2one", "many2many"):
            return self.questions._plain_write({code: value}, model)
        key = (model, code, json.dumps(value))
        if key not in self._looked_up:
            self._looked_up[key] = self.questions._plain_write({code: value}, model)
        return self._looked_up[key]

    def new(self, values):
        """Return the values with which a row becomes a new record."""
        kept = {}
        for target, value in values.items():
            kind, _colon, name = target.partition(":")
            if kind == "field" and name in KEPT:
                kept |= self._field(self.host._name, name, value)
        vals = {**self.said(values, self.host._name), **kept}
        vals |= self._owner(vals)
        vals.pop("sheet_reference", None)  # of the sheet that it came from
        fill = self._lead if self.host._name == "crm.lead" else self._contact
        return fill(values, vals)

    def _owner(self, vals):
        owner = self.policy["owner"]
        if owner == "file":
            return {"user_id": vals.get("user_id") or self.env.uid}
        if owner == "routing":
            return {"user_id": False}
        return {"user_id": self.env.uid if owner == "me" else int(owner)}

    def _lead(self, values, vals):
        who = (vals.get(name) for name in ("partner_name", "contact_name", "email_from", "phone"))
        who = next(filter(None, who), "")
        need = values.get("question:need")
        called = values.get("field:name") or (f"{need[:120]}: {who}" if need and who else need)
        vals["name"] = called or who or self.desk.name
        vals["company_id"] = self.desk.company_id.id
        if self.policy["team"]:
            vals["team_id"] = int(self.policy["team"])
        usual = self._usual(vals["user_id"], vals.get("team_id"))
        return self._noted(values, {**vals, **usual, **_given(vals, "stage_id")})

    def _usual(self, user_id, team_id):
        """Return team, type and stage of a new lead, as Odoo chooses them: once for all rows."""
        key = ("team", user_id, team_id)
        if key not in self._looked_up:
            teams = self.env["crm.team"]
            team = teams.browse(team_id or ())
            kind = self.env["customer.sheet.submission"]._lead_type(team)
            if not team and user_id:
                used = [("use_leads" if kind == "lead" else "use_opportunities", "=", True)]
                team = teams._get_default_team_id(user_id=user_id, domain=used)
            stage = self.host._stage_find(team_id=team.id, domain=[("fold", "=", False)])
            self._looked_up[key] = {
                "team_id": team.id,
                "type": kind,
                "stage_id": stage.id,
            }
        return self._looked_up[key]

    def _contact(self, values, vals):
        if not vals.get("name"):
            vals["is_company"] = bool(vals.get("company_name"))
            named = vals.pop("company_name", None), vals.get("email"), vals.get("phone")
            vals["name"] = next(filter(None, named), False)
        return self._noted(values, vals)

    def _noted(self, values, vals):
        name = NOTES[self.host._name]
        if note := values.get("note"):
            vals[name] = "".join(filter(None, (vals.get(name), plaintext2html(note))))
        return vals


def _given(vals, name):
    return {name: vals[name]} if vals.get(name) else {}
