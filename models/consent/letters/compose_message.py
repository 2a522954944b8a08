from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.mail import email_normalize_all

from ...sheet.fields import HOSTS, SHEET_USER
from .judge import Letter, LetterJudge, Recipient, mailing_options
from .message import PURPOSE
from .thread import POSTING

#: So many names fit into an error.
MOST_NAMED = 10

#: So many people are named; the rest is counted.
MOST_TOLD = 100


class MailComposeMessage(models.TransientModel):
    """Whoever writes says what for; what may not be sent is refused before it is posted (one
    message) or cancelled with its reason (many)."""

    _inherit = "mail.compose.message"

    sheet_consent_purpose_id = fields.Many2one(
        "customer.sheet.consent.purpose",
        "Purpose",
        compute="_compute_sheet_consent_purpose_id",
        store=True,
        readonly=False,
        compute_sudo=True,
        help="What the message is for. Leave empty for ordinary correspondence.",
    )

    # -- says before sending to many who will not be written to, and why -------
    sheet_consent_alert = fields.Char(
        compute="_compute_sheet_consent_alert", compute_sudo=False, groups=SHEET_USER
    )
    sheet_consent_refused = fields.Html(
        compute="_compute_sheet_consent_alert",
        compute_sudo=False,
        sanitize=False,
        groups=SHEET_USER,
    )
    sheet_consent_show_refused = fields.Boolean("Show them", groups=SHEET_USER)

    @api.depends(lambda self: self._sheet_purpose_depends())
    def _compute_sheet_consent_purpose_id(self):
        """The purpose of the template or of the mailing campaign; one already chosen stays.

        Messages to many contacts or leads are prospecting unless somebody says otherwise, and
        mailings to anybody else are newsletters.
        """
        for composer in self:
            composer.sheet_consent_purpose_id = (
                composer.template_id.sheet_consent_purpose_id
                or composer._sheet_chosen_purpose()
                or composer._sheet_default_purpose()
            )

    @api.model
    def _sheet_purpose_depends(self):
        optional = ("mass_mailing_id", "mass_mailing_name", "campaign_id")
        names = [name for name in optional if name in self._fields]
        return ["template_id", "composition_mode", "model", *names]

    def _sheet_chosen_purpose(self):
        """Return the purpose that is on the form; reading the field would cost a query."""
        field = self._fields[PURPOSE]
        return field.convert_to_record(field._get_cache(self.env).get(self.id), self)

    def _sheet_is_mailing(self):
        if self.composition_mode != "mass_mail" or "mass_mailing_id" not in self._fields:
            return False
        return bool(self.mass_mailing_id or self.mass_mailing_name)

    def _sheet_default_purpose(self):
        purposes = self.env["customer.sheet.consent.purpose"]
        if self.composition_mode != "mass_mail":
            return purposes
        is_mailing = self._sheet_is_mailing()
        if is_mailing:
            campaign = self.campaign_id or self.mass_mailing_id.campaign_id
            if campaign.sheet_consent_purpose_id:
                return campaign.sheet_consent_purpose_id
        if self.model in HOSTS:
            return purposes._by_code("prospecting")
        return purposes._by_code("newsletter") if is_mailing else purposes

    def _sheet_marketing_purpose(self):
        """Return the purpose if people may object to it, as superuser."""
        return self.sudo().sheet_consent_purpose_id.filtered("is_marketing")

    # -- sending ---------------------------------------------------------------

    def action_send_mail(self):
        for composer in self:
            mass = composer.composition_mode == "mass_mail" and composer.model in HOSTS
            if mass and not composer.sudo().sheet_consent_purpose_id:
                raise UserError(
                    self.env._("“Purpose” is empty. Choose what these messages are for.")
                )
        return super().action_send_mail()

    def _prepare_mail_values_static(self):
        values = super()._prepare_mail_values_static()
        if purpose := self.sudo().sheet_consent_purpose_id:
            values[PURPOSE] = purpose.id
        return values

    def _action_send_mail_comment(self, res_ids):
        self._sheet_refuse_comment(res_ids)
        return super()._action_send_mail_comment(res_ids)

    def _action_schedule_message(self):
        for composer in self:
            composer._sheet_refuse_comment(composer._evaluate_res_ids())
        return super()._action_schedule_message()

    def _sheet_refuse_comment(self, res_ids):
        """Refuse to post a message that may not reach whom it is for.

        :raise UserError: with every reason in words
        """
        purpose = self._sheet_marketing_purpose()
        if not purpose or self.subtype_is_log or POSTING.get():
            return
        refused = self._sheet_refused(purpose, res_ids, self.sudo().partner_ids)
        if refused:
            lines = [f"- {name}: {words}" for name, words in refused]
            raise UserError(
                self.env._(
                    "This message for “%(purpose)s” may not be sent.\n%(lines)s\nRecord a new"
                    " decision of the person, or choose the purpose that fits.",
                    purpose=purpose.name,
                    lines="\n".join(lines[:MOST_NAMED]),
                )
            )

    def _sheet_refused(self, purpose, res_ids, partners):
        """Return ``[(name, reasons in words)]`` of who may not be written to."""
        to = [(partner, email_normalize_all(partner.email) or [""]) for partner in partners]
        others = [Recipient(each, partner.id) for partner, found in to for each in found]
        own = self._sheet_own(res_ids)
        letters = [
            Letter(self.model, res_id, (*own.get(res_id, ()), *others)) for res_id in res_ids
        ]
        judge = LetterJudge(purpose, letters)
        refused = {}
        for letter in letters:
            for recipient, ruling in judge.rulings(letter).items():
                if ruling.reasons:
                    name = self._sheet_name(letter, recipient)
                    refused.setdefault(name, " ".join(ruling.reasons))
        return list(refused.items())

    def _sheet_own(self, res_ids):
        """Return ``{record id: (itself as a recipient,)}`` of those with an address."""
        if self.model not in HOSTS:
            return {}
        is_contact = self.model == "res.partner"
        return {
            record.id: (Recipient(address, is_contact and record.id),)
            for record in self.env[self.model].sudo().browse(res_ids)
            if (address := record._sheet_contact_point("email"))
        }

    def _sheet_name(self, letter, recipient):
        if recipient.partner_id:
            return self.env["res.partner"].sudo().browse(recipient.partner_id).display_name
        return self.env[letter.model].sudo().browse(letter.res_id).display_name

    # -- sending to many -------------------------------------------------------

    def _process_mail_values_state(self, mail_values_dict):
        """Cancel at once, with its reason, what may not be sent; it is judged again when sent."""
        values_by_id = super()._process_mail_values_state(mail_values_dict)
        purpose = self._sheet_marketing_purpose()
        if purpose:
            alive = {
                res_id: values
                for res_id, values in values_by_id.items()
                if values.get("state") not in ("cancel", "exception")
            }
            self._sheet_cancel(purpose, alive)
        return values_by_id

    def _sheet_cancel(self, purpose, values_by_id):
        letters = self._sheet_letters(values_by_id)
        judge = LetterJudge(purpose, list(letters.values()))
        for res_id, letter in letters.items():
            rulings = list(judge.rulings(letter).values())
            if rulings and all(ruling.reasons for ruling in rulings):
                values_by_id[res_id].update(
                    state="cancel",
                    failure_type=rulings[0].failure,
                    failure_reason=" ".join(rulings[0].reasons),
                    is_notification=False,  # like stock: a cancelled mail is not in the chatter
                )

    def _sheet_letters(self, values_by_id):
        """Return ``{record id: Letter}`` of mails that are about to be created."""
        partners = self.env["res.partner"].sudo()
        of_mail = {
            res_id: [command[1] for command in values.get("recipient_ids") or [] if command[1]]
            for res_id, values in values_by_id.items()
        }
        partners = partners.browse(dict.fromkeys(id_ for ids in of_mail.values() for id_ in ids))
        emails = {partner.id: email_normalize_all(partner.email) or [""] for partner in partners}
        options = mailing_options(self.model, self._sheet_is_mailing() and self)
        letters = {}
        for res_id, values in values_by_id.items():
            typed = [email_normalize_all(values.get(name)) for name in ("email_to", "email_cc")]
            recipients = [Recipient(each, False) for found in typed for each in found]
            recipients += [Recipient(each, id_) for id_ in of_mail[res_id] for each in emails[id_]]
            letters[res_id] = Letter(self.model, res_id, tuple(recipients), **options)
        return letters

    # -- says before sending to many who will not be written to, and why -------

    @api.depends("composition_mode", "model", "res_domain", "res_ids", "sheet_consent_purpose_id")
    def _compute_sheet_consent_alert(self):
        for composer in self:
            refused, count = composer._sheet_refused_of_many()
            composer.sheet_consent_alert = composer._sheet_alert_words(len(refused), count)
            composer.sheet_consent_refused = composer._sheet_refused_list(refused)

    def _sheet_refused_of_many(self):
        """Return ``([(record, reasons)], number of records)`` of the selected contacts or leads."""
        purpose = self._sheet_marketing_purpose()
        if not purpose or self.composition_mode != "mass_mail" or self.model not in HOSTS:
            return [], 0
        records = self.env[self.model]
        if self.res_domain:
            records = records.search(self._evaluate_res_domain())
        else:
            records = records.browse(self._evaluate_res_ids())
        sheets = records.filtered_domain(records._sheet_domain())
        answers = sheets._can_contact_batch(purpose.code, "email")
        refused = [
            (record, answers[record.id]["reasons"])
            for record in sheets
            if not answers[record.id]["allowed"]
        ]
        return refused, len(records)

    def _sheet_alert_words(self, refused, count):
        if not refused:
            return False
        return self.env._(
            "%(refused)s of %(count)s may not be contacted for “%(purpose)s”. Their messages will"
            " be cancelled, with the reason.",
            refused=refused,
            count=count,
            purpose=self.sudo().sheet_consent_purpose_id.name,
        )

    def _sheet_refused_list(self, refused):
        """Return the people and the reasons as a list of links that leave the composer open."""
        lines = [
            Markup('<li><a class="text-reset" href="/odoo/%s/%s" target="_blank">%s</a>: %s</li>')
            % (record._name, record.id, record.display_name, " ".join(reasons))
            for record, reasons in refused[:MOST_TOLD]
        ]
        if len(refused) > MOST_TOLD:
            more = self.env._("and %(count)s more", count=len(refused) - MOST_TOLD)
            lines.append(Markup("<li>%s</li>") % more)
        return Markup("<ul>%s</ul>") % Markup().join(lines) if lines else False
