import logging

import psycopg2

from odoo import api, fields, models
from odoo.tools import SQL

from .kinds import BigInteger

_logger = logging.getLogger(__name__)

CREATED = "crm_customer_sheet.created_fuzzystrmatch"
EXTENSION = "fuzzystrmatch"

#: What one row of a JSON document of profiles holds, in SQL.
ROW = {
    "node": "int",
    "partner_id": "int",
    "lead_id": "int",
    "company_id": "int",
    "family": "int",
    "parent": "int",
    "linked": "int",
    "fingerprint": "bigint",
    "typology": "text",
    "is_company": "boolean",
    "name": "text",
    "civility": "text",
    "typed": "text",
    "turned": "text",
    "sound": "text",
    "letters": "text",
    "spoken": "text",
    "stem": "text",
    "first_letters": "int",
    "firm": "text",
    "firm_sound": "text",
    "core": "text",
    "email": "text",
    "mailbox": "text",
    "mailboxes": "text[]",
    "is_role": "boolean",
    "domain": "text",
    "phones": "text[]",
    "company": "text",
    "establishment": "text",
    "vat": "text",
    "others": "text[]",
    "zip": "text",
    "city": "text",
    "street_number": "text",
    "street": "text",
    "birth": "text",
    "born": "int",
}
#: ... and what only serves to make the row and its keys.
ROW_ONLY = {"email_host": "text", "kinds": "text[]", "texts": "text[]", "archived": "boolean"}


class CustomerSheetMatchProfile(models.Model):
    """What is compared of each contact and open lead: one row, made when it is saved.

    ``node`` names the record: the id of a contact, minus the id of a lead.  Rows are written by
    ``customer.sheet.mixin._sheet_match_store`` in SQL only; nobody reads them but the matching.
    """

    _name = "customer.sheet.match.profile"
    _description = "Comparable Row of a Contact or Lead"
    _log_access = False
    _rec_name = "node"

    node = fields.Integer(required=True)
    partner_id = fields.Many2one("res.partner", index="btree_not_null", ondelete="cascade")
    lead_id = fields.Many2one("crm.lead", index="btree_not_null", ondelete="cascade")
    company_id = fields.Integer(help="Not a link: deleting companies must not wait.")
    family = fields.Integer(help="The company or household that the contact belongs to.")
    parent = fields.Integer(help="The contact that this one stands under.")
    linked = fields.Integer(help="The contact of a lead.")
    fingerprint = BigInteger()
    typology = fields.Char()
    is_company = fields.Boolean()
    name = fields.Char()
    civility = fields.Char()
    typed = fields.Char()
    turned = fields.Char()
    sound = fields.Char()
    letters = fields.Char()
    spoken = fields.Char()
    stem = fields.Char()
    first_letters = fields.Integer(help="A bit for each letter that a word begins with.")
    firm = fields.Char()
    firm_sound = fields.Char()
    core = fields.Char(help="Words of the company's name that are more than what the place is.")
    email = fields.Char()
    mailbox = fields.Char()
    is_role = fields.Boolean()
    domain = fields.Char()
    company = fields.Char("Company identifier")
    establishment = fields.Char()
    vat = fields.Char()
    zip = fields.Char()
    city = fields.Char()
    street_number = fields.Char()
    street = fields.Char()
    birth = fields.Char()
    born = fields.Integer(help="The date of birth in days, roughly.")
    bits = fields.Float(help="How rare the name is: the more bits, the more an equal name says.")

    _node_unique = models.Constraint("UNIQUE (node)", "A record has one comparable row.")
    # a merge of Odoo's own that moves the row to another contact fails here and drops the row
    _node_check = models.Constraint(
        "CHECK (node = COALESCE(partner_id, -lead_id))", "The row belongs to another record."
    )

    def _auto_init(self):
        """Add what fields cannot declare: arrays, and an extension of PostgreSQL."""
        self._create_extension()
        result = super()._auto_init()
        self.env.cr.execute(
            """
            ALTER TABLE customer_sheet_match_profile
                ADD COLUMN IF NOT EXISTS mailboxes text[],
                ADD COLUMN IF NOT EXISTS phones text[],
                ADD COLUMN IF NOT EXISTS others text[]
            """
        )
        return result

    def _create_extension(self):
        """Have fuzzystrmatch, which comes with PostgreSQL and any owner of a database may add."""
        if self._has_extension():
            return
        try:
            with self.env.cr.savepoint(flush=False):
                self.env.cr.execute(
                    "CREATE EXTENSION IF NOT EXISTS fuzzystrmatch", log_exceptions=False
                )
        except psycopg2.Error as error:
            _logger.warning(
                "PostgreSQL's extension fuzzystrmatch cannot be created (%s): duplicates with"
                " letters typed wrong will be missed. Ask the administrator of the database for"
                ' "CREATE EXTENSION fuzzystrmatch", then update this module.',
                str(error).strip(),
            )
            return
        self.env["ir.config_parameter"].sudo().set_param(CREATED, "True")

    @api.model
    def _has_extension(self):
        self.env.cr.execute("SELECT 1 FROM pg_extension WHERE extname = %s", [EXTENSION])
        return bool(self.env.cr.rowcount)

    @api.model
    def _drop_extension(self):
        """Remove fuzzystrmatch if this module brought it and nothing in the database needs it."""
        if not self.env["ir.config_parameter"].sudo().get_param(CREATED):
            return
        try:
            with self.env.cr.savepoint(flush=False):
                self.env.cr.execute("DROP EXTENSION IF EXISTS fuzzystrmatch", log_exceptions=False)
        except psycopg2.Error:
            _logger.info("fuzzystrmatch stays: another module uses it")

    # -- rows in SQL -----------------------------------------------------------

    @api.model
    def _sql_rows(self, document):
        """Return a SELECT of complete profiles, with keys, from a JSON text of rows.

        Domains of mail providers, throw-away domains and domains that many companies share are
        nobody's: they go here.
        """
        columns = SQL(", ").join(
            SQL("%s %s", SQL.identifier(name), SQL(kind)) for name, kind in (ROW | ROW_ONLY).items()
        )
        return SQL(
            """
            SELECT %(plain)s, CASE WHEN NOT %(shared)s THEN r.domain END AS domain,
                   %(bits)s AS bits, r.kinds, r.texts, r.archived
              FROM jsonb_to_recordset(%(document)s::jsonb) AS r(%(columns)s)
            """,
            plain=SQL(", ").join(SQL.identifier("r", name) for name in ROW if name != "domain"),
            shared=self._sql_is_shared_domain(),
            bits=self._sql_bits(),
            document=document,
            columns=columns,
        )

    @api.model
    def _sql_is_shared_domain(self):
        return SQL(
            """
            (EXISTS (SELECT 1
                       FROM customer_sheet_email_domain d
                      WHERE d.name IN (r.domain, r.email_host)
                        AND d.kind <> 'ordinary')
             OR EXISTS (SELECT 1
                          FROM customer_sheet_match_shared s
                         WHERE s.learned
                           AND s.kind = 'domain'
                           AND s.h = hashtextextended('domain:' || r.domain, 0)))
            """
        )

    @api.model
    def _sql_bits(self):
        """Return how rare the name of a row is, NULL as long as no names have been counted."""
        return SQL(
            """
            (SELECT sum(COALESCE(t.bits, top.bits))
               FROM (SELECT max(bits) AS bits
                       FROM customer_sheet_match_term) top,
                    unnest(string_to_array(COALESCE(r.name, r.firm), ' ')) AS w(term)
               LEFT JOIN customer_sheet_match_term t ON t.term = w.term)
            """
        )
