from collections import defaultdict

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...sheet import clock
from ...sheet.fields import HOSTS
from .ground import ENDING
from .held import Held, held_sql

#: Records of a host whose restriction ends in one round.
BATCH = 100


class CustomerSheetPerson(models.AbstractModel):
    """What of a person has to be kept, and until when."""

    _inherit = "customer.sheet.person"

    @api.model
    def _held_sql(self):
        """Return a SELECT of ``partner_id, model, id, company_id, ground, until``: all documents
        that have to be kept today, a row for each contact that is named on one."""
        return held_sql(self.env)

    @api.model
    def _held(self, known):
        """Return the :class:`Held` documents of a person: none where the apps are missing.

        Those of accounting by the day on which they may go; of the others all are kept until
        the last of them may.

        :param known: what :meth:`_expand` says
        """
        partners = [each.id for each in known if each.model == "res.partner" and each.certain]
        rows = self.env.execute_query_dict(
            SQL(
                "SELECT DISTINCT model, id, company_id, ground, until FROM (%s) held ORDER BY id",
                held_sql(self.env, partners),
            )
        )
        found = defaultdict(list)
        for row in rows:
            term = row["until"] if row["ground"] == "duty" else None
            found[row["model"], row["ground"], row["company_id"], term].append(row)
        held = [
            Held(
                model,
                [row["id"] for row in group],
                ground,
                max(row["until"] for row in group),
                self._held_words(ground, company_id),
            )
            for (model, ground, company_id, _term), group in found.items()
        ]
        return sorted(held, key=lambda each: (each.until, each.model))

    @api.model
    def _held_until(self, known):
        """Return the last day on which something of a person is kept, or ``None``."""
        return max((held.until for held in self._held(known)), default=None)

    @api.model
    def _held_words(self, ground, company_id):
        """Return which law wants documents kept, in words."""
        company = self.env["res.company"].sudo().browse(company_id)
        law = self.env["customer.sheet.regime"]._for(company.country_id)
        if ground == "duty":
            words = self.env._(
                "Accounting documents: %(count)s years from the end of the financial year.",
                count=law.accounting_years,
            )
        else:
            words = self.env._(
                "Contracts: %(count)s years, as long as claims may follow.",
                count=law.claims_years,
            )
        return f"{words} {law.kept_source}" if law.kept_source else words

    # -- when it ends ----------------------------------------------------------------

    @api.model
    def _cron_end(self):
        """Erase what is left of those whose time is over; return how many are left.

        Of whom the law wants something kept meanwhile, the day moves.
        """
        left = 0
        for host in HOSTS:
            records = self.env[host].sudo().with_context(active_test=False)
            records._sheet_switch_rule()
            over = Domain("sheet_restricted_on", "!=", False)
            over &= Domain("sheet_restricted_ground", "in", ENDING)
            over &= Domain("sheet_restricted_until", "<", clock.common_today(self.env))
            found = records.search(over, limit=BATCH + 1, order="sheet_restricted_until, id")
            left += len(found) > BATCH
            self._end(found[:BATCH])
        return left

    @api.model
    def _end(self, records):
        """Erase these records, but for those of whom something has to be kept still."""
        done = records.browse()
        for record in records:
            if until := self._held_until(self._expand(record)):
                record._sheet_restrict(
                    record.sheet_restricted_ground, until, record.sheet_restricted_words
                )
            else:
                done |= record
        if done:
            self.env["customer.sheet.erasure"]._finish_at_term(done)
