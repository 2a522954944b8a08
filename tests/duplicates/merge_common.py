from odoo.tests import TransactionCase
from odoo.tools import SQL

from ...models.sheet import references
from ..people import people

#: Not part of what a merge may leave behind.
JOURNAL = ("customer_sheet_merge", "customer_sheet_merge_line", "customer_sheet_merge_run")


class MergeCase(TransactionCase):
    """A rep, a steward and contacts with documents of every kind."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rep, cls.rival, cls.steward, cls.outsider = people(
            cls.env, "rep", "rival", "steward", "outsider"
        )
        cls.merges = cls.env["customer.sheet.merge"]
        cls.france = cls.env.ref("base.fr")

    @classmethod
    def contact(cls, name, **values):
        """Create a contact."""
        return cls.env["res.partner"].create({"name": name, **values})

    @classmethod
    def lead(cls, name, **values):
        """Create an opportunity."""
        values = {"type": "opportunity", **values}
        return cls.env["crm.lead"].create({"name": name, **values})

    def merge(self, survivor, tails, user=None, **options):
        """Merge as the sales rep."""
        merges = self.merges.with_user(user or self.rep)
        who = {"survivor": survivor.with_env(merges.env), "tails": tails.with_env(merges.env)}
        return merges._merge(**who, **options)

    def tables(self, model="res.partner"):
        """Return the tables with anything that points at records of ``model``."""
        pointers = references.pointers(self.env, model)
        return sorted({self.env[model]._table, *(pointer.table for pointer in pointers)})

    def checksums(self, model="res.partner"):
        """Return ``{table: checksum of all its rows}``."""
        self.env.flush_all()
        return {
            table: self.env.execute_query(
                SQL(
                    "SELECT count(*), sum(hashtextextended(t::text, 0)::numeric) FROM %s t",
                    SQL.identifier(table),
                )
            )
            for table in self.tables(model)
            if table not in JOURNAL
        }

    def assertSameSums(self, before, after):
        changed = [table for table, rows in before.items() if after[table] != rows]
        self.assertFalse(changed, "these tables are not as they were")
