from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ...sheet.known import fact

#: Looks within so many hours of each other are one: what was new stays shown meanwhile.
ONE_LOOK = 1

#: A look is forgotten after so many days.
KEPT = 180


def _newest(column):
    return SQL("(array_agg(%s ORDER BY v.id DESC))[1]", SQL(column))


class CustomerSheetLook(models.Model):
    """When each user looked at a brief last, so that it can say what has changed since.

    Nobody reads the rows of anybody, themselves included: they are no record of who works when.
    """

    _name = "customer.sheet.look"
    _description = "Look at a Brief"
    _log_access = False
    _rec_name = "looked_at"

    user_id = fields.Many2one("res.users", required=True, ondelete="cascade")
    node = fields.Integer(required=True, help="The id of a contact, or minus the id of a lead.")
    since = fields.Datetime(help="The look before.")
    looked_at = fields.Datetime(required=True)

    _user_node_unique = models.UniqueIndex("(user_id, node)")

    @api.model
    def _node(self, record):
        return record._origin.id * (-1 if record._name == "crm.lead" else 1)

    @api.model
    def _note(self, record):
        """Note that the user looks at a record now."""
        now = fields.Datetime.now()
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO customer_sheet_look AS l (user_id, node, looked_at)
                VALUES (%(uid)s, %(node)s, %(now)s)
                    ON CONFLICT (user_id, node) DO UPDATE
                   SET since = %(since)s,
                       looked_at = EXCLUDED.looked_at
                """,
                uid=self.env.uid,
                node=self._node(record),
                now=now,
                since=self._since_sql(),
            )
        )

    @api.model
    def _look_sql(self, record):
        """Return the FROM of one row ``look`` at most: ``since`` when the user has to be told."""
        return SQL(
            "FROM (SELECT %s AS since FROM customer_sheet_look l WHERE user_id = %s AND node = %s)"
            " look",
            self._since_sql(),
            self.env.uid,
            self._node(record),
        )

    @api.model
    def _since_sql(self):
        before = fields.Datetime.now() - timedelta(hours=ONE_LOOK)
        return SQL("CASE WHEN l.looked_at < %s THEN l.looked_at ELSE l.since END", before)

    @api.model
    def _selects(self, record):
        """Return what a brief reads: when the user looked, what others have changed since."""
        look = self._look_sql(record)
        changes = SQL(
            """
            %s
            JOIN mail_message m
              ON m.model = %s
             AND m.res_id = %s
             AND m.date > look.since
             AND m.author_id IS DISTINCT FROM %s
            JOIN mail_tracking_value v
              ON v.mail_message_id = m.id
            JOIN ir_model_fields f
              ON f.id = v.field_id
            LEFT JOIN res_partner p
              ON p.id = m.author_id
           GROUP BY f.name
            """,
            look,
            record._name,
            record._origin.id,
            self.env.user.partner_id.id,
        )
        value = SQL(
            "jsonb_build_object('at', max(m.date), 'by', %s, 'text', %s, 'number', %s, 'day', %s)",
            _newest("p.name"),
            _newest("COALESCE(v.new_value_char, v.new_value_text)"),
            _newest("COALESCE(v.new_value_float, v.new_value_integer)"),
            _newest("v.new_value_datetime::date"),
        )
        return [
            fact("brief_look", SQL("'since'"), SQL("look.since"), look),
            fact("brief_changes", SQL("f.name"), value, changes),
        ]

    @api.autovacuum
    def _gc_looks(self):
        before = fields.Datetime.now() - timedelta(days=KEPT)
        self.search([("looked_at", "<", before)]).unlink()
