from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...consent.ledger.words import PRIVACY_OFFICER
from ...sheet.called import called
from ...sheet.fields import HOSTS
from ...sheet.mixins.protected import MANAGER
from ..erasure.words import STEPS

ACTIVITY = "crm_customer_sheet.mail_activity_type_privacy"


class CustomerSheetErasure(models.Model):
    """May this person be erased, and who says so: one officer, or two people."""

    _inherit = "customer.sheet.erasure"

    approved_by_id = fields.Many2one(
        "res.users", "Approved by", readonly=True, ondelete="set null", tracking=True
    )
    approved_on = fields.Datetime(readonly=True)
    refused = fields.Text("Why this cannot be erased", compute="_compute_refused")
    two_people = fields.Text("Why a second person approves", compute="_compute_two_people")
    can_approve = fields.Boolean(compute="_compute_can_approve")
    open_count = fields.Integer("To decide", compute="_compute_open_count")
    unsure_count = fields.Integer("Perhaps the person", compute="_compute_open_count")

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
        models_ = self.env["customer.sheet.search.hit"]._models()
        if self.text_ids.filtered(
            lambda text: text.decision == "delete" and text.table not in models_
        ):
            found.append(self.env._("A row of a table that no app knows is deleted."))
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
        """Work the preview out anew; texts that somebody said to keep, and why, stay decided."""
        self._check_officer()
        if self.state == "unfinished":
            again = {"state": "draft", "done": 0, "approved_by_id": False, "approved_on": False}
            self.sudo().write(again)
        self._check_draft()
        self.sudo()._look()

    @called(one=True)
    def action_ask(self):
        """Ask a second person to approve: whoever asks has prepared it, and does not approve."""
        self._check_ready()
        self.sudo().write({"state": "waiting", "user_id": self.env.uid})
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
        if self.state == "failed":
            self.sudo().write({"state": "running", "failure": False})
        else:
            if self.state != "approved":
                self._check_ready()
                if self.two_people:
                    raise UserError(
                        self.env._("A second person has to approve: %(why)s", why=self.two_people)
                    )
            elif refused := self.sudo()._refusals():  # since it was approved
                raise UserError("\n".join(refused))
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

    def _check_ready(self):
        """Refuse what cannot be erased, or where something is still to be decided."""
        self._check_officer()
        self._check_draft()
        self.sudo()._look_elsewhere()
        if self.refused:
            raise UserError(self.refused)
        if self.is_changed:
            raise UserError(
                self.env._("Something was decided since this was worked out: press “Look again”.")
            )
        if self.why == "request" and not self.is_looked:
            raise UserError(
                self.env._("The search for texts goes on in the background: wait until it is done.")
            )
        if self.open_count:
            raise UserError(
                self.env._(
                    "Decide first about each text or file in “Texts elsewhere”. Still open:"
                    " %(count)s.",
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
        others = self.env.ref(PRIVACY_OFFICER).sudo().all_user_ids - self.env.user
        others = others.filtered(lambda user: user.active and not user.share)
        others = others.filtered(lambda user: self.company_id in user.company_ids)
        for user in others or self.env.ref(MANAGER).sudo().all_user_ids - self.env.user:
            self.sudo().activity_schedule(
                ACTIVITY, summary=self.env._("Approve an erasure"), user_id=user.id
            )
