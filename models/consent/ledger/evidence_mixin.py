from psycopg2 import sql

from odoo import api, models
from odoo.exceptions import UserError


class CustomerSheetConsentEvidenceMixin(models.AbstractModel):
    """Rows that nobody writes through the ORM, the superuser included.

    Their own model inserts them in SQL, from a private method; a trigger of PostgreSQL
    refuses changes made past the ORM.
    """

    _name = "customer.sheet.consent.evidence.mixin"
    _description = "Consent Evidence that Stays"
    _log_access = False

    @api.model_create_multi
    def create(self, vals_list):
        self._refuse()
        return super().create(vals_list)

    def write(self, vals):
        self._refuse()
        return super().write(vals)

    def unlink(self):
        self._refuse()
        return super().unlink()

    def _refuse(self):
        """Raise, whoever asks."""
        raise UserError(
            self.env._(
                "The ledger of consents cannot be written, changed or deleted by hand. Record a"
                " new decision on the contact or the lead instead."
            )
        )

    def _insert(self, rows):
        """Insert ``rows``, dictionaries with the same keys in the order of the table.

        :return: the new records, in the order of ``rows``
        """
        if not rows:
            return self.browse()
        statement = sql.SQL("INSERT INTO {} ({}) VALUES %s RETURNING id").format(
            sql.Identifier(self._table), sql.SQL(", ").join(map(sql.Identifier, rows[0]))
        )
        inserted = self.env.cr.execute_values(
            statement, [tuple(row.values()) for row in rows], page_size=1000, fetch=True
        )
        return self.browse(row[0] for row in inserted)
