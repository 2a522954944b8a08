from odoo import api, models
from odoo.tools import SQL

from ..forms.content import labels
from ..forms.form import SLUG
from ..settings import API_MINUTE

#: Keys of this scope open the API of forms, and nothing else of Odoo.
SCOPE = "crm_customer_sheet"

#: So many signs of a key find it among the others; stock keeps no more of it in the clear.
INDEX = 8

MINUTE = 1 / 60


class CustomerSheetForm(models.Model):
    """The door of other programs (F7): who may send, how often, and what they are told."""

    _inherit = "customer.sheet.form"

    @api.model
    def _api_user(self, key):
        """Return whose key this is, nobody if it opens no form.

        It was revoked, has expired, its user was archived; or it opens all of Odoo: who has such
        a key is not to leave it in a website.
        """
        users = self.env["res.users"]
        scoped = SQL(
            "SELECT id FROM res_users_apikeys WHERE index = %s AND scope = %s", key[:INDEX], SCOPE
        )
        if not key.isascii() or "\0" in key or not self.env.execute_query(scoped):
            return users
        return users.browse(self.env["res.users.apikeys"]._check_credentials(scope=SCOPE, key=key))

    @api.model
    def _api_form(self, slug):
        """Return the published form at an address, among those that the user may see."""
        if not SLUG.fullmatch(slug) or not self.has_access("read"):
            return self.browse()
        return self.search([("slug", "=", slug)]).filtered("version_id")

    @api.model
    def _api_is_over(self):
        """Note that this user's keys send something; return whether they do so too often."""
        visits, who = self.env["customer.sheet.visit"].sudo(), str(self.env.uid)
        is_over = visits._is_over("api", who, API_MINUTE.value(self.env), hours=MINUTE)
        visits._note("api", who)
        return is_over

    def _api_is_alone(self, uuid):
        """Return whether nobody else is sending the same submission at this moment."""
        lock = f"customer_sheet_submission:{self.id}:{uuid}"
        [[is_alone]] = self.env.execute_query(
            SQL("SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))", lock)
        )
        return is_alone

    def _api_labels(self, lang):
        """Return ``{code: label}`` of what the form asks."""
        return labels(self.version_id.sudo()._said(lang))
