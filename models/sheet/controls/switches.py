from odoo import api, models, tools
from odoo.exceptions import ValidationError

from ..rooms import ROOMS, off


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    @api.model
    @tools.ormcache(cache="stable")
    def _sheet_rooms_off(self):
        """Return the codes of the rooms that are not in use: one query, where nobody chose."""
        chosen = [("key", "in", [room.setting.key for room in ROOMS.values()])]
        if not self.env["ir.config_parameter"].sudo().search_count(chosen, limit=1):
            return frozenset()
        return frozenset(code for code, room in ROOMS.items() if not room.setting.value(self.env))

    @api.constrains(lambda self: [room.field_name for room in ROOMS.values()])
    def _check_sheet_rooms(self):
        for settings in self:
            for room in ROOMS.values():
                needed = [ROOMS[code] for code in room.needs]
                lacking = [each for each in needed if not settings[each.field_name]]
                if settings[room.field_name] and lacking:
                    raise ValidationError(
                        self.env._(
                            "“%(room)s” needs “%(needed)s”: leave that in use, or switch both off.",
                            room=settings._sheet_room_title(room),
                            needed=settings._sheet_room_title(lacking[0]),
                        )
                    )

    def _sheet_room_title(self, room):
        return self._fields[room.field_name]._description_string(self.env)

    def set_values(self):
        before = self._sheet_rooms_off()
        result = super().set_values()
        after = self._sheet_rooms_off()
        for code in before ^ after:
            self._sheet_room_switched(ROOMS[code], code in before)
        return result

    @api.model
    def _sheet_room_switched(self, room, is_on):
        """Let what runs by itself rest or go on; extend it for what a room has to catch up with."""
        self.env.registry.clear_cache("stable", "templates", "default")
        # browsers keep views and menus until the registry is another one
        self.env.cr.execute("INSERT INTO orm_signaling_registry DEFAULT VALUES")
        for name in room.crons:
            self.env.ref(f"crm_customer_sheet.{name}").sudo().active = is_on


def ids_off(env, what):
    """Return the ids of the records that vanish with the rooms that are not in use."""
    found = (env.ref(f"crm_customer_sheet.{name}", False) for name in off(env, what))
    return [record.id for record in found if record]


class IrUiMenu(models.Model):
    _inherit = "ir.ui.menu"

    @api.model
    def _load_menus_blacklist(self):
        return [*super()._load_menus_blacklist(), *ids_off(self.env, "menus")]


class IrActionsActions(models.Model):
    _inherit = "ir.actions.actions"

    def _get_bindings(self, model_name):
        found = super()._get_bindings(model_name)
        hidden = ids_off(self.env, "actions")
        return {
            kind: tuple(action for action in actions if action["id"] not in hidden)
            for kind, actions in found.items()
        }


class IrUiView(models.Model):
    _inherit = "ir.ui.view"

    def postprocess_and_fields(self, node, model=None, **options):
        """Take the nodes of rooms that are not in use out; the result is cached by Odoo."""
        names = off(self.env, "nodes")
        for each in node.xpath("//*[@name]") if names else ():
            if each.get("name") in names:
                each.getparent().remove(each)
        return super().postprocess_and_fields(node, model, **options)
