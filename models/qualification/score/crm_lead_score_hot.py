from odoo import api, fields, models

from ...sheet.fields import SHEET_FIELD
from ..settings import HOT_ACTIVITY

#: A lead that gets hot again within so many days is not announced again.
QUIET_DAYS = 30
#: Key of the leads to announce when the transaction ends.
PENDING = "crm_customer_sheet.hot"


class CrmLead(models.Model):
    """A lead that gets hot is announced to its owner by one stock activity."""

    _inherit = "crm.lead"

    sheet_hot_on = fields.Datetime("Announced hot on", copy=False, readonly=True, **SHEET_FIELD)

    def _sheet_call_when_saved(self):
        """Announce these leads when the transaction ends: a compute may not create records."""
        precommit = self.env.cr.precommit
        if PENDING not in precommit.data:
            precommit.data[PENDING] = []
            precommit.add(self.browse().sudo()._sheet_call_pending)
        precommit.data[PENDING].extend(self.ids)

    @api.model
    def _sheet_call_pending(self):
        ids = self.env.cr.precommit.data.pop(PENDING, ())
        # the precommit hooks run for the last write of each lead: those still hot count
        leads = self.browse(ids).exists().filtered("sheet_hot")
        leads._sheet_call_now()

    def _sheet_call_now(self):
        """Schedule the activity "Hot lead: call today" for the owners of these leads."""
        if not HOT_ACTIVITY.value(self.env):
            return
        since = fields.Datetime.subtract(fields.Datetime.now(), days=QUIET_DAYS)
        leads = self.sudo().filtered(
            lambda lead: (
                lead.active
                and lead._sheet_hot_owner()
                and (not lead.sheet_hot_on or lead.sheet_hot_on < since)
            )
        )
        for owner, owned in leads.grouped(lambda lead: lead._sheet_hot_owner()).items():
            owned = owned.with_context(lang=owner.lang)
            owned.activity_schedule(
                "mail.mail_activity_data_call",
                user_id=owner.id,
                summary=owned.env._("Hot lead: call today"),
            )
        leads._sheet_stamp_hot()

    def _sheet_hot_owner(self):
        return self.user_id or self.team_id.user_id

    def _sheet_stamp_hot(self):
        now = str(fields.Datetime.now())
        self.env.flush_all()
        self._sheet_update_from({"id": self.ids, "sheet_hot_on": [now] * len(self)})
        self.invalidate_recordset(["sheet_hot_on"])
