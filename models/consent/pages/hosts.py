from odoo import SUPERUSER_ID, models


class CustomerSheetMixin(models.AbstractModel):
    """The links by which people look after their own choices, without a login."""

    _inherit = "customer.sheet.mixin"

    def _sheet_preference_url(self):
        """Return the absolute address of this person's preference page, or False.

        Whoever reads the mails of the person's address holds the link; it expires after
        ``crm_customer_sheet.consent_link_days`` and dies when the address changes.
        """
        return self._sheet_consent_url("preferences", "preferences")

    def _sheet_unsubscribe_url(self, purpose, channel="email"):
        """Return the absolute address that stops messages for a purpose, or False.

        For ``List-Unsubscribe`` (RFC 8058: a POST acts at once) and for the foot of a mail (a
        GET asks first).  Works for an objection even after the contact or lead is gone.

        :param purpose: the code of a purpose
        """
        return self._sheet_consent_url("unsubscribe", "unsubscribe", channel, purpose)

    def _sheet_consent_url(self, kind, path, *values, **more):
        self.ensure_one()
        if not self.sudo()._sheet_contact_point("email"):
            return False
        token = self.env["customer.sheet.consent.link"]._sign(kind, self, *values, **more)
        return f"{self.get_base_url()}/customer_sheet/{path}/{token}"

    def _sheet_consent_mail(self, template, **facts):
        """Queue a mail with a link for nobody but this person.

        The mail is neither in the chatter nor by the current user: whoever reads its link
        could answer in the person's place.

        :param template: XML id of a template of ``res.company``
        :param facts: what the template reads from its context
        """
        self.ensure_one()
        company = (self.company_id or self.env.company).sudo()
        template = self.env.ref(f"crm_customer_sheet.{template}")
        template = template.with_user(SUPERUSER_ID).with_company(company)
        address = self.sudo()._sheet_contact_point("email")
        template.with_context(sheet_lang=self._sheet_consent_lang(), **facts).send_mail(
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
