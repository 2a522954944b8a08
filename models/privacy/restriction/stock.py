"""What Odoo's own code does with restricted records: jobs leave them out, forms still open."""

from contextlib import contextmanager
from contextvars import ContextVar

from odoo import api, models
from odoo.fields import Domain

#: Set while such a job runs. Not a context key, which any RPC call can set.
_ASIDE = ContextVar("crm_customer_sheet_restricted_aside", default=False)


@contextmanager
def leaving_restricted_out():
    """Have searches find no restricted lead inside, whoever searches."""
    token = _ASIDE.set(True)
    try:
        yield
    finally:
        _ASIDE.reset(token)


class CrmTeam(models.Model):
    _inherit = "crm.team"

    def _action_assign_leads(self, *args, **kwargs):
        with leaving_restricted_out():
            return super()._action_assign_leads(*args, **kwargs)


class CrmLead(models.Model):
    _inherit = "crm.lead"

    @api.model
    def _search(self, domain, *args, **kwargs):
        if _ASIDE.get():
            domain = Domain(domain) & self._sheet_used_domain()
        return super()._search(domain, *args, **kwargs)

    def _compute_potential_lead_duplicates(self):
        with leaving_restricted_out():
            return super()._compute_potential_lead_duplicates()

    # -- a form says what of a lead differs from its contact: not from one that is hidden --

    def _get_partner_email_update(self, *args, **kwargs):
        hidden = self.partner_id._sheet_unused_why()
        return not hidden and super()._get_partner_email_update(*args, **kwargs)

    def _get_partner_phone_update(self, *args, **kwargs):
        hidden = self.partner_id._sheet_unused_why()
        return not hidden and super()._get_partner_phone_update(*args, **kwargs)


class DigestDigest(models.Model):
    _inherit = "digest.digest"

    def _compute_kpis(self, company, user):
        """Count no restricted lead, for whoever sees them neither."""
        with leaving_restricted_out():
            return super()._compute_kpis(company, user)


class MailThread(models.AbstractModel):
    _inherit = "mail.thread"

    def _message_get_suggested_recipients_batch(self, *args, **kwargs):
        """Propose nobody who is hidden from the user, instead of refusing the whole document."""
        partners = self.env["res.partner"]
        is_plain = not partners._sheet_is_any_restricted() or not kwargs.get("no_create", True)
        if is_plain or self.env.user._sheet_sees_restricted():
            return super()._message_get_suggested_recipients_batch(*args, **kwargs)
        threads = super(MailThread, self.sudo())
        found = threads._message_get_suggested_recipients_batch(*args, **kwargs)
        return {
            record_id: [
                each
                for each in recipients
                if not partners.browse(each["partner_id"] or ())._sheet_unused_why()
            ]
            for record_id, recipients in found.items()
        }
