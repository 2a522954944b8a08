from collections import defaultdict

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...sheet.fields import check_sheet_user

#: What says who signs in, and where a new password is sent to.
SIGN_IN_TOPICS = {"name", "email"}

TRUSTS_ACCOUNTS = "account.group_validate_bank_account"


class CustomerSheetMerge(models.Model):
    """Who may merge, what must not be merged, and what one should know before."""

    _inherit = "customer.sheet.merge"

    @api.model
    def _check_may_merge(self, records):
        """Refuse users without the customer sheet, or who may not write all the records."""
        check_sheet_user(self.env)
        records.check_access("write")

    @api.model
    def _raise_blocks(self, survivor, tails):
        blocks = self._blocks(survivor._name, [(survivor.id, (tails - survivor).ids)])
        if texts := blocks.get(survivor.id):
            raise UserError("\n".join(texts))

    @api.model
    def _blocks(self, host, groups):
        """Return ``{survivor id: [why its group cannot be merged]}``; checked in sets.

        :param groups: list of ``(survivor id, tail ids)``
        """
        found = {}
        checks = [self._block_counts]
        checks += [self._block_contacts] if host == "res.partner" else []
        rows = {each: survivor for survivor, tails in groups for each in (survivor, *tails)}
        for check in checks:
            for survivor, text in check(host, groups, rows):
                texts = found.setdefault(survivor, [])
                if text not in texts:
                    texts.append(text)
        return found

    @api.model
    def _block_counts(self, host, groups, rows):
        """Yield groups of records that are merged already or of two companies."""
        known = self.env.execute_query_dict(
            SQL(
                "SELECT id, company_id, sheet_merged_into_id AS into FROM %s WHERE id = ANY(%s)",
                SQL.identifier(self.env[host]._table),
                list(rows),
            )
        )
        companies = {}
        for row in known:
            survivor = rows[row["id"]]
            companies.setdefault(survivor, set()).add(row["company_id"])
            if row["into"]:
                yield (
                    survivor,
                    self.env._("One of them has already been merged into another. Leave it out."),
                )
        for survivor, _tails in groups:
            if survivor not in companies:
                yield survivor, self.env._("One of the records no longer exists.")
            elif len(companies[survivor] - {None}) > 1:
                yield (
                    survivor,
                    self.env._(
                        "They belong to different companies. Leave out those of the other company."
                    ),
                )

    @api.model
    def _block_contacts(self, host, groups, rows):
        """Yield groups of contacts that Odoo or the law need as they are."""
        ids = list(rows)
        own = "SELECT partner_id FROM res_company WHERE partner_id = ANY(%s)"
        for (row_id,) in self.env.execute_query(SQL(own, ids)):
            yield (
                rows[row_id],
                self.env._(
                    "%(contact)s is the address of one of your own companies. Leave it out.",
                    contact=self._contact_name(row_id),
                ),
            )
        yield from self._block_users(host, groups, rows)
        yield from self._block_family(rows)
        yield from self._block_sealed(groups)

    @api.model
    def _block_family(self, rows):
        """Yield groups with a contact and one of its parents."""
        for child, parent in self.env.execute_query(
            SQL(
                """
                WITH RECURSIVE up(id, ancestor) AS (
                    SELECT id, parent_id FROM res_partner
                     WHERE id = ANY(%(ids)s) AND parent_id IS NOT NULL
                    UNION
                    SELECT up.id, p.parent_id FROM up JOIN res_partner p ON p.id = up.ancestor
                     WHERE p.parent_id IS NOT NULL
                )
                SELECT id, ancestor FROM up WHERE ancestor = ANY(%(ids)s)
                """,
                ids=list(rows),
            )
        ):
            if rows[child] == rows[parent]:
                yield (
                    rows[child],
                    self.env._(
                        "%(child)s belongs to %(parent)s: a contact is not merged with its own"
                        " company. Leave one of them out.",
                        child=self._contact_name(child),
                        parent=self._contact_name(parent),
                    ),
                )

    @api.model
    def _block_sealed(self, groups):
        """Yield groups of which a tail has entries that a seal protects against any change."""
        if (
            "account.move" not in self.env
            or "inalterable_hash" not in self.env["account.move"]._fields
        ):
            return
        survivors = {tail: survivor for survivor, tails in groups for tail in tails}
        for (tail,) in self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT l.partner_id
                  FROM account_move_line l
                  JOIN account_move m ON m.id = l.move_id
                 WHERE l.partner_id = ANY(%s)
                   AND m.inalterable_hash IS NOT NULL
                """,
                list(survivors),
            )
        ):
            yield (
                survivors[tail],
                self.env._(
                    "%(contact)s has sealed accounting entries, which nobody may change. Keep this"
                    " contact and merge the others into it.",
                    contact=self._contact_name(tail),
                ),
            )

    @api.model
    def _contact_name(self, record_id):
        return self.env["res.partner"].sudo().browse(record_id).display_name

    # -- warnings ----------------------------------------------------------

    @api.model
    def _warnings(self, survivor, tails):
        """Return what one should know before merging, as whole sentences."""
        members = (survivor | tails).sudo().with_context(active_test=False)
        warnings = []
        if len(set(members.mapped("company_id.id"))) > 1:
            warnings.append(
                self.env._("Some belong to a company, others to all: the kept one belongs to all.")
            )
        if members._name == "res.partner":
            warnings += self._contact_warnings(survivor, tails.sudo(), members)
        return warnings

    @api.model
    def _contact_warnings(self, survivor, tails, members):
        if len(set(members.mapped("is_company"))) > 1:
            yield self.env._("You are about to merge a company with a person.")
        ids = {each for each in members.mapped("vat") if each}
        registries = {each for each in members.mapped("company_registry") if each}
        if len(ids) > 1 or len(registries) > 1:
            yield self.env._("Their company IDs or VAT numbers differ: are they the same company?")
        yield from self._user_warnings(survivor, tails)
        if "account.move" in self.env:
            posted = self.env["account.move"].sudo()
            count = posted.search_count([("partner_id", "in", tails.ids), ("state", "=", "posted")])
            if count:
                yield self.env._(
                    "Posted invoices or entries that will carry the name of %(kept)s: %(count)s.",
                    count=count,
                    kept=survivor.display_name,
                )

    # -- contacts with which somebody signs in, and accounts that are paid to --
    #
    # A merge writes in SQL. It changes no user, no contact of a user and no trusted account that
    # the person who merges (``env.uid``, superuser or not) could not change otherwise.

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
        """Return ``{survivor id: names of what the person may not change, topics and others}``.

        A field that a person may not write stays as it is; so do name and e-mail of a contact
        with which somebody signs in to the portal.
        """
        model = self.env[survivors._name].with_user(self.env.uid)
        columns = {topic.name: topic.columns for topic in self._topics(survivors._name)}
        columns |= {name: (name,) for name in self._joined_fields(survivors._name)}
        hidden = {
            name
            for name, names in columns.items()
            if not all(model._has_field_access(model._fields[n], "write") for n in names)
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
