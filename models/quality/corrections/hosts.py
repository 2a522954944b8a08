import json
from collections import defaultdict

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ...sheet import takes
from ...sheet.called import called
from ...sheet.fields import SHEET_FIELD, SHEET_USER, choice
from ...sheet.toast import RELOAD, toast

VERIFIED = ("sheet_verified_on", "sheet_verified_by_id", "sheet_verified_how")

HOW = [("phone", "By phone"), ("meeting", "In person"), ("document", "On a document")]


class CustomerSheetMixin(models.AbstractModel):
    """Corrections that the checks propose (C4): a person accepts or refuses each.

    What was typed stays in the chatter, and a refused correction is not proposed again.
    """

    _inherit = "customer.sheet.mixin"

    # -- what happened to a value: verified by whom, typed when ----------------
    #
    # A change of a verified value takes the verification back.
    sheet_verified_on = fields.Datetime("Verified on", copy=False, readonly=True, **SHEET_FIELD)
    sheet_verified_by_id = fields.Many2one(
        "res.users", "Verified by", copy=False, readonly=True, ondelete="set null", **SHEET_FIELD
    )
    sheet_verified_how = choice(
        "Verified how",
        HOW,
        copy=False,
        readonly=True,
    )
    sheet_answer_dates = fields.Json(
        "Answered on",
        copy=False,
        readonly=True,
        help="Date of the last change, by question.",
        **SHEET_FIELD,
    )

    # -- called by the web client ------------------------------------------

    @called(code=takes.text)
    def sheet_apply_proposals(self, code=False):
        """Write the proposed values and log the former ones.

        :param code: one proposal only; all of them if there is none
        :return: ``{id: {field: former value}}``, what :meth:`sheet_undo_proposals` takes
        """
        former = {}
        for sheet in self:
            sheet._sheet_check_access("write")
            values = sheet._sheet_proposed(code)
            if values:
                former[sheet.id] = sheet._sheet_replace(values)
        return former

    @called(one=True, former=takes.values)
    def sheet_undo_proposals(self, former):
        """Write the former values of one sheet back and do not propose the same again."""
        self._sheet_check_access("write")
        if not set(former) <= self._sheet_proposable_fields():
            raise UserError(self.env._("Only corrections can be undone here."))
        self._sheet_replace(former)
        self.sheet_keep()

    @called(one=True, code=takes.text)
    def sheet_keep(self, code=False):
        """Keep what was typed: the open proposals (or that one) are not made again."""
        self._sheet_check_access("write")
        sheet = self.sudo()
        refused = {
            each["code"]: each["values"]
            for each in sheet.sheet_proposals or ()
            if code in (False, each["code"])
        }
        sheet._sheet_stamp({"sheet_kept": {**(sheet.sheet_kept or {}), **refused}})

    @called()
    def action_sheet_apply_proposals(self):
        """Accept every proposal on a selection of the list."""
        count = len(self.sheet_apply_proposals())
        message = self.env._(
            "Sheets corrected: %(count)s. Former values are in the chatter.", count=count
        )
        if not count:
            return toast(self.env._("Nothing to correct."), RELOAD, "info")
        return toast(message, RELOAD)

    # -- writing -------------------------------------------------------------

    def _sheet_proposed(self, code):
        """Return ``{field: value}`` of the open proposals; later ones add to earlier ones."""
        values = {}
        for each in self.sudo().sheet_proposals or ():
            if code in (False, each["code"]):
                values.update(each["values"])
        return values

    def _sheet_replace(self, values, title=None):
        """Write values, log the former ones, return them.

        :param title: what the note in the chatter says above them
        """
        former = {name: self._fields[name].convert_to_write(self[name], self) for name in values}
        before = {name: self._sheet_field_text(self._fields[name]) for name in values}
        self.write(values)
        self._message_log(body=self._sheet_replaced_html(title or self.env._("Corrected:"), before))
        return former

    def _sheet_replaced_html(self, title, before):
        rows = Markup().join(
            Markup("<li>%s: %s → %s</li>")
            % (
                self._fields[name]._description_string(self.env),
                text or self.env._("empty"),
                self._sheet_field_text(self._fields[name]) or self.env._("empty"),
            )
            for name, text in before.items()
        )
        return Markup("%s<ul>%s</ul>") % (title, rows)

    @api.model
    def _sheet_proposable_fields(self):
        return set(self._sheet_quality_sources().values()) | {"sheet_legal_form_id"}

    # -- words ---------------------------------------------------------------

    def _sheet_proposal_words(self):
        """Return the open proposals as the form shows them."""
        return [
            {
                "code": each["code"],
                "changes": [
                    self._sheet_change_words(name, value) for name, value in each["values"].items()
                ],
            }
            for each in self.sudo().sheet_proposals or ()
        ]

    def _sheet_proposal_rows(self):
        """Show the corrections that no note beside a field says already."""
        proposals = self._sheet_proposal_words()
        words = self.sudo()._sheet_fields_words() if proposals else {}
        rows = [self._sheet_correction_row(each, words) for each in proposals]
        return [*super()._sheet_proposal_rows(), *filter(None, rows)]

    def _sheet_correction_row(self, proposal, words):
        said = [words.get(change["field"], {}) for change in proposal["changes"]]
        if all(each.get("suggestion") for each in said):
            return None
        names = [change["field"] for change in proposal["changes"]]
        return {
            "key": f"correction-{proposal['code']}",
            "kind": "correction",
            "about": proposal["code"],
            "changes": proposal["changes"],
            "said": [],
            "why": next((each["reason"] for each in said if each.get("reason")), ""),
            "warnings": [*filter(None, [self._sheet_verified_warning(names)])],
            "is_empty": not any(change["before"] for change in proposal["changes"]),
        }

    def _sheet_verified_warning(self, names):
        """Return what a change of these fields would take back, in words, or ``""``."""
        sheet = self.sudo()
        if not (sheet.sheet_verified_on and self._sheet_verified_fields().intersection(names)):
            return ""
        return self.env._(
            "Verified on %(day)s: with another value it no longer is.",
            day=format_date(self.env, sheet.sheet_verified_on),
        )

    def _sheet_change_words(self, name, value):
        field = self._fields[name]
        after = (
            self.env[field.comodel_name].browse(value).display_name if field.relational else value
        )
        before = self._sheet_field_text(field) if field.relational else self[name] or ""
        return {
            "field": name,
            "label": field._description_string(self.env),
            "before": before,
            "after": after,
            "id": value if field.relational else False,
        }

    # -- verifying ---------------------------------------------------------

    @called(context={"sheet_verified_how": takes.one_of(*dict(HOW))})
    def action_sheet_verify(self):
        """Note that the user has verified these sheets with the customer.

        How is the value of the context key ``sheet_verified_how`` (by phone if there is none).

        :raise UserError: a value cannot work as it is; it must be corrected first
        """
        for sheet in self:
            sheet._sheet_check_access("write")
            sheet._sheet_check_verifiable()
        how = self.env.context.get("sheet_verified_how") or "phone"
        self._sheet_stamp(
            {
                "sheet_verified_on": fields.Datetime.now(),
                "sheet_verified_by_id": self.env.uid,
                "sheet_verified_how": how,
            }
        )
        said = dict(self._fields["sheet_verified_how"]._description_selection(self.env))[how]
        body = self.env._("Sheet verified: %(how)s", how=said)
        self._message_log_batch({sheet.id: body for sheet in self})

    @called()
    def action_sheet_unverify(self):
        """Take the verification back."""
        for sheet in self:
            sheet._sheet_check_access("write")
        self._sheet_stamp(dict.fromkeys(VERIFIED, False))
        body = self.env._("Sheet no longer verified")
        self._message_log_batch({sheet.id: body for sheet in self})

    def _sheet_check_verifiable(self):
        for kind, name in self._sheet_checked_fields().items():
            if self[f"sheet_{kind}_status"] == "invalid":
                raise UserError(
                    self.env._(
                        "“%(field)s” of %(sheet)s cannot work: %(reason)s. Correct it, then verify"
                        " the sheet.",
                        field=self._fields[name]._description_string(self.env),
                        sheet=self.display_name,
                        reason=self._sheet_reason_text(self[f"sheet_{kind}_reason"]),
                    )
                )

    # -- what a change means -----------------------------------------------

    @api.model
    def _sheet_watches(self):
        return {**super()._sheet_watches(), "memory": self._sheet_remembered_fields()}

    def _sheet_prepare_memory(self, change):
        """Have what the change means written with it, where it means the same for every record.

        Whoever is no sheet user may not write it: it follows as superuser.
        """
        change.keep(self._sheet_remembered_fields() & change.names)
        memories = self._sheet_memories(change)
        is_same = len(memories) == 1 and len(memories[0][1]) == len(self)
        if is_same and (self.env.su or self.env.user.has_group(SHEET_USER)):
            change.vals_list[0].update(memories[0][0])
        else:
            change.notes["memory"] = memories

    def _sheet_saved_memory(self, change):
        for memory, ids in change.notes.get("memory", ()):
            self.browse(ids)._sheet_stamp(memory)

    @api.model
    def _sheet_memories(self, change):
        """Return ``[(values to write, ids)]``, what the change means, by meaning."""
        groups = {}
        for sheet, names in self._sheet_changes(change).items():
            if memory := sheet.sudo()._sheet_memory_after(names):
                _memory, ids = groups.setdefault(json.dumps(memory), (memory, []))
                ids.append(sheet.id)
        return list(groups.values())

    @api.model
    def _sheet_changes(self, change):
        """Return ``{record: changed names}`` of what is remembered."""
        changes = defaultdict(set)
        for name in self._sheet_remembered_fields() & change.names:
            for sheet in change.differs(name):
                changes[sheet].add(name)
        return changes

    @api.model
    def _sheet_remembered_fields(self):
        aging = {holder.name for question in self._sheet_aging() for holder in question.own_holders}
        return aging | self._sheet_verified_fields()

    @api.model
    def _sheet_verified_fields(self):
        """Return the fields whose value a verification is about."""
        return set(self._sheet_quality_sources().values()) | {"country_id", "street"}

    @api.model
    def _sheet_aging(self):
        """Return the questions whose answers grow old."""
        return [question for question in self._sheet_plan().questions if question.half_life]

    @api.model
    def _sheet_read_fields(self, answers):
        """Load what the checks and the memory read with the answers: one query for all."""
        memory = {"sheet_answer_dates", "sheet_stale", *self._sheet_quality_depends()}
        return super()._sheet_read_fields(answers | memory)

    def _sheet_memory_after(self, names):
        """Return the values to write once the fields ``names`` have changed."""
        memory = {}
        if self.sheet_verified_on and names & self._sheet_verified_fields():
            memory.update(dict.fromkeys(VERIFIED, False))
        if self.message_bounce and self._sheet_quality_sources().get("email") in names:
            memory["message_bounce"] = 0
        codes = [q.code for q in self._sheet_aging() if names & {h.name for h in q.own_holders}]
        if codes:
            today = fields.Date.context_today(self).isoformat()
            memory["sheet_answer_dates"] = {
                **(self.sheet_answer_dates or {}),
                **dict.fromkeys(codes, today),
            }
            memory["sheet_stale"] = [c for c in self.sheet_stale or () if c not in codes] or False
        return memory
