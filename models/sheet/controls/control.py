"""Controls: everything that is right or wrong, looked at and never ticked."""

import logging
from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import SQL, format_date

from ..called import called
from ..fields import flag_domain

_logger = logging.getLogger(__name__)

#: What a control is about, in the order of the set-up page.
KINDS = [
    ("setup", "Set-up"),
    ("data", "Data"),
    ("privacy", "Privacy"),
    ("security", "Security"),
    ("governance", "Governance"),
]
STATES = [("wrong", "To do"), ("unknown", "Unknown"), ("right", "Right")]
#: Beyond it "more than" is said, not how many: to count millions takes time.
MOST_COUNTED = 1000
#: By state, whether all is well.
OK_OF = {"wrong": False, "unknown": None, "right": True}


class Control(NamedTuple):
    """One control of a room: what is to be so, and why.

    ``_check_<code>`` of ``customer.sheet.control`` returns its :class:`Finding`; what *Go and fix
    it* opens is ``fix``, or what ``_fix_<code>`` returns.
    """

    code: str
    kind: str
    #: A whole sentence that is true where the control is right.
    title: str
    why: str
    #: Name of an action of the module.
    fix: str = ""
    #: Names of the groups whose people can mend it, separated by commas.
    who: str = "crm_customer_sheet.group_sheet_manager"
    #: Where Odoo cannot look: somebody attests it for so many months at most.
    months: int = 0
    #: Looked at every night only, since it takes time.
    nightly: bool = False
    #: Code of the room without which it is not looked at.
    room: str = ""


class Finding(NamedTuple):
    """What a check has found: whether all is well (``None``: cannot be known), and the evidence."""

    ok: bool | None
    evidence: str = ""

    @property
    def state(self):
        return "unknown" if self.ok is None else "right" if self.ok else "wrong"


