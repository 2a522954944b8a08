import logging

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.tools import format_datetime

from ...sheet.actor import acting
from ...sheet.resumable import go_on

_logger = logging.getLogger(__name__)

#: What lands at once.  What a visitor sends lands after the answer, which takes as long for an
#: address that is known as for any other.
AT_ONCE = {"api", "capture", "text"}

#: After so many failures a steward has to look.
MOST_TRIES = 3

#: How a decision that came by a channel was collected, and by whom it was entered.
METHODS = {
    "form": ("web_form", "subject"),
    "api": ("api", "subject"),
    "capture": ("meeting", "user"),
    "text": ("email", "user"),
}

#: What tells people where it came from, in this order.
ORIGIN = ("page", "referrer", "campaign_id", "medium_id", "source_id", "ip")

#: What the evidence of a decision says of where it came from.
TRACE = ("ip", "user_agent", "referrer", "page", "uuid")


class CustomerSheetSubmission(models.Model):
    """How a submission lands: as a new lead, or as proposals on the customer that it is about.

    Whoever has the address of a form can send anything about anybody: nothing that is known of a
    customer is changed by it.
    """

    _inherit = "customer.sheet.submission"

    # -- when ----------------------------------------------------------------------

    def _land_soon(self):
        """Let this submission land, at once or right after the answer.

        What fails stays received: the chore tries again, and then a steward looks.
        """
        if self.channel in AT_ONCE:
            self._try_to_land()
        else:
            self.env["customer.sheet.chore"]._wake("prompt")

    @api.model
    def _cron_land(self):
        """Let everything land that waits; return what is left."""
        tried = []

        def step():
            waiting = [("state", "=", "received"), ("id", "not in", tried)]
            submission = self.search(waiting, order="id", limit=1)
            # another server may be at it
            submission.try_lock_for_update()._try_to_land()
            tried.extend(submission.filtered(lambda each: each.state == "received").ids)
            left = self.search_count([waiting[0], ("id", "not in", tried)], limit=1)
            return len(submission), left

        return go_on(self.env, step)

    def _try_to_land(self):
        """Let it land, or note why it cannot; nothing else of the transaction is lost."""
        try:
            with self.env.cr.savepoint():
                self._sheet_land()
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            raise
        except Exception as error:  # noqa: BLE001 - one that cannot land must not stop others
            _logger.exception("Submission %s cannot land", self.uuid)
            tries = self.tries + 1
            reason = str(error).partition("\n")[0][:300]
            state = "held" if tries >= MOST_TRIES else "received"
            self.write({"state": state, "tries": tries, "problem": reason})

    # -- the one way in --------------------------------------------------------------

    def _sheet_land(self):
        """Make of these submissions what becomes of them: the one way in for all from outside.

        No sheet yet: a lead without owner, which is routed.  A customer who is known for certain:
        a note and proposals, and their owner is told.  What has landed does not land again.
        """
        for submission in self.sudo().filtered(lambda each: each.state == "received"):
            env = submission.env(user=SUPERUSER_ID, context=submission._landing_context())
            with acting("form"):
                submission.with_env(env)._land()

    def _landing_context(self):
        """Return the context of a landing: nothing of whoever is just asking for it."""
        return {
            "mail_create_nosubscribe": True,
            "allowed_company_ids": self.company_id.ids,
            "lang": self.company_id.partner_id.lang,
        }

    def _land(self):
        sheet = self._twin()
        if sheet:
            self._land_on(sheet)
        else:
            sheet = self.env["crm.lead"].create(self._lead_values())
            self._note_origins(sheet)
        self._land_consents(sheet)
        column = "lead_id" if sheet._name == "crm.lead" else "partner_id"
        landed = {"state": "landed", "landed_at": fields.Datetime.now(), "problem": False}
        self.write({**landed, column: sheet.id})

    # -- a new lead ------------------------------------------------------------------------

    def _lead_values(self):
        """Return the values of a new lead: no owner, never the contact: it would be changed."""
        form, values = self.form_id, self.values or {}
        team = form.team_id
        written = self.env["customer.sheet.question"]._plain_write(values, "crm.lead")
        return {
            "user_id": False,
            "team_id": team.id,
            "type": self._lead_type(team),
            "company_id": self.company_id.id,
            "sheet_source_id": form.source_id.id,
            "campaign_id": (self.campaign_id or form.campaign_id).id,
            "medium_id": (self.medium_id or form.medium_id).id,
            "source_id": self.source_id.id,
            "lang_id": self.env["res.lang"]._get_data(code=self.lang or "").id,
            "description": self._lead_description(),
            **written,
            "name": self._lead_name(),
        }

    @api.model
    def _lead_type(self, team):
        """Return lead or opportunity, as stock's settings and the team say."""
        uses_leads = self.env.user.has_group("crm.group_use_lead")
        return "lead" if uses_leads and (not team or team.use_leads) else "opportunity"

    def _lead_name(self):
        values = self.values or {}
        who = values.get("company") or values.get("name") or values.get("email")
        what = values.get("need") or self.form_id.with_context(lang=None).name
        return f"{what[:120]}: {who}" if who else what

    def _lead_description(self):
        """Return the message, and the answers that a lead cannot hold."""
        write = self.env["customer.sheet.question"]._plain_write
        values = self.values or {}
        left = [code for code in values if not write({code: values[code]}, "crm.lead")]
        return self.env["ir.qweb"]._render(
            "crm_customer_sheet.submission_description",
            {"message": (self.message or "").splitlines(), "lines": self._lines(left)},
        )

    def _note_origins(self, lead):
        """Note of each answer that the person gave it."""
        questions = self.env["customer.sheet.question"].with_context(active_test=False)
        evidence = self._evidence()
        _method, actor = METHODS[self.channel]
        self.env["customer.sheet.answer"].create(
            [
                {
                    "lead_id": lead.id,
                    "question_id": question.id,
                    "state": "collected",
                    "origin": "zero" if actor == "subject" else "first",
                    "date": self.received_at,
                    "author_id": False if actor == "subject" else self.create_uid.id,
                    "evidence": evidence,
                }
                for question in questions.search([("code", "in", list(self.values or {}))])
            ]
        )

    def _evidence(self):
        """Return where an answer can be looked up again."""
        return self.env._(
            "%(form)s, submission %(uuid)s, %(date)s",
            form=self.version_id.display_name or self.form_id.name,
            uuid=self.uuid,
            date=format_datetime(self.env, self.received_at),
        )

    def _trace_text(self):
        """Return where it came from, a line each, as far as the user may see it (A12)."""
        notices = self.env["customer.sheet.consent.notice.version"].sudo()
        told = {box["notice_version_id"] for box in self.consents or ()} - {None, False}
        seen = [name for name in ORIGIN if self._has_field_access(self._fields[name], "read")]
        fields_ = [self._fields[name] for name in seen if self[name]]
        return "\n".join(
            [
                self._evidence(),
                *notices.browse(told).exists().mapped("display_name"),
                *(self._trace_line(field) for field in fields_),
            ]
        )

    def _trace_line(self, field):
        value = self[field.name]
        return self.env._(
            "%(label)s: %(value)s",
            label=field._description_string(self.env),
            value=value.display_name if isinstance(value, models.BaseModel) else value,
        )

    # -- decisions on being contacted --------------------------------------------------------

    def _land_consents(self, sheet):
        """Append what the person ticked to the ledger, with the words and the trace."""
        for box in self.consents or ():
            if box["given"] or self.channel == "api":
                self._land_consent(sheet, box)

    def _land_consent(self, sheet, box):
        """Append one decision, or ask for it by e-mail where only that counts."""
        method, actor = METHODS[self.channel]
        state = "given" if box["given"] else "refused"
        if box["given"] and box["double_opt_in"]:
            return self._land_request(sheet, box)
        return sheet._sheet_consent_record(
            [{"purpose": box["purpose"], "channel": box["channel"], "state": state}],
            method=method,
            actor_kind=actor,
            box="unticked" if self.channel == "form" else "none",
            effective_at=box.get("at") or self.received_at,
            **self._consent_evidence(box),
        )

    def _consent_evidence(self, box):
        versions = self.env["customer.sheet.consent.notice.version"]
        return {
            "label": box["words"],
            "notice_version": versions.browse(box["notice_version_id"] or ()).exists(),
            "payload": {name: self[name] for name in TRACE} | {"form": self._evidence()},
            "idempotency_key": f"submission:{self.form_id.id}:{self.uuid}",
        }

    def _land_request(self, sheet, box):
        """Ask the person by e-mail; nothing changes before they confirm."""
        purpose = self.env["customer.sheet.consent.purpose"]._by_code(box["purpose"])
        try:
            sheet._sheet_opt_in_check(purpose, box["channel"])
        except UserError as why:
            sheet._message_log(body=str(why))
            return
        if self._has_been_asked(sheet, box):
            sheet._message_log(
                body=self.env._("This address was asked to confirm already, within a day.")
            )
            return
        requests = sheet._sheet_consent_record(
            [{"purpose": box["purpose"], "channel": box["channel"], "state": "requested"}],
            method="double_opt_in",
            actor_kind=METHODS[self.channel][1],
            **self._consent_evidence(box),
        )
        for request in requests:
            sheet._sheet_opt_in_send(request)

    @api.model
    def _has_been_asked(self, sheet, box):
        """Note that an address is asked to confirm; return whether it was today, whatever the name.

        Anybody can write the address of somebody else into a form, again and again.
        """
        visits, address = self.env["customer.sheet.visit"], sheet._sheet_contact_point("email")
        asked = f"{address} {box['purpose']} {box['channel']}"
        has_been = visits._is_over("opt_in", asked, 1, hours=24)
        visits._note("opt_in", asked)
        return has_been
