from odoo import api, fields, models
from odoo.tools import SQL

from ...sheet.called import called
from .kinds import KIND_NAMES, BigInteger

#: Keys that more records have than this pair nobody; they are shown instead.
LIMIT_STRONG, LIMIT_WEAK = 50, 30
#: A domain of this many legal entities belongs to none of them.
ENTITIES_OF_A_SHARED_DOMAIN = 5


class CustomerSheetMatchShared(models.Model):
    """A phone, an address, a name that too many records have to make duplicates of them.

    Found by the matching, for a steward to look at: a switchboard, a mistyped default, a
    domain that is a mail provider's.  Nothing is dropped in silence.
    """

    _name = "customer.sheet.match.shared"
    _description = "Shared Key"
    _order = "strong desc, count desc, id"
    _log_access = False
    _rec_name = "kind"

    kind = fields.Selection(KIND_NAMES, "Shared", required=True, readonly=True)
    h = BigInteger("Key", required=True, readonly=True)
    strong = fields.Boolean(readonly=True)
    learned = fields.Boolean(
        "Nobody's", readonly=True, help="A domain that belongs to none of those who have it."
    )
    count = fields.Integer("Records", readonly=True)
    example = fields.Char(readonly=True)
    found_on = fields.Datetime(readonly=True)
    company_ids = fields.Many2many(
        "res.company", readonly=True, help="Whose records have it; empty: also nobody's."
    )

    _key_unique = models.Constraint("UNIQUE (kind, h)", "A shared key is listed once.")

    @api.model
    def _note(self, keys, learned=False):
        """List these keys: SQL that selects ``kind, h, strong, count``."""
        self.env.cr.execute(
            SQL(
                """
                WITH noted AS (
                    INSERT INTO customer_sheet_match_shared
                           (kind, h, strong, count, example, learned, found_on)
                    SELECT kind, h, strong, count, %s, %s, now() at time zone 'utc' FROM (%s) k
                    ON CONFLICT (kind, h) DO UPDATE
                       SET count = EXCLUDED.count,
                           learned = customer_sheet_match_shared.learned OR EXCLUDED.learned
                    RETURNING id)
                SELECT array_agg(id) FROM noted
                """,
                self._sql_example(),
                learned,
                keys,
            )
        )
        self._note_companies(self.env.cr.fetchone()[0] or [])

    @api.model
    def _note_companies(self, ids):
        """Note whose records have these keys, for their example is one of their values.

        No company where some of the records belong to all of them.
        """
        if self.env["customer.sheet.quality.figure"]._companies() == 1:
            return
        self.env.cr.execute(
            """
            DELETE FROM customer_sheet_match_shared_res_company_rel
             WHERE customer_sheet_match_shared_id IN (
                   SELECT s.id FROM customer_sheet_match_shared s
                    WHERE s.id = ANY(%s) AND EXISTS (
                          SELECT FROM customer_sheet_match_key k
                           WHERE k.h = s.h AND k.kind = s.kind))
            """,
            [ids],
        )
        self.env.cr.execute(
            """
            WITH held AS (
                SELECT DISTINCT s.id, p.company_id
                  FROM customer_sheet_match_shared s
                  JOIN customer_sheet_match_key k ON k.h = s.h AND k.kind = s.kind
                  JOIN customer_sheet_match_profile p ON p.node = COALESCE(k.partner_id, -k.lead_id)
                 WHERE s.id = ANY(%s))
            INSERT INTO customer_sheet_match_shared_res_company_rel
                   (customer_sheet_match_shared_id, res_company_id)
            SELECT h.id, c.id FROM held h JOIN res_company c ON c.id = h.company_id
             WHERE h.id NOT IN (SELECT id FROM held WHERE company_id IS NULL)
            """,
            [ids],
        )
        self.invalidate_model(["company_ids"])

    @api.model
    def _sql_example(self):
        """Return the value behind a key, read from one of its records."""
        return SQL(
            """
            (SELECT CASE k.kind
                        WHEN 'email' THEN p.mailbox
                        WHEN 'phone' THEN array_to_string(p.phones, ', ')
                        WHEN 'domain' THEN p.domain
                        WHEN 'company' THEN p.company
                        WHEN 'establishment' THEN p.establishment
                        WHEN 'vat' THEN p.vat
                        WHEN 'street' THEN concat_ws(' ', p.street_number, p.street)
                        ELSE COALESCE(p.name, p.firm) END
               FROM customer_sheet_match_key o
               JOIN customer_sheet_match_profile p ON p.node = COALESCE(o.partner_id, -o.lead_id)
              WHERE o.h = k.h
                AND o.kind = k.kind
              LIMIT 1)
            """
        )

    @api.model
    def _learn_domains(self):
        """List the domains of too many legal entities, and take them from the records.

        They stay listed until a steward removes them: nobody has them any more to count.
        """
        self._note(
            SQL(
                """
                SELECT 'domain' AS kind, hashtextextended('domain:' || domain, 0) AS h,
                       FALSE AS strong, count(*)::int AS count
                  FROM (SELECT DISTINCT domain, company
                          FROM customer_sheet_match_profile
                         WHERE domain IS NOT NULL
                           AND company IS NOT NULL) each
                 GROUP BY domain
                HAVING count(*) >= %s
                """,
                ENTITIES_OF_A_SHARED_DOMAIN,
            ),
            learned=True,
        )
        if not self.sudo().search_count([("learned", "=", True)], limit=1):
            return
        self.env.cr.execute(
            """
            WITH learned AS (
                SELECT h FROM customer_sheet_match_shared WHERE kind = 'domain' AND learned),
            taken AS (
                DELETE FROM customer_sheet_match_key
                 WHERE kind = 'domain' AND h IN (SELECT h FROM learned))
            UPDATE customer_sheet_match_profile SET domain = NULL
             WHERE hashtextextended('domain:' || domain, 0)
                   IN (SELECT h FROM learned)
            """
        )

    def unlink(self):
        """Give a domain back to the records that have it."""
        names = self.filtered(lambda key: key.learned).mapped("example")
        result = super().unlink()
        self.env.flush_all()
        for host in ("res.partner", "crm.lead"):
            self.env[host].sudo()._sheet_match_domains(names)
        return result

    @called(one=True)
    def action_open_records(self):
        """Open the contacts that have this key."""
        self.check_access("read")
        rows = self.env.execute_query(
            SQL(
                """
                SELECT partner_id, lead_id
                  FROM customer_sheet_match_key
                 WHERE h = (SELECT h
                              FROM customer_sheet_match_shared
                             WHERE id = %s)
                   AND kind = %s
                 LIMIT 1000
                """,
                self.id,
                self.kind,
            )
        )
        contacts = [partner_id for partner_id, _lead_id in rows if partner_id]
        leads = [lead_id for _partner_id, lead_id in rows if lead_id]
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Records with this key"),
            "res_model": "res.partner" if contacts else "crm.lead",
            "view_mode": "list,form",
            "domain": [("id", "in", contacts or leads)],
        }
