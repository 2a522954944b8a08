import json

from odoo import api, models
from odoo.tools import SQL


class CustomerSheetMerge(models.Model):
    """Changing the rows of the merged records themselves, in one statement each."""

    _inherit = "customer.sheet.merge"

    @api.model
    def _write_rows(self, host, changes):
        """Put columns into rows as they were in other rows: nothing is converted."""
        changed = {row_id: values for row_id, values in changes.items() if values}
        names = sorted({name for values in changed.values() for name in values})
        if not names:
            return
        table = SQL.identifier(self.env[host]._table)
        sets = SQL(", ").join(
            SQL(
                "%(name)s = CASE WHEN n.row ? %(text)s THEN r.%(name)s ELSE t.%(name)s END",
                name=SQL.identifier(name),
                text=name,
            )
            for name in [*names, *("write_uid", "write_date")]
        )
        stamp = {"write_uid": self.env.uid, "write_date": str(self.env.cr.now())}
        self.env.cr.execute(
            SQL(
                """
                UPDATE %(table)s t
                   SET %(sets)s
                  FROM unnest(%(ids)s::int[], %(rows)s::jsonb[]) AS n(id, row),
                       jsonb_populate_record(NULL::%(table)s, n.row) r
                 WHERE t.id = n.id
                """,
                table=table,
                sets=sets,
                ids=list(changed),
                rows=[json.dumps({**values, **stamp}) for values in changed.values()],
            )
        )

    @api.model
    def _archive(self, host, mapping):
        self.env.cr.execute(
            SQL(
                """
                UPDATE %s t
                   SET active = FALSE, sheet_merged_into_id = m.survivor
                  FROM unnest(%s::int[], %s::int[]) AS m(tail, survivor)
                 WHERE t.id = m.tail
                   AND m.tail <> m.survivor
                """,
                SQL.identifier(self.env[host]._table),
                [tail for tail, _survivor, _merge in mapping],
                [survivor for _tail, survivor, _merge in mapping],
            )
        )
