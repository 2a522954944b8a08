from odoo import api, models

from ..sheet.rooms import Room

ROUTING = Room(
    "routing",
    "Routing rules",
    menus=("customer_sheet_routing_rule_menu",),
    nodes=("sheet_why",),
    listeners=("routing",),
    crons=("ir_cron_sheet_routing",),
)
SEQUENCES = Room(
    "sequences",
    "Sequences",
    menus=("customer_sheet_sequence_menu",),
    actions=("customer_sheet_sequence_enrol_action",),
    nodes=("sheet_sequence", "sheet_in_sequence", "action_start_sequence"),
    chores=("sequences",),
)


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    sheet_room_routing = ROUTING.setting.field()
    sheet_room_sequences = SEQUENCES.setting.field()

    @api.model
    def _sheet_room_switched(self, room, is_on):
        """End the sequences that run: nobody wants their steps months later."""
        if room is SEQUENCES and not is_on:
            running = self.env["customer.sheet.sequence.enrolment"].sudo()
            running = running.search([("state", "=", "running")])
            running._stop("hand", self.env.user.name)
        return super()._sheet_room_switched(room, is_on)
