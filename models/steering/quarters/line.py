from odoo import models


class CustomerSheetReviewLine(models.Model):
    """Lines of a quarter: one for each control that is not right, one for each sheet to look at."""

    _inherit = "customer.sheet.review.line"

    def _look_again(self):
        result = super()._look_again()
        controls = self.filtered(lambda line: line.worklist == "control")
        if controls:
            judged = self.env["customer.sheet.control"]._judged()
            right = {each["code"] for each in judged if each["ok"]}
            for line in controls:
                line.left_count = 0 if line.reason in right else 1
        for line in self.filtered(lambda line: line.worklist == "sample" and not line.verdict):
            line.left_count = len(line._left())
        return result

    def _reason_in_words(self):
        if self.worklist == "control":
            return self.env["customer.sheet.control"].sudo().browse(self.res_ids).exists().name
        if self.worklist == "sample":
            sheet = self.env[self.res_model].sudo().browse(self.res_ids).exists()
            return sheet.sheet_reference or ", ".join(map(str, self.res_ids or ()))
        return super()._reason_in_words()
