from odoo import api, fields, models

#: How many records there were when the names were counted.
RECORDS = "crm_customer_sheet.match_records"


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
    def _count(self):
        """Count the names anew; profiles whose rarity moved much follow."""
        self.env.cr.execute("SELECT count(*) FROM customer_sheet_match_profile")
        [count] = self.env.cr.fetchone()
        self.env["ir.config_parameter"].sudo().set_param(RECORDS, str(count))
        self.env.cr.execute("DELETE FROM customer_sheet_match_term")
        self.env.cr.execute(
            """
            INSERT INTO customer_sheet_match_term (term, bits)
            SELECT term, log(2, sum(count(*)) OVER () / count(*))
              FROM customer_sheet_match_profile,
                   unnest(string_to_array(COALESCE(NULLIF(name, ''), firm), ' ')) AS w(term)
             WHERE term <> '' GROUP BY term
            """
        )
        self.env.cr.execute("ANALYZE customer_sheet_match_term")
        self.env.cr.execute(
            """
            UPDATE customer_sheet_match_profile p SET bits = n.bits
              FROM (SELECT r.id, sum(t.bits) AS bits
                      FROM customer_sheet_match_profile r,
                           unnest(string_to_array(COALESCE(NULLIF(name, ''), firm), ' ')) AS w(term)
                      JOIN customer_sheet_match_term t ON t.term = w.term GROUP BY r.id) n
             WHERE n.id = p.id AND (p.bits IS NULL OR abs(p.bits - n.bits) > 1)
            """
        )
