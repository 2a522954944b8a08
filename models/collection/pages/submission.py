from odoo import api, models


class CustomerSheetSubmission(models.Model):
    _inherit = "customer.sheet.submission"

    @api.model
    def _suspicion_words(self):
        return {
            **super()._suspicion_words(),
            "honeypot": self.env._("A field was filled in that people do not see."),
            "network": self.env._("The same network has sent many forms within an hour."),
            "captcha": self.env._("The captcha of the website took the sender for a program."),
            "too_fast": self.env._("It was filled in faster than people type."),
            "links": self.env._("It contains several links."),
            "throw_away": self.env._("The e-mail address is a throw-away one."),
        }