class CustomerSheetControl(models.Model):
    """Something that is right or wrong: a step of the set-up, a security check, a point of audit.

    **How to use.**  A room adds its controls to :meth:`_controls` in its ``controls.py``, with a
    ``_check_<code>()`` that returns a :class:`Finding` beside it.  Whoever needs all of them as
    they are now (a review, an audit) calls :meth:`_judged`.

    **How it works.**  ``state`` and ``evidence`` are looked at when they are read, as superuser:
    there is nothing that one could tick.  Every night :meth:`_cron_note` adds a result where an
    answer has changed, and so there is a history.  What Odoo cannot see is attested by a named
    person for a time, see ``customer.sheet.control.attest``.
    """

    _name = "customer.sheet.control"
    _inherit = ["customer.sheet.titled.mixin"]
    _description = "Control"
    _order = "kind_sequence, sequence, id"
    _rec_name = "name"

    code = fields.Char(required=True, readonly=True)
    kind = fields.Selection(KINDS, "About", required=True, readonly=True)
    kind_sequence = fields.Integer(readonly=True)
    sequence = fields.Integer(readonly=True)
    result_ids = fields.One2many(
        "customer.sheet.control.result", "control_id", "History", readonly=True
    )

    name = fields.Char("Control")
    why = fields.Char("Why it matters", compute="_compute_said")
    who = fields.Char("Who can mend it", compute="_compute_said")
    is_asked = fields.Boolean(compute="_compute_said", search="_search_is_asked")
    is_attested = fields.Boolean(compute="_compute_said")
    is_nightly = fields.Boolean(compute="_compute_said")
    can_fix = fields.Boolean(compute="_compute_said")

    state = fields.Selection(STATES, compute="_compute_state", search="_search_state")
    evidence = fields.Char("What was found", compute="_compute_state")
    since = fields.Date(compute="_compute_state", help="Since when it is as it is.")

    _code_unique = models.Constraint("UNIQUE (code)", "There is one line for each control.")

    @api.model
    def _controls(self):
        """Return the :class:`Control` of all rooms, those of a kind in their order."""
        return []

    @api.model
    def _by_code(self):
        off = self.env["res.config.settings"]._sheet_rooms_off()
        return {each.code: each for each in self._controls() if each.room not in off}

    @api.model
    def _declare(self):
        """Let there be a row for each control of the rooms; rows of others keep their history."""
        rows = self.sudo().search(Domain.TRUE).grouped("code")
        kinds = [kind for kind, _label in KINDS]
        for sequence, control in enumerate(self._by_code().values()):
            values = {
                "kind": control.kind,
                "kind_sequence": kinds.index(control.kind),
                "sequence": sequence,
            }
            row = rows.get(control.code)
            if not row:
                self.sudo().create({"code": control.code, **values})
            elif any(row[name] != value for name, value in values.items()):
                row.write(values)

    @api.model
    def _asked(self):
        """Return what the rooms in use ask; other rows are history."""
        return self.search([("code", "in", list(self._by_code()))])

    # -- what it is ------------------------------------------------------------

    @api.depends("code")
    @api.depends_context("lang")
    def _compute_name(self):
        return super()._compute_name()

    @api.model
    def _title(self, **parts):
        return parts["title"]

    def _title_parts(self):
        controls = self._by_code()
        return {"title": controls[self.code].title if self.code in controls else self.code}

    @api.model
    def _title_sql(self, alias):
        code = SQL.identifier(alias, "code")
        titles = [SQL("WHEN %s THEN %s", c, each.title) for c, each in self._by_code().items()]
        return {"title": SQL("CASE %s %s ELSE %s END", code, SQL(" ").join(titles), code)}

    @api.depends("code")
    @api.depends_context("lang", "uid")
    def _compute_said(self):
        controls = self._by_code()
        for row in self:
            control = controls.get(row.code)
            row.why = control and control.why
            row.who = control and self._group_names(control.who)
            row.is_asked = bool(control)
            row.is_attested = bool(control and control.months)
            row.is_nightly = bool(control and control.nightly)
            row.can_fix = bool(control) and self._may_mend(control)

    @api.model
    def _search_is_asked(self, operator, value):
        if operator != "in":
            return NotImplemented
        asked = Domain("code", "in", list(self._by_code()))
        return flag_domain(asked, value)

    @api.model
    def _may_mend(self, control):
        """Return whether the user is one of those who mend it, and may see what is opened."""
        if not self.env.user.has_groups(control.who):
            return False
        action = self.env.ref(self._full_name(control.fix)).sudo() if control.fix else self
        model = "res_model" in action._fields and action.res_model
        return self.env[model or self._name].has_access("read")

    @api.model
    def _full_name(self, name):
        return name if "." in name else f"crm_customer_sheet.{name}"

    @api.model
    def _group_names(self, names):
        groups = (self.env.ref(name).sudo() for name in names.split(","))
        return ", ".join(group.display_name for group in groups)

    # -- how it is -------------------------------------------------------------

    @api.depends("code", "result_ids")
    @api.depends_context("lang")
    def _compute_state(self):
        today = fields.Date.context_today(self)
        for row in self:
            finding = row._finding()
            row.state, row.evidence = finding.state, finding.evidence or False
            last = row.sudo().result_ids[:1]
            row.since = last.day if last.state == finding.state else today

    @api.model
    def _search_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        asked = self._asked()
        return Domain("id", "in", asked.filtered(lambda row: row.state in value).ids)

    def _finding(self):
        """Return what is found now; of what is dear to look at, what was found last night."""
        self.ensure_one()
        control = self._by_code().get(self.code)
        if not control:
            return Finding(None)
        if control.nightly:
            return self._last_finding()
        return self._look(control)

    def _last_finding(self):
        last = self.sudo().result_ids[:1]
        if not last:
            return Finding(None, self.env._("It is looked at every night."))
        return Finding(OK_OF[last.state], last.evidence)

    def _look(self, control):
        """Return what a check finds; one that fails says so and stops no other."""
        if control.months:
            return self.sudo()._attested()
        try:
            with self.env.cr.savepoint(flush=False):
                return getattr(self.sudo(), f"_check_{self.code}")()
        except Exception:  # noqa: BLE001 - one bad check must not hide the others
            _logger.exception("The control %s has failed", self.code)
            return Finding(None, self.env._("This could not be looked at; the log says why."))

    @api.model
    def _some(self, model, domain):
        """Return the finding that there are records: what a ``_check_<code>`` may return."""
        count = model.search_count(domain, limit=MOST_COUNTED + 1)
        return Finding(bool(count), self._counted(count))

    @api.model
    def _none(self, model, domain):
        """Return the finding that there are no such records."""
        count = model.search_count(domain, limit=MOST_COUNTED + 1)
        return Finding(not count, self._counted(count))

    @api.model
    def _counted(self, count):
        if count > MOST_COUNTED:
            return self.env._("More than %(count)s.", count=MOST_COUNTED)
        return self.env._("%(count)s found.", count=count)

    def _attested(self):
        last = self.result_ids.filtered("until")[:1]
        if not last:
            return Finding(False, self.env._("Nobody has attested it."))
        said = {"name": last.user_id.name, "until": format_date(self.env, last.until)}
        if last.until < fields.Date.context_today(self):
            return Finding(False, self.env._("Attested by %(name)s, until %(until)s.", **said))
        return Finding(True, self.env._("Attested by %(name)s until %(until)s.", **said))

    @api.model
    def _judged(self):
        """Return all controls as they are now, as plain values: what a review keeps.

        ``ok`` is ``None`` where it cannot be known.
        """
        return [
            {
                "code": row.code,
                "kind": row.kind,
                "name": row.name,
                "ok": OK_OF[row.state],
                "evidence": row.evidence,
            }
            for row in self.sudo()._asked()
        ]

    # -- history ---------------------------------------------------------------

    @api.model
    def _cron_note(self):
        """Add a result to each control whose answer is another one than the last noted."""
        self._declare()
        self._asked()._note()

    def _note(self):
        controls = self._by_code()
        for row in self:
            control, last = controls[row.code], row.result_ids[:1]
            finding = row._look(control)
            is_news = control.nightly and (finding.evidence or False) != last.evidence
            if finding.state != last.state or is_news:
                row._add_result(state=finding.state, evidence=finding.evidence or False)

    def _add_result(self, **values):
        self.env["customer.sheet.control.result"].sudo().create({"control_id": self.id, **values})
        self.invalidate_recordset()

    def _attest(self, note, until, document=False, document_name=False):
        """Keep that the user attests what Odoo cannot see.

        :raise AccessError: this is not theirs to attest
        """
        self.ensure_one()
        if not (self.is_attested and self.can_fix):
            raise AccessError(self.env._("This is not yours to attest."))
        self._add_result(
            state="right",
            evidence=note,
            user_id=self.env.uid,
            until=until,
            document=document,
            document_name=document_name,
        )

    # -- what to do ------------------------------------------------------------

    @called(one=True)
    def action_fix(self):
        """Open the place where this can be mended."""
        control = self._by_code()[self.code]
        if control.months:
            return self._fix_by_attesting()
        if fix := getattr(self, f"_fix_{self.code}", None):
            return fix()
        return self._action(control.fix)

    @called(one=True)
    def action_look(self):
        """Look now at what is else looked at every night."""
        self.sudo()._note()

    def _fix_by_attesting(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.name,
            "res_model": "customer.sheet.control.attest",
            "view_mode": "form",
            "target": "new",
            "context": {"default_control_id": self.id},
        }

    @api.model
    def _told(self, text):
        """Return an action that says what to do outside of Odoo."""
        params = {"message": text, "type": "info", "sticky": True}
        return {"type": "ir.actions.client", "tag": "display_notification", "params": params}

    @api.model
    def _action(self, name, **values):
        """Return an action by its name, with other values: what a ``_fix_<code>`` returns."""
        action = self.env["ir.actions.actions"]._for_xml_id(self._full_name(name))
        return {**action, **values}
