from odoo import models

from ...sheet.settings import MOST_DAYS, Setting

#: Nobody else can know it: there is no default, and an erasure asks for the day where it is 0.
BACKUP_DAYS = Setting("backup_days", "integer", "Backups are kept (days)", 0, 0, MOST_DAYS)


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    sheet_backup_days = BACKUP_DAYS.field()
