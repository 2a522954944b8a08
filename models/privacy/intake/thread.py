from odoo import api, models

from ...sheet.handover.message import AUTOMATIC
from ..requests.words import OPEN


class MailThread(models.AbstractModel):
    """What a machine answers to our letter is no news of a request that is over."""

    _inherit = "mail.thread"

    @api.model
    def message_route(self, message, message_dict, model=None, thread_id=None, custom_values=None):
        routes = super().message_route(message, message_dict, model, thread_id, custom_values)
        requests = self.env["customer.sheet.request"].sudo()
        if not message_dict.get(AUTOMATIC):
            return routes
        return [
            route
            for route in routes
            if route[0] != requests._name
            or not route[1]
            or requests.browse(route[1]).exists().state in OPEN
        ]
