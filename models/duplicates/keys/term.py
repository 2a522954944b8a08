from odoo import api, fields, models

#: How many records there were when the names were counted, and the last row stored by then.
RECORDS = "crm_customer_sheet.match_records"
LAST_ROW = "crm_customer_sheet.match_last_row"


class CustomerSheetMatchTerm(models.Model):
    """How rare a word is in the names of this database, in bits (C6: "Mohamed" weighs less)."""

    _name = "customer.sheet.match.term"
    _description = "Rarity of a Name"
    _log_access = False
    _rec_name = "term"

    term = fields.Char(required=True)
    bits = fields.Float(required=True, index=True)  # what an unknown word is worth: the most

    _term_unique = models.Constraint("UNIQUE (term)", "A word is counted once.")

    @api.model
    def _count_if_grown(self, by):
        """Count the names anew if the database has about ``by`` times as many rows as then."""
        setting = self.env["ir.config_parameter"].sudo().get_param
        if self._last_row() > by * int(setting(LAST_ROW) or 0):
            self._count()

    @api.model
    def _last_row(self):
        self.env.cr.execute("SELECT COALESCE(max(id), 0) FROM customer_sheet_match_profile")
        return self.env.cr.fetchone()[0]

    @api.model
    def _count(self):
        """Count the names anew; profiles whose rarity moved much follow."""
        self.env.cr.execute("SELECT count(*) FROM customer_sheet_match_profile")
        [count] = self.env.cr.fetchone()
        setting = self.env["ir.config_parameter"].sudo().set_param
        setting(RECORDS, str(count))
        setting(LAST_ROW, str(self._last_row()))
        # several processes can share the counting for a new table, not for an INSERT
        self.env.cr.execute(
            """
            CREATE TEMPORARY TABLE sheet_match_count ON COMMIT DROP AS
            SELECT term, count(*) AS count
              FROM customer_sheet_match_profile,
                   unnest(string_to_array(COALESCE(name, firm), ' ')) AS w(term)
             WHERE term <> '' GROUP BY term
            """
        )
        self.env.cr.execute("DELETE FROM customer_sheet_match_term")
        self.env.cr.execute(
            "INSERT INTO customer_sheet_match_term (term, bits)"
            " SELECT term, log(2, sum(count) OVER () / count) FROM sheet_match_count"
        )
        self.env.cr.execute("DROP TABLE sheet_match_count")
        self.env.cr.execute("ANALYZE customer_sheet_match_term")
        self._follow()

    @api.model
    def _follow(self):
        """Bring the rarity of names up to date where it makes a difference to a score."""
        most = self.env["customer.sheet.match.rule"]._plan().most_bits
        self.env.cr.execute(
            """
            UPDATE customer_sheet_match_profile p SET bits = n.bits
              FROM (SELECT r.id, sum(t.bits) AS bits
                      FROM customer_sheet_match_profile r,
                           unnest(string_to_array(COALESCE(name, firm), ' ')) AS w(term)
                      JOIN customer_sheet_match_term t ON t.term = w.term GROUP BY r.id) n
             WHERE n.id = p.id AND (p.bits IS NULL
                   OR abs(LEAST(p.bits, %(most)s) - LEAST(n.bits, %(most)s)) > 1)
            """,
            {"most": most},
        )
