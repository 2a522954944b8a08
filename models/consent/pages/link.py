from dataclasses import dataclass
from datetime import timedelta

from odoo import SUPERUSER_ID, api, fields, models
from odoo.tools import hash_sign, verify_hash_signed

from ...sheet.fields import HOSTS
from ..ledger.words import POINT_OF_CHANNEL
from ..settings import LINK_DAYS, OPT_IN_DAYS, REMINDER_DAYS, UNSUBSCRIBE_DAYS

#: How long the links of each kind live, and when a request for consent is repeated.
DAYS = {
    "preferences": LINK_DAYS,
    "unsubscribe": UNSUBSCRIBE_DAYS,
    "opt_in": OPT_IN_DAYS,
    "reminder": REMINDER_DAYS,
}


@dataclass(frozen=True)
class LinkHolder:
    """Whoever holds a valid link, which only its mail contained.

    ``purpose`` is a code, ``request`` a hash.  ``sheet`` is empty where no contact or lead has
    the address of that mail any more.
    """

    sheet: models.Model
    subject: models.Model
    point_hash: str
    channel: str
    purpose: str
    request: str

    @property
    def company(self):
        """The company that the person deals with; empty: the one of the website."""
        return self.sheet.company_id if self.sheet else None


class CustomerSheetConsentLink(models.AbstractModel):
    """Signed links of consent mails.  Nothing is stored: a link carries what it stands for.

    It names its contact or lead, and in case that is merged or deleted before the link is
    used also the person of the ledger and the keyed hash of the address.
    """

    _name = "customer.sheet.consent.link"
    _description = "Consent Link"

    @api.model
    def _sign(self, kind, sheet, channel="email", purpose="", request="", expires_at=None):
        """Return a token for the holder of the e-mail address of ``sheet``.

        :param kind: a key of ``DAYS``: a token opens no page of another kind
        :param request: the hash of the event that an opt-in link answers
        :param expires_at: when the link dies, if not as the settings say
        """
        subject = sheet._sheet_consent_subjects()[:1]
        values = [
            sheet._name,
            sheet.id,
            subject.uuid or "",
            self._address_hash(sheet) or "",
            channel,
            purpose,
            request,
        ]
        expires_at = expires_at or fields.Datetime.now() + self._days(kind)
        return hash_sign(self.sudo().env, self._scope(kind), values, expiration=expires_at)

    @api.model
    def _open(self, kind, token):
        """Return the :class:`LinkHolder` of a token, or None: forged, expired or garbled."""
        values = self._verified(kind, token)
        if not values:
            return None
        model, sheet_id, uuid, point_hash, *rest = values
        subjects = self.env["customer.sheet.consent.subject"].sudo()
        subject = subjects.search([("uuid", "=", uuid)]) if uuid else subjects
        subject = subjects.browse(subject._roots().values())
        sheet = self.env[model].sudo().browse(sheet_id).exists()
        sheets = [sheet, *self._sheets_of(subject)]
        found = next((each for each in sheets if self._has_address(each, point_hash)), sheet[:0])
        return LinkHolder(found, subject, point_hash, *rest)

    @api.model
    def _verified(self, kind, token):
        try:
            values = verify_hash_signed(self.sudo().env, self._scope(kind), token)
        except ValueError:  # what stock raises on anything that is no token
            return None
        if not values or len(values) != 7 or values[0] not in HOSTS:
            return None
        purposes = self.env["customer.sheet.consent.purpose"]
        return values if not values[5] or values[5] in purposes._ids_by_code() else None

    @api.model
    def _sheets_of(self, subject):
        """Return the contacts and leads of a person, contacts first."""
        links = self.env["customer.sheet.consent.subject.link"].sudo()
        links = links.search([("root_id", "in", list(subject._roots().values()))])
        return [*links.partner_id, *links.lead_id]

    @api.model
    def _has_address(self, sheet, point_hash):
        return bool(sheet and point_hash) and self._address_hash(sheet) == point_hash

    @api.model
    def _address_hash(self, sheet):
        subjects = self.env["customer.sheet.consent.subject"]
        return subjects._hash_point("email", sheet.sudo()._sheet_contact_point("email"))

    @api.model
    def _days(self, kind):
        return timedelta(days=DAYS[kind].value(self.env))

    @api.model
    def _scope(self, kind):
        return f"crm_customer_sheet.consent.{kind}"

    @api.model
    def _mail(self, template, company, address, lang, **facts):
        """Queue a mail with a link for nobody but the owner of an address.

        The mail is neither in the chatter nor by the current user: whoever reads its link
        could answer in the person's place.

        :param template: XML id of a template of ``res.company``
        :param facts: what the template reads from its context
        """
        company = (company or self.env.company).sudo()
        template = self.env.ref(f"crm_customer_sheet.{template}")
        template = template.with_user(SUPERUSER_ID).with_company(company)
        template.with_context(sheet_lang=lang, **facts).send_mail(
            company.id,
            email_values={
                "email_to": address,
                "model": False,
                "res_id": False,
                "author_id": self.env.ref("base.partner_root").id,
                "auto_delete": True,
            },
        )
        self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger()

    # -- what every holder may do --------------------------------------------

    @api.model
    def _object(self, holder, cells, **evidence):
        """Take a person out of ``cells``, also where their contact or lead is gone.

        A consent is withdrawn; where none was given, the person objects.  Cells that are
        closed already are left alone: the same click twice is one decision.

        :param cells: list of ``(purpose code, channel)``
        :param evidence: as :meth:`_sheet_consent_record` takes it
        :return: the new events
        """
        standing = self._standing(holder)
        decisions = [
            {"purpose": purpose, "channel": channel, "state": state}
            for purpose, channel in cells
            if (state := _closing(standing.get((purpose, channel))))
        ]
        if not decisions:
            return self.env["customer.sheet.consent.event"]
        if holder.sheet:
            return holder.sheet._sheet_consent_record(decisions, actor_kind="subject", **evidence)
        return self._object_of_address(holder, decisions, evidence)

    @api.model
    def _standing(self, holder):
        """Return ``{(purpose code, channel): state}`` of a holder."""
        subjects = holder.sheet and holder.sheet._sheet_consent_subjects() or holder.subject
        states = self.env["customer.sheet.consent.state"].sudo()
        rows = states.search([("subject_id", "in", subjects.ids)], order="effective_at, id")
        return {(row.purpose_id.code, row.channel): row.state for row in rows}

    @api.model
    def _object_of_address(self, holder, decisions, evidence):
        subjects = self.env["customer.sheet.consent.subject"].sudo()
        subject = holder.subject or subjects._for_point_hash(holder.point_hash)
        purposes = self.env["customer.sheet.consent.purpose"]
        payload = {**(evidence.get("payload") or {}), "label": evidence.get("label")}
        key = evidence.get("idempotency_key")
        return self.env["customer.sheet.consent.event"]._append(
            [
                {
                    "subject_id": subject.id,
                    "purpose_id": purposes._by_code(decision["purpose"]).id,
                    "channel": decision["channel"],
                    "state": decision["state"],
                    "point_hash": _email_only(decision["channel"], holder.point_hash),
                    "method": evidence["method"],
                    "actor_kind": "subject",
                    "box": evidence.get("box", "none"),
                    "idempotency_key": key
                    and f"{key}:{subject.uuid}:{decision['purpose']}:{decision['channel']}",
                    "payload": payload,
                }
                for decision in decisions
            ]
        )


def _closing(state):
    """Return the decision that closes a cell in ``state``, or None where it is closed."""
    if state in ("given", "renewed"):
        return "withdrawn"
    return None if state in ("refused", "withdrawn", "objected") else "objected"


def _email_only(channel, point_hash):
    return point_hash if POINT_OF_CHANNEL[channel] == "email" else None
