from odoo import api, fields, models
from odoo.exceptions import UserError

from ...sheet.called import called

#: Where the screen opens, by state; a job that was stopped or failed decides itself.
_STEPS = {"chosen": "file", "read": "audit", "checked": "review", "done": "report"}
_STEPS |= {"undone": "report"}
_STEPS_OF_JOBS = {"read": "file", "check": "review", "run": "report", "undo": "report"}


class CustomerSheetImport(models.Model):
    """A file on its way to sheets: read, looked through, matched to questions, reviewed, run.

    Each step is stored, so that it can be left and found again; everything long is a job that
    goes on where it was stopped.
    """

    _name = "customer.sheet.import"
    _description = "Import of a File"
    _inherit = "customer.sheet.job.mixin"
    _order = "id desc"

    name = fields.Char("File", required=True, readonly=True)
    user_id = fields.Many2one(
        "res.users", "By", default=lambda self: self.env.user, readonly=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        "res.company",
        default=lambda self: self.env.company,
        required=True,
        readonly=True,
        ondelete="cascade",
    )
    host = fields.Selection(
        [("crm.lead", "Leads"), ("res.partner", "Contacts")],
        "Becomes",
        default="crm.lead",
        required=True,
        readonly=True,
    )
    state = fields.Selection(default="chosen")
    job = fields.Selection(
        [
            ("read", "Reading the file"),
            ("check", "Checking the rows"),
            ("run", "Importing"),
            ("undo", "Taking back"),
        ],
        "Works on",
        readonly=True,
    )
    row_ids = fields.One2many("customer.sheet.import.row", "import_id", readonly=True)
    column_ids = fields.One2many("customer.sheet.import.column", "import_id", readonly=True)

    #: The steps that are behind an import which nothing works on.
    _job_complete = frozenset({"read", "checked", "done", "undone"})

    @api.model
    def _job_states(self):
        """Return the states: what is done, unless a job is ``running``; which one says ``job``."""
        names = {
            "chosen": self.env._("File chosen"),
            "running": self.env._("Working"),
            "read": self.env._("Looked through"),
            "checked": self.env._("Rows reviewed"),
            "done": self.env._("File imported"),
            "undone": self.env._("Import taken back"),
            "stopped": self.env._("Stopped"),
            "failed": self.env._("Failed"),
        }
        return list(names.items())

    @called(one=True)
    def desk(self):
        """Return all that the screen of an import shows, step by step.

        :return: what :meth:`_desk` returns
        """
        return self._desk()

    @called(one=True)
    def open_desk(self):
        """Return the action that shows the screen of this import."""
        action = self.env["ir.actions.actions"]._for_xml_id(
            "crm_customer_sheet.customer_sheet_import_action"
        )
        return {**action, "params": {"import_id": self.id}}

    def _desk(self):
        """Return ``{part: what it shows}``; each step adds its part."""
        return {
            "id": self.id,
            "name": self.name,
            "host": self.host,
            "hosts": self._hosts(),
            "state": self.state,
            "job": self.job,
            "progress": self.progress,
            "done": self.done,
            "total": self.total,
            "failure": self.failure or "",
            "step": self._step_name(),
            "steps": self._steps(),
        }

    def _hosts(self):
        """Return ``[code, label]`` of what rows may become, leads by the name that users know."""
        labels = dict(self._fields["host"]._description_selection(self.env))
        if not self.env.user.has_group("crm.group_use_lead"):
            labels["crm.lead"] = self.env._("Opportunities")
        return [list(each) for each in labels.items()]

    def _step_name(self):
        """Return the step that the screen opens on."""
        return _STEPS.get(self.state) or _STEPS_OF_JOBS[self.job or "read"]

    def _steps(self):
        """Return the steps with their names, and whether each is behind, now or ahead."""
        labels = {
            "file": self.env._("File"),
            "audit": self.env._("Audit"),
            "columns": self.env._("Columns"),
            "review": self.env._("Checks"),
            "report": self.env._("Report"),
        }
        now = list(labels).index(self._step_name())
        states = ["done"] * now + ["now"] + ["later"] * (len(labels) - now - 1)
        return [
            {"code": code, "label": label, "state": state}
            for (code, label), state in zip(labels.items(), states, strict=True)
        ]

    # -- jobs --------------------------------------------------------------------

    @called(one=True)
    def stop(self):
        """Stop what works in the background; what is done stays done.

        :return: what :meth:`desk` returns
        """
        self._stop()
        return self._desk()

    @called(one=True)
    def again(self):
        """Go on with what was stopped or has failed.

        :return: what :meth:`desk` returns
        """
        if self.state in ("stopped", "failed") and self.job:
            self.sudo().write({"state": "running", "failure": False, "ended_on": False})
            self.env["customer.sheet.chore"]._wake("prompt")
        return self._desk()

    def _check_open(self):
        """Refuse to change an import that works, or that is imported.

        :raise UserError: what to do instead
        """
        if self.state == "running":
            raise UserError(
                self.env._("“%(file)s” is being worked on: wait for it or stop it.", file=self.name)
            )
        if self.state in ("done", "undone") or self.job in ("run", "undo"):
            raise UserError(
                self.env._(
                    "“%(file)s” has been imported. Choose the file again to import it anew.",
                    file=self.name,
                )
            )

    # -- hooks of the steps --------------------------------------------------------

    def _columns_read(self):
        """The columns are there, new: a step may say what each becomes."""

    def _forget_check(self):
        """Rows or what they become have changed: a step forgets what it had reviewed."""

    def _start(self, job, total):
        """Begin a job in the background, which :meth:`_advance` goes on with."""
        begun = {"state": "running", "job": job, "done": 0, "total": total, "failure": False}
        self.sudo().write({**begun, "started_on": fields.Datetime.now(), "ended_on": False})
        self.env["customer.sheet.chore"]._wake("prompt")

    def _advance(self):
        """Do the next batch of the job: each is a method ``_advance_<job>`` of its step."""
        reader = self.with_context(lang=self.user_id.lang)  # whoever reads why it failed
        return getattr(reader, f"_advance_{self.job}")()
