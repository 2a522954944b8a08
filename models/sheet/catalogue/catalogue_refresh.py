from odoo import api, fields, models

from ..resumable import go_on

CURSORS = {"crm.lead": "lead_cursor", "res.partner": "partner_cursor"}
HOSTS = tuple(CURSORS)
BATCH = 20_000


class CustomerSheetCatalogueVersion(models.Model):
    """The recomputation of all sheets that publishing starts: resumable, with progress."""

    _inherit = "customer.sheet.catalogue.version"

    partner_cursor = fields.Integer(readonly=True, help="Last contact done; -1 when finished.")
    lead_cursor = fields.Integer(readonly=True, help="Last lead done; -1 when finished.")
    refresh_total = fields.Integer("Sheets to recompute", readonly=True)
    refresh_done = fields.Integer("Sheets recomputed", readonly=True)
    refresh_progress = fields.Integer("Recomputed (%)", compute="_compute_refresh_progress")

    @api.depends("refresh_total", "refresh_done", "partner_cursor", "lead_cursor")
    def _compute_refresh_progress(self):
        for version in self:
            finished = version.partner_cursor == version.lead_cursor == -1
            done = 100 * version.refresh_done // max(version.refresh_total, 1)
            version.refresh_progress = 100 if finished else min(done, 99)

    @api.model
    def _request_refresh(self, hosts=HOSTS):
        """Recompute every sheet of ``hosts`` in the background, from the beginning."""
        self.env.registry.clear_cache()
        self.env.registry.clear_cache("templates")
        version = self._current().sudo()
        if version:
            version.write({CURSORS[host]: 0 for host in hosts})
            version.write({"refresh_done": 0, "refresh_total": version._count_to_refresh()})
            self.env.ref("crm_customer_sheet.ir_cron_sheet_refresh").sudo()._trigger()

    def _count_to_refresh(self):
        return sum(
            self.env[host].with_context(active_test=False).search_count([])
            for host in HOSTS
            if self[CURSORS[host]] == 0
        )

    @api.model
    def _cron_refresh(self):
        """Recompute the sheets batch by batch, resuming where the last run stopped."""
        go_on(self.env, self._current().sudo()._refresh_step)

    def _refresh_step(self):
        batch = self._next_batch() if self else None
        if not batch:
            return 0, 0
        done = self._refresh_batch(*batch)
        is_last = not self._next_batch()
        return done, 0 if is_last else max(self.refresh_total - self.refresh_done, 1)

    def _next_batch(self):
        """Return ``(host, cursor field)`` of what is still to do, or ``None``."""
        for host, cursor in CURSORS.items():
            if self[cursor] >= 0:
                return host, cursor
        return None

    def _refresh_batch(self, host, cursor):
        last_id, done = self.env[host]._sheet_refresh(self[cursor], BATCH)
        self.write(
            {
                cursor: last_id if done else -1,
                "refresh_done": self.refresh_done + done,
            }
        )
        return done
