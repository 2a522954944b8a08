from odoo import api, fields, models, tools
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from ...consent.ledger.words import PRIVACY_OFFICER
from ...sheet import references
from ...sheet.called import called
from ...sheet.fields import HOSTS
from ...sheet.mixins.protected import MANAGER
from ..person.known import Known
from .settings import BACKUP_DAYS
from . import spelt
from .elsewhere import Elsewhere
from .kept import Kept
from .plan import Plan
from .reach import WRITERS, Reach
from .words import STEPS, WHY

ACTIVITY = "crm_customer_sheet.mail_activity_type_privacy"


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
    backups_until = fields.Date(
        "Last backup ends on",
        help="What is erased lives on in backups until they are deleted. The certificate says when"
        " that is.",
    )
    kept_until = fields.Date("Kept in part until", readonly=True, tracking=True)
    approved_by_id = fields.Many2one(
        "res.users", "Approved by", readonly=True, ondelete="set null", tracking=True
    )
    approved_on = fields.Datetime(readonly=True)
    refused = fields.Text("Why this cannot be erased", compute="_compute_refused")
    two_people = fields.Text("Why a second person approves", compute="_compute_two_people")
    can_approve = fields.Boolean(compute="_compute_can_approve")
    open_count = fields.Integer("To decide", compute="_compute_open_count")
    unsure_count = fields.Integer("Perhaps the person", compute="_compute_open_count")

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
        self.text_ids.unlink()
        person, own = self.env["customer.sheet.person"], self._own()
        self.spellings = spelt.judged(self.env, person._spellings(self._known()), own)
        self.is_looked = False
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

    def _alike(self):
        """Return ``{model: ids}`` of records of somebody else who is called like the person."""
        alike = {}
        for each in self.record_ids.filtered(lambda each: not each.is_included):
            alike.setdefault(each.model, set()).add(each.row)
        return alike

    def _plan(self):
        """Return what the data map and the decisions of the request say of each place."""
        decided = self.request_id.sudo().decision_ids.filtered(lambda d: d.answer == "keep")
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
        return Reach(self.env, plan, self._own())

    def _kept(self, plan, reach):
        """Return which of the person's rows are kept, why and until when."""
        held = self.env["customer.sheet.person"].sudo()._held(self._known())
        return Kept(self.env, plan, reach, held)

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
        self.text_ids.create([{"erasure_id": self.id, **text} for text in found])
        self.is_looked = True

    # -- may it be erased? -----------------------------------------------------------

    @api.depends("record_ids.is_included")
    @api.depends_context("lang", "uid", "allowed_company_ids")
    def _compute_refused(self):
        for erasure in self:
            why = erasure._refusals() if erasure.state == "draft" else []
            erasure.refused = "\n".join(dict.fromkeys(why)) or False

    def _refusals(self):
        """Return why the person cannot be erased here, in words."""
        records = {
            model: self.env[model].sudo().with_context(active_test=False).browse(ids)
            for model, ids in self.sudo()._own().items()
        }
        partners = records.get("res.partner", self.env["res.partner"])
        users = records.get("res.users", self.env["res.users"]) | partners.sudo().user_ids
        found = []
        if users.filtered(lambda user: user._is_internal() or user._is_public()):
            found.append(
                self.env._(
                    "Somebody of the company signs in with this contact: colleagues are no"
                    " customers. Archive the user and give the contact up first."
                )
            )
        companies = self.env["res.company"].sudo().search([("partner_id", "in", partners.ids)])
        if companies:
            found.append(
                self.env._("This contact is one of your own companies, with its legal details.")
            )
        for model, each in records.items():
            if model in HOSTS and each.company_id - self.env.user.company_ids:
                found.append(
                    self.env._(
                        "Another company knows this person, too, and you may not see its records:"
                        " somebody who may see both has to erase them."
                    )
                )
        return found

    @api.depends("record_ids.is_included", "line_ids", "text_ids.decision")
    @api.depends_context("lang")
    def _compute_two_people(self):
        for erasure in self:
            erasure.two_people = "\n".join(erasure.sudo()._needs_two()) or False

    def _needs_two(self):
        """Return why a second person has to look, in words."""
        contacts = self.record_ids.filtered(lambda r: r.is_included and r.model == "res.partner")
        found = []
        if len(contacts) > 1:
            found.append(self.env._("More than one contact is erased."))
        if self.record_ids.filtered(lambda r: not r.is_included and r.why in ("shared", "phone")):
            found.append(self.env._("Others have the same address or phone number."))
        if self.record_ids.filtered(lambda r: r.is_included and not r.is_certain):
            found.append(self.env._("Somebody decided that a record is the same person."))
        kept = self.line_ids.filtered(lambda line: line.decision == "keep")
        if kept.filtered(lambda line: line.ground in ("duty", "claims") and line.words):
            found.append(self.env._("Documents are kept."))
        if self.text_ids.filtered(lambda text: text.ground == "words"):
            found.append(self.env._("Somebody decided to keep a text."))
        if self.text_ids.filtered(lambda text: text.is_file and text.decision == "delete"):
            found.append(self.env._("A file that belongs to something else is deleted."))
        return found

    @api.depends("state", "user_id")
    @api.depends_context("uid")
    def _compute_can_approve(self):
        user = self.env.user
        may = user.has_group(PRIVACY_OFFICER) or user.has_group(MANAGER)
        for erasure in self:
            erasure.can_approve = may and erasure.state == "waiting" and erasure.user_id != user

    @api.depends("text_ids.decision", "record_ids.is_included")
    def _compute_open_count(self):
        for erasure in self:
            erasure.open_count = len(erasure.text_ids.filtered(lambda t: not t.decision))
            unsure = erasure.record_ids.filtered(lambda r: not r.is_included)
            erasure.unsure_count = len(unsure)

    # -- what people do ----------------------------------------------------------------

    @called(one=True)
    def action_look_again(self):
        """Work the preview out anew: what was decided on texts is asked again."""
        self._check_officer()
        self._check_draft()
        self.sudo()._look()

    @called(one=True)
    def action_ask(self):
        """Ask a second person to approve."""
        self._check_ready()
        self.sudo().state = "waiting"
        self._plan_approval()

    @called(one=True)
    def action_approve(self):
        """Approve what somebody else has prepared."""
        self.check_access("read")
        if self.state != "waiting":
            raise UserError(self.env._("Nobody asks for an approval here."))
        if not self.can_approve:
            raise AccessError(
                self.env._(
                    "A second person approves: another privacy officer, or an administrator of"
                    " sales."
                )
            )
        now = fields.Datetime.now()
        self.sudo().write({"state": "approved", "approved_by_id": self.env.uid, "approved_on": now})
        self.sudo().activity_unlink([ACTIVITY])

    @called(one=True)
    def action_erase(self):
        """Erase: it begins at once, in the background, and cannot be taken back."""
        self._check_officer()
        if self.state in ("unfinished", "failed"):
            self.sudo()._again()
        else:
            if self.state != "approved":
                self._check_ready()
                if self.two_people:
                    raise UserError(
                        self.env._("A second person has to approve: %(why)s", why=self.two_people)
                    )
            self.sudo().write(
                {"state": "running", "started_on": fields.Datetime.now(), "total": len(STEPS)}
            )
        self.env["customer.sheet.chore"]._wake("prompt")

    @called(one=True)
    def action_back(self):
        """Go back to the preview, to change what happens."""
        self._check_officer()
        if self.state not in ("waiting", "approved"):
            raise UserError(self.env._("This erasure is under way, or over."))
        vals = {"state": "draft", "approved_by_id": False, "approved_on": False}
        self.sudo().write(vals)
        self.sudo().activity_unlink([ACTIVITY])

    @called(one=True)
    def action_cancel(self):
        """Give the erasure up: nothing was erased."""
        self._check_officer()
        if self.state not in ("draft", "waiting", "approved"):
            raise UserError(self.env._("This erasure is under way, or over."))
        self.sudo()._end("stopped", spellings=False)
        self.sudo().activity_unlink([ACTIVITY])

    def _check_officer(self):
        if not self.env.su and not self.env.user.has_group(PRIVACY_OFFICER):
            raise AccessError(self.env._("Only privacy officers erase people."))

    def _check_draft(self):
        if self.filtered(lambda erasure: erasure.state != "draft"):
            raise UserError(self.env._("Press “Back to the preview” before you change something."))

    def _check_ready(self):
        """Refuse what cannot be erased, or where something is still to be decided."""
        self._check_officer()
        self._check_draft()
        self.sudo()._look_elsewhere()
        if self.refused:
            raise UserError(self.refused)
        if self.why == "request" and not self.is_looked:
            raise UserError(
                self.env._("The search for texts goes on in the background: wait until it is done.")
            )
        if self.open_count:
            raise UserError(
                self.env._(
                    "Decide first what becomes of %(count)s texts or files, in “Texts elsewhere”.",
                    count=self.open_count,
                )
            )
        if self.text_ids.filtered(lambda t: t.ground == "words" and not t.words):
            raise UserError(self.env._("Say why each text that you keep is kept."))
        if not self.backups_until:
            raise UserError(
                self.env._(
                    "Say until when the last backup with these data lives: the person is told."
                )
            )

    def _plan_approval(self):
        """Let whoever may approve have one activity for it."""
        others = self.env.ref(PRIVACY_OFFICER).sudo().user_ids - self.env.user
        others = others.filtered(lambda user: user.active and not user.share)
        others = others.filtered(lambda user: self.company_id in user.company_ids)
        for user in others or self.env.ref(MANAGER).sudo().user_ids - self.env.user:
            self.sudo().activity_schedule(
                ACTIVITY, summary=self.env._("Approve an erasure"), user_id=user.id
            )

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
