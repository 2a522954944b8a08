from odoo import api, fields, models, tools
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command, Domain

from ...consent.ledger.words import PRIVACY_OFFICER
from ...sheet import references
from ...sheet.fields import HOSTS
from ..person.known import Known
from . import spelt
from .elsewhere import Elsewhere
from .kept import Kept
from .plan import Plan
from .reach import WRITERS, Reach
from .settings import BACKUP_DAYS
from .words import WHY


class CustomerSheetErasure(models.Model):
    """One person who is erased: who they are, what happens where, and what was left.

    **What.**  A preview first: the records of the person, the places that the data map and the
    pointers of all apps lead to, and the texts elsewhere in which they stand.  A second person
    approves whatever is more than one contact, shared, or kept in part.

    **How to use.**  :meth:`_start` prepares one.  :meth:`_erase_records`, :meth:`_erase_term` and
    :meth:`_finish_at_term` erase at once what somebody has decided already.

    **How it works.**  See ``erasing``: steps that are committed one by one.  The spellings of the
    person are kept in ``spellings`` until the last step.
    """

    _name = "customer.sheet.erasure"
    _description = "Erasure of a Person"
    _inherit = ["mail.thread", "mail.activity.mixin", "customer.sheet.job.mixin"]
    _order = "id desc"

    name = fields.Char("Reference", readonly=True, copy=False)
    why = fields.Selection(WHY, required=True, readonly=True, default="request")
    words = fields.Text("Decided by", readonly=True)
    request_id = fields.Many2one(
        "customer.sheet.request", readonly=True, ondelete="set null", index="btree_not_null"
    )
    partner_id = fields.Many2one(
        "res.partner", "Contact", readonly=True, ondelete="set null", index="btree_not_null"
    )
    lead_id = fields.Many2one(
        "crm.lead", readonly=True, ondelete="set null", index="btree_not_null"
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        index=True,
        default=lambda self: self.env.company,
    )
    user_id = fields.Many2one("res.users", "Prepared by", readonly=True, ondelete="set null")
    state = fields.Selection(default="draft", tracking=True)
    record_ids = fields.One2many("customer.sheet.erasure.record", "erasure_id", "Who they are")
    line_ids = fields.One2many("customer.sheet.erasure.line", "erasure_id", "What happens")
    text_ids = fields.One2many("customer.sheet.erasure.text", "erasure_id", "Texts elsewhere")
    search_ids = fields.One2many("customer.sheet.search", "erasure_id", "Searches")
    spellings = fields.Json(readonly=True, groups=fields.NO_ACCESS)
    is_looked = fields.Boolean("Texts elsewhere are known", readonly=True)
    is_changed = fields.Boolean("Decided otherwise since", readonly=True)
    backups_until = fields.Date(
        "Last backup ends on",
        help="What is erased lives on in backups until they are deleted. The certificate says when"
        " that is.",
    )
    ended_on = fields.Datetime("Erased on")
    kept_until = fields.Date("Kept in part until", readonly=True, tracking=True)

    @api.model
    def _job_states(self):
        names = {
            "draft": self.env._("Preview"),
            "waiting": self.env._("To approve"),
            "approved": self.env._("Approved"),
            "running": self.env._("Running"),
            "unfinished": self.env._("Not finished"),
            "done": self.env._("Erased"),
            "stopped": self.env._("Cancelled"),
            "failed": self.env._("Failed"),
        }
        return list(names.items())

    # -- preparing ---------------------------------------------------------------

    @api.model
    def _start(self, record, request=None, ground="request"):
        """Prepare the erasure of the person that a contact or lead is; nothing is erased yet.

        :param ground: a code of :data:`.words.WHY`
        :raise AccessError: where the user is no privacy officer, or may not read the record
        """
        self._check_officer()
        record.ensure_one().check_access("read")
        known = self.env["customer.sheet.person"]._expand(record)
        erasure = self._prepare(known, record, why=ground, request_id=request and request.id)
        erasure._look()
        return erasure.sudo(False)

    @api.model
    def _prepare(self, known, record, **values):
        """Return an erasure, as superuser, of what is known of a person."""
        days = BACKUP_DAYS.value(self.env)
        today = fields.Date.context_today(self)
        owner = "partner_id" if record._name == "res.partner" else "lead_id"
        return self.sudo().create(
            {
                "name": self.env["ir.sequence"].sudo().next_by_code(self._name),
                "company_id": (record.company_id or self.env.company).id,
                "user_id": self.env.uid,
                "backups_until": days and fields.Date.add(today, days=days),
                "record_ids": [
                    Command.create(
                        {
                            "model": each.model,
                            "row": each.id,
                            "why": each.why,
                            "is_certain": each.certain,
                            "is_included": each.certain,
                        }
                    )
                    for each in known
                ],
                owner: record.id,
                **values,
            }
        )

    def _look(self):
        """Work out what would happen; texts elsewhere of a large database come later."""
        self.ensure_one()
        self._include_theirs()
        self.search_ids.unlink()
        self.text_ids.filtered(lambda text: text.ground != "words").unlink()
        if not self.started_on:  # else nothing tells any more how they were called
            spellings = self.env["customer.sheet.person"]._spellings(self._known())
            self.spellings = spelt.judged(self.env, spellings, self._own())
        self.write({"is_looked": False, "is_changed": False})
        self._show_lines()
        if self.why == "request":
            self._search_everything(is_before=True)
            self._look_elsewhere()

    def _include_theirs(self):
        """Add what certainly goes with the records that somebody has confirmed."""
        there = {(each.model, each.row): each for each in self.record_ids}
        person = self.env["customer.sheet.person"]
        for each in self.record_ids:
            if each.is_included and not each.is_certain and each.model in HOSTS and each._record():
                for known in person._expand(each._record()):
                    found = there.get((known.model, known.id))
                    if known.certain and not found:
                        there[known.model, known.id] = self.env[each._name].create(
                            {
                                "erasure_id": self.id,
                                "model": known.model,
                                "row": known.id,
                                "why": known.why,
                                "is_included": True,
                            }
                        )
                    elif known.certain and not found.is_included:
                        found.is_included = True

    def _known(self):
        """Return the records that are erased as :class:`Known`."""
        return [
            Known(each.model, each.row, each.why, True)
            for each in self.record_ids
            if each.is_included
        ]

    def _own(self):
        """Return ``{model: ids}`` of the records that are erased and still are there."""
        own = {}
        for each in self.record_ids.filtered("is_included"):
            if each._record():
                own.setdefault(each.model, set()).add(each.row)
        return own

    def _subjects(self):
        """Return who the person is in the ledger of consents; never their company's or contact's
        consents, which a lead has, too."""
        own = self._own()
        mine = Domain("partner_id", "in", [*own.get("res.partner", ())])
        mine |= Domain("lead_id", "in", [*own.get("crm.lead", ())])
        return self.env["customer.sheet.consent.subject.link"].search(mine).root_id

    def _is_consent_of_others(self, payload):
        """Return whether what the ledger says is about somebody else who has a record."""
        links = self.env["customer.sheet.consent.subject.link"]
        links = links.search([("root_id", "in", payload.event_id.subject_id._family().ids)])
        own = self._own()
        return bool(
            {*links.partner_id.ids} - own.get("res.partner", set())
            or {*links.lead_id.ids} - own.get("crm.lead", set())
        )

    def _alike(self):
        """Return ``{model: ids}`` of records of somebody else who is called like the person."""
        alike = {}
        for each in self.record_ids.filtered(lambda each: not each.is_included):
            alike.setdefault(each.model, set()).add(each.row)
        return alike

    def _plan(self):
        """Return what the data map and the decisions of the request say of each place.

        What is only proposed follows from documents: of those no more is kept than has to be.
        """
        decided = self.request_id.sudo().decision_ids
        decided = decided.filtered(lambda each: each.answer == "keep" and each.sheet_changes)
        return Plan(self.env, {d.category: (d.ground, d.until) for d in decided})

    @api.model
    @tools.ormcache("model")
    def _pointers_at(self, model):
        """Return what points at the rows of a model, in all tables, dialogs too."""
        return references.pointers(
            self.env, model, skipped=None, skipped_columns=WRITERS, short_lived=True
        )

    def _reach(self, plan):
        self.env.flush_all()
        return Reach(self.env, plan, self._own(), self._deleted(plan))

    def _deleted(self, plan):
        """Return ``{model: ids}`` of rows elsewhere that are deleted as a whole."""
        models_, rows = references.by_table(self.env), {}
        for text in self.text_ids:
            model = models_.get(text.table)
            if text.decision == "delete" and not text.is_file and model and plan.deletes(model):
                rows.setdefault(model, set()).add(text.row)
        return rows

    def _kept(self, plan, reach):
        """Return which of the person's rows are kept, why and until when."""
        held = self.env["customer.sheet.person"].sudo()._held(self._known())
        return Kept(self.env, plan, reach, held, spelt.regex(self.spellings or []))

    def _show_lines(self):
        """Write down what would happen in each place."""
        plan = self._plan()
        reach = self._reach(plan)
        self.line_ids.unlink()
        lines = self._kept(plan, reach).lines()
        self.line_ids.create([{"erasure_id": self.id, **line} for line in lines])

    def _search_everything(self, is_before=False):
        """Look for the person everywhere, as an extra pair of eyes."""
        record = self.partner_id or self.lead_id
        search = self.env["customer.sheet.search"].create(
            {
                "erasure_id": self.id,
                "is_before": is_before,
                "reference": record.sheet_reference or self.name,
                "company_id": self.company_id.id,
                "user_id": self.user_id.id,
            }
        )
        search._begin()
        return search

    def _look_elsewhere(self):
        """Propose what becomes of each text in which the person stands, once all is searched."""
        search = self.search_ids[:1]
        if self.is_looked or search.state != "done":
            return
        plan = self._plan()
        reach = self._reach(plan)
        found = Elsewhere(self, plan, reach, self._kept(plan, reach)).texts(search)
        decided = {(text.table, text.column, text.row) for text in self.text_ids}
        self.text_ids.create(
            [
                {"erasure_id": self.id, **text}
                for text in found
                if (text["table"], text["column"], text["row"]) not in decided
            ]
        )
        self.is_looked = True

    # -- who may ----------------------------------------------------------------------

    def _check_officer(self):
        if not self.env.su and not self.env.user.has_group(PRIVACY_OFFICER):
            raise AccessError(self.env._("Only privacy officers erase people."))

    def _check_draft(self):
        if self.filtered(lambda erasure: erasure.state != "draft"):
            raise UserError(self.env._("Press “Back to the preview” before you change something."))

    def write(self, vals):
        if not self.env.su:
            if {*vals} - {"backups_until"}:
                raise AccessError(self.env._("What an erasure says is not changed by hand."))
            self._check_officer()
            self._check_draft()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_never(self):
        raise UserError(self.env._("An erasure stays: it is the proof."))

    def _action_open(self):
        action = self.env["ir.actions.actions"]._for_xml_id(
            "crm_customer_sheet.customer_sheet_erasure_action"
        )
        return {**action, "res_id": self.id, "view_mode": "form", "views": [(False, "form")]}
