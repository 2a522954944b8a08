from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...sheet.fields import check_sheet_user


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
                    "%(count)s posted invoices or entries will carry the name of %(kept)s.",
                    count=count,
                    kept=survivor.display_name,
                )
