from odoo import api, fields, models

from ...sheet.called import called


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
            "checked": self.env._("Reviewed"),
            "done": self.env._("Imported"),
            "undone": self.env._("Taken back"),
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

    def _desk(self):
        """Return ``{part: what it shows}``; each step adds its part."""
        return {
            "id": self.id,
            "name": self.name,
            "host": self.host,
            "hosts": self._fields["host"]._description_selection(self.env),
            "state": self.state,
            "job": self.job,
            "progress": self.progress,
            "done": self.done,
            "total": self.total,
            "failure": self.failure or "",
        }

    def _start(self, job, total):
        """Begin a job in the background, which :meth:`_advance` goes on with."""
        begun = {"state": "running", "job": job, "done": 0, "total": total, "failure": False}
        self.sudo().write({**begun, "started_on": fields.Datetime.now(), "ended_on": False})
        self.env["customer.sheet.chore"]._wake("import")

    def _advance(self):
        """Do the next batch of the job: each is a method ``_advance_<job>`` of its step."""
        return getattr(self, f"_advance_{self.job}")()
