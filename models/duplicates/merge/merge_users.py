from collections import defaultdict

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL

#: What says who signs in, and where a new password is sent to.
SIGN_IN_TOPICS = {"name", "email"}
TRUSTS_ACCOUNTS = "account.group_validate_bank_account"


class CustomerSheetMerge(models.Model):
    """Contacts with which somebody signs in, and accounts that are paid to.

    A merge writes in SQL.  It changes no user, no contact of a user and no trusted account
    that the person who merges (``env.uid``, superuser or not) could not change otherwise.
    """

    _inherit = "customer.sheet.merge"

    @api.model
    def _block_users(self, host, groups, rows):
        """Yield groups that would change what only somebody else may change."""
        contacts = self.env[host].browse(rows)
        yield from self._block_system_users(contacts, rows)
        yield from self._block_two_users(contacts, rows)
        survivors = {survivor for survivor, _tails in groups}
        for user in contacts._sheet_foreign_users():
            contact = user.partner_id
            if contact.id not in survivors:
                yield rows[contact.id], self._tail_text(user)
            elif not user.share and user.id != self.env.uid:
                yield rows[contact.id], self._colleague_text(contact)
        yield from self._block_people(survivors, rows)
        yield from self._block_accounts(survivors, rows)

    @api.model
    def _tail_text(self, user):
        if user.share:
            return self.env._(
                "%(contact)s signs in to the portal as %(login)s. Keep this contact and merge the"
                " others into it, or ask an administrator.",
                contact=user.partner_id.display_name,
                login=user.login,
            )
        if user.id == self.env.uid:
            return self.env._(
                "%(contact)s is your own contact. Keep it and merge the others into it.",
                contact=user.partner_id.display_name,
            )
        return self._colleague_text(user.partner_id)

    @api.model
    def _colleague_text(self, contact):
        return self.env._(
            "%(contact)s is the contact of a user of Odoo, which only an administrator may change."
            " Leave it out, or ask an administrator.",
            contact=contact.display_name,
        )

    @api.model
    def _block_system_users(self, contacts, rows):
        refs = ("base.user_root", "base.public_user", "base.template_portal_user_id")
        for name in refs:
            user = self.env.ref(name, raise_if_not_found=False)
            contact = user.sudo().partner_id & contacts.sudo() if user else contacts.browse()
            if contact:
                yield (
                    rows[contact.id],
                    self.env._(
                        "%(contact)s is used by Odoo itself. Leave it out.",
                        contact=contact.display_name,
                    ),
                )

    @api.model
    def _block_two_users(self, contacts, rows):
        """Yield groups of several contacts with a user, as Odoo's own merge does."""
        found = defaultdict(set)
        for (contact,) in self.env.execute_query(
            SQL("SELECT partner_id FROM res_users WHERE partner_id = ANY(%s)", contacts.ids)
        ):
            found[rows[contact]].add(contact)
        for survivor, some in found.items():
            if len(some) > 1:
                yield (
                    survivor,
                    self.env._("Two of them sign in to Odoo. Keep one contact for each user."),
                )

    @api.model
    def _block_people(self, survivors, rows):
        """Yield groups of which a tail has people who are users: they would move."""
        tails = [each for each in rows if each not in survivors]
        people = self.env["res.partner"].sudo().with_context(active_test=False)
        for user in people.search([("parent_id", "in", tails)])._sheet_colleagues():
            contact = user.partner_id
            if contact.id not in rows:
                yield rows[contact.parent_id.id], self._colleague_text(contact)

    @api.model
    def _block_accounts(self, survivors, rows):
        """Yield groups of which a tail has a bank account that somebody trusts."""
        accounts = self.env["res.partner.bank"].sudo().with_context(active_test=False)
        tails = [each for each in rows if each not in survivors]
        for account in self._trusted(accounts.search([("partner_id", "in", tails)])):
            yield (
                rows[account.partner_id.id],
                self.env._(
                    "A bank account of %(contact)s is trusted for payments. Keep this contact and"
                    " merge the others into it, or ask an accountant.",
                    contact=account.partner_id.display_name,
                ),
            )

    @api.model
    def _trusted(self, accounts):
        """Return the accounts that are trusted, where the person is not who trusts them."""
        if "allow_out_payment" not in accounts._fields or self.env.user.has_group(TRUSTS_ACCOUNTS):
            return accounts.browse()
        return accounts.filtered("allow_out_payment")

    # -- what stays as it is -----------------------------------------------------

    @api.model
    def _fixed_topics(self, survivors):
        """Return ``{survivor id: names of the topics that the person may not change}``.

        A field that a person may not write stays as it is; so do name and e-mail of a contact
        with which somebody signs in to the portal.
        """
        model = self.env[survivors._name].with_user(self.env.uid)
        hidden = {
            topic.name
            for topic in self._topics(survivors._name)
            if not all(model._has_field_access(model._fields[n], "write") for n in topic.columns)
        }
        fixed = {each: hidden for each in survivors.ids}
        for user in self._others(survivors):
            fixed[user.partner_id.id] = hidden | SIGN_IN_TOPICS
        return fixed

    @api.model
    def _others(self, survivors):
        """Return the users, other than the person, of these survivors."""
        if survivors._name != "res.partner":
            return self.env["res.users"]
        return survivors._sheet_foreign_users().filtered(lambda user: user.id != self.env.uid)

    @api.model
    def _check_choices(self, survivor, choices):
        """Refuse that a person chooses, for a field that must stay, what another record has."""
        fixed = self._fixed_topics(survivor)[survivor.id]
        labels = [
            self._topic_label(survivor._name, topic)
            for topic in self._topics(survivor._name)
            if topic.name in fixed and choices.get(topic.name, survivor.id) != survivor.id
        ]
        if labels:
            raise UserError(
                self.env._(
                    "You may not change %(fields)s of %(record)s: keep what is there.",
                    fields=", ".join(f"“{label}”" for label in labels),
                    record=survivor.display_name,
                )
            )

    @api.model
    def _user_warnings(self, survivor, tails):
        """Yield who signs in with these contacts, and with which one afterwards."""
        moving = tails.sudo().with_context(active_test=False).user_ids.filtered("share")
        if moving:
            yield self.env._(
                "%(logins)s will sign in to the portal as %(kept)s.",
                logins=", ".join(moving.mapped("login")),
                kept=survivor.display_name,
            )
        if staying := self._others(survivor):
            yield self.env._(
                "%(logins)s signs in to the portal as %(kept)s: the name and the e-mail stay. You"
                " can change them on the contact itself.",
                logins=", ".join(staying.mapped("login")),
                kept=survivor.display_name,
            )
