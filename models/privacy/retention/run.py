from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ...consent.ledger.words import PRIVACY_OFFICER
from ...sheet import clock, takes
from ...sheet.called import called
from ..pair import pair
from .acts import SOURCES
from .settings import ELSEWHERE, EVERY_DAYS
from .terms import terms

#: People who are dealt with in one transaction.
BATCH = 10
#: A preview is looked at anew after so many days: facts change.
FRESH = timedelta(days=31)
#: Filters of the people of a run, that its buttons name.
PEOPLE = ("ask", "erase", "restrict", "keep", "failed")
#: Contacts and leads up to which a preview is made while the user waits.
AT_ONCE = 100_000

#: What a preview has found, in the order of its columns.
FOUND = (
    "partner_id lead_id company_id reference rule_id act_on act_kind term_on action because"
    " purpose_id until"
).split()


class CustomerSheetRetentionRun(models.Model):
    """Whose time is over: looked at first, signed by a privacy officer, then carried out.

    **How it works.**  :meth:`_look` is one statement, and changes nothing of anybody.  Once an
    officer has signed, :meth:`_advance` deals with a batch of people at a time, each looked at
    once more: who has come back meanwhile stays.  Nothing is carried out without a signature, and
    whoever has changed the rules does not give it where there is another officer.
    """

    _name = "customer.sheet.retention.run"
    _inherit = ["customer.sheet.titled.mixin", "customer.sheet.job.mixin"]
    _description = "Retention Run"
    _order = "id desc"

    started_on = fields.Datetime("Looked at on", default=lambda self: self.env.cr.now())
    looked_at = fields.Integer("People looked at", readonly=True)
    line_ids = fields.One2many("customer.sheet.retention.line", "run_id", "People", readonly=True)
    ask_count = fields.Integer("To ask", compute="_compute_counts")
    erase_count = fields.Integer("To erase", compute="_compute_counts")
    restrict_count = fields.Integer("To close off", compute="_compute_counts")
    keep_count = fields.Integer("Who stay", compute="_compute_counts")
    failed_count = fields.Integer("Failed", compute="_compute_counts")
    elsewhere = fields.Text("Goes by itself", compute="_compute_elsewhere")
    signed_by_id = fields.Many2one(
        "res.users", "Signed by", readonly=True, ondelete="restrict", copy=False
    )
    signed_on = fields.Datetime(readonly=True, copy=False)
    signers = fields.Char("Who signs instead", compute="_compute_signers")

    @api.model
    def _job_states(self):
        names = {
            "preview": self.env._("To sign"),
            "running": self.env._("Running"),
            "done": self.env._("Done"),
            "stopped": self.env._("Stopped"),
            "failed": self.env._("Failed"),
        }
        return list(names.items())

    @api.model
    def _title(self, **parts):
        return self.env._("Retention no. %(number)s", **parts)

    def _title_parts(self):
        return {"number": self.id or ""}

    @api.model
    def _title_sql(self, alias):
        return {"number": SQL.identifier(alias, "id")}

    @api.depends("line_ids.action", "line_ids.state")
    def _compute_counts(self):
        groups = self.env["customer.sheet.retention.line"]._read_group(
            [("run_id", "in", self.ids)], ["run_id", "action", "state"], ["__count"]
        )
        for run in self:
            mine = [group[1:] for group in groups if group[0] == run]
            for name in ("ask", "erase", "restrict", "keep"):
                run[f"{name}_count"] = sum(count for action, _s, count in mine if action == name)
            run.failed_count = sum(count for _a, state, count in mine if state == "failed")

    @api.depends_context("lang")
    def _compute_elsewhere(self):
        labels = self.env["res.config.settings"].fields_get(list(ELSEWHERE), ["string"])
        lines = (
            pair(self.env, labels[n]["string"], str(each.value(self.env)))
            for n, each in ELSEWHERE.items()
        )
        self.elsewhere = "\n".join(lines)

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_signers(self):
        for run in self:
            others = run._signers() if run.state == "preview" else ()
            run.signers = ", ".join(user.name for user in others) or False

    def _signers(self):
        """Return the officers who sign in place of the user, who has changed the rules.

        None where the user may sign: nobody else can, or nothing was changed since the preview of
        the last run that was signed, for whoever has signed that has seen it.
        """
        signed = self.sudo().search([("signed_on", "!=", False)], limit=1)
        changed = Domain("active", "in", (True, False))
        if signed:
            changed &= Domain("write_date", ">", signed.started_on)
        changers = self.env["customer.sheet.retention.rule"].sudo().search(changed).write_uid
        if self.env.user not in changers:
            return changers.browse()
        lines = self.env["customer.sheet.retention.line"].sudo()
        companies = [each for [each] in lines._read_group(self._to_do(), ["company_id"]) if each]
        officers = self.env.ref(PRIVACY_OFFICER).sudo().all_user_ids - changers
        return officers.filtered(
            lambda user: (
                user.active
                and not user.share
                and all(each in user.company_ids for each in companies)
            )
        )

    @api.model
    def _last_looked(self):
        """Return the last run whose preview is complete."""
        return self.sudo().search([("looked_at", ">", 0)], limit=1)

    # -- the preview ---------------------------------------------------------------

    @called()
    def action_preview(self):
        """Look whose time is over; nothing of anybody changes."""
        self._check_officer()
        run = self._start()
        return run._action_open()

    @api.model
    def _start(self):
        """Return a new preview; a large one is made in the background.

        Former ones that nobody has signed are over: only the last one can be signed.
        """
        former = self.sudo().search([("state", "=", "preview")])
        former._end("stopped")
        run = self.sudo().create({})
        if self._size() <= AT_ONCE:
            run._look()
        else:
            self.env["customer.sheet.chore"]._wake("prompt")
        return run.sudo(False)

    @api.model
    def _size(self):
        """Return about how many contacts and leads there are."""
        [(count,)] = self.env.execute_query(
            SQL(
                "SELECT sum(reltuples) FROM pg_class WHERE oid IN (%s::regclass, %s::regclass)",
                "res_partner",
                "crm_lead",
            )
        )
        return count

    def _look(self):
        """Write down whose time is over, and wait for a signature if there is anybody."""
        self.env.flush_all()
        lines = self.env["customer.sheet.retention.line"]
        [(looked_at,)] = self.env.execute_query(
            SQL(
                """
                %(terms)s, added AS (
                    INSERT INTO customer_sheet_retention_line (run_id, state, create_uid,
                                create_date, write_uid, write_date, %(names)s)
                    SELECT %(run)s, 'open', %(uid)s, %(now)s, %(uid)s, %(now)s, %(names)s FROM due
                ) SELECT count(*) FROM person
                """,
                terms=self._terms(),
                names=SQL(", ").join(map(SQL.identifier, FOUND)),
                run=self.id,
                uid=self.env.uid,
                now=self.env.cr.now(),
            )
        )
        lines.invalidate_model()
        self.write({"looked_at": looked_at, "total": lines.search_count(self._to_do())})
        if self.total:
            self.state = "preview"
        else:
            self._end()

    @api.model
    def _act_sources(self):
        """Return the tables in which acts of people are, as :class:`.acts.Source`; extend it for
        those of an app."""
        return SOURCES

    @api.model
    def _terms(self, partner_ids=None, lead_ids=None):
        """Return what :func:`.terms.terms` says today, by the rules in force."""
        rules = self.env["customer.sheet.retention.rule"]._in_force()
        return terms(self.env, rules, clock.common_today(self.env), partner_ids, lead_ids)

    def _to_do(self):
        """Return the domain of the people of this run of whom something is to be done."""
        return (
            Domain("run_id", "=", self.id)
            & Domain("state", "=", "open")
            & Domain("action", "!=", "keep")
        )

    # -- signing -------------------------------------------------------------------

    @called(one=True)
    def action_sign(self):
        """Sign the preview: from now on it is carried out, in the background."""
        self._check_officer()
        self._check_signable()
        to_do = self.env["customer.sheet.retention.line"].sudo().search_count(self._to_do())
        signed = {"signed_by_id": self.env.uid, "signed_on": fields.Datetime.now()}
        self.sudo().write({"state": "running", "total": to_do, **signed})
        self.env["customer.sheet.chore"]._wake("prompt")

    def _check_signable(self):
        """Refuse to sign what is no preview, is old, shows the officer only a part, or follows
        rules that the officer has just changed.

        :raise UserError: with what to do instead
        """
        if self.state != "preview":
            raise UserError(self.env._("Only a preview is signed: this run is past that."))
        if self.started_on + FRESH < fields.Datetime.now():
            raise UserError(self.env._("This preview is too old to be signed. Make a new one."))
        lines = self.env["customer.sheet.retention.line"]
        mine = lines.with_context(allowed_company_ids=self.env.user.company_ids.ids)
        hidden = lines.sudo().search_count(self._to_do()) - mine.search_count(self._to_do())
        if hidden:
            raise UserError(
                self.env._(
                    "People of companies that you do not see: %(count)s. Somebody who sees all of"
                    " them has to sign.",
                    count=hidden,
                )
            )

        if self.signers:
            raise UserError(
                self.env._(
                    "You have changed the rules since somebody signed last: somebody else signs."
                    " %(names)s may.",
                    names=self.signers,
                )
            )

    @called(one=True)
    def action_stop(self):
        """Stop; what has been done stays done, and the next preview finds the others again."""
        self._check_officer()
        self._stop()

    def _check_officer(self):
        if not self.env.su and not self.env.user.has_group(PRIVACY_OFFICER):
            raise AccessError(self.env._("Only privacy officers decide how long data stay."))

    # -- carrying out --------------------------------------------------------------

    @api.model
    def _cron_go_on(self):
        """Go on with the previews under way, and with what is signed."""
        return self._go_on()

    @api.model
    def _cron_preview(self):
        """Make a new preview when it is time for one; forget what unsigned ones had found."""
        self._forget()
        past = fields.Datetime.now() - timedelta(days=EVERY_DAYS.value(self.env))
        if not self.search_count([("started_on", ">", past)], limit=1):
            self._start()

    @api.model
    def _forget(self):
        """Delete the people of runs that are over, of whom nothing was done or decided."""
        over = Domain("run_id.state", "in", ("stopped", "failed"))
        over &= Domain("run_id", "!=", self._last_looked().id)
        undone = Domain("state", "=", "open") & Domain("keep_until", "=", False)
        self.env["customer.sheet.retention.line"].sudo().search(over & undone).unlink()

    def _advance(self):
        """Make the preview, or deal with the next people of a signed run."""
        if not self.signed_on:
            self._look()
            return 1
        lines = self.env["customer.sheet.retention.line"].search(self._to_do(), limit=BATCH)
        if not lines:
            self._end()
            return 0
        lines._carry_out()
        self.done += len(lines)
        return len(lines)

    @api.model
    def _due_now(self, partner_ids, lead_ids):
        """Return ``{(host, id): what is to be done now}`` of these people, ``None``: nothing."""
        leads = self.env["crm.lead"].sudo().with_context(active_test=False)
        theirs = leads.search([("partner_id", "in", list(partner_ids))]).ids
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                "%s SELECT p.key, d.action FROM person p LEFT JOIN due d USING (key)",
                self._terms(list(partner_ids), [*lead_ids, *theirs]),
            )
        )
        return {
            ("res.partner", key) if key > 0 else ("crm.lead", -key): action for key, action in rows
        }

    # -- on screen -----------------------------------------------------------------

    def _action_open(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Retention"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
        }

    @called(one=True, context={"sheet_people": takes.one_of(*PEOPLE)})
    def action_people(self):
        """Open the people of this run, filtered as the button says."""
        shown = self.env.context.get("sheet_people")
        return {
            **self.env["ir.actions.actions"]._for_xml_id(
                "crm_customer_sheet.customer_sheet_retention_line_action"
            ),
            "domain": [("run_id", "=", self.id)],
            "context": {f"search_default_{shown}": 1} if shown else {},
        }
