from odoo import fields, models


class CustomerSheetMergeRun(models.Model):
    _name = "customer.sheet.merge.run"
    _description = "Mass Merge"

    state = fields.Char()
