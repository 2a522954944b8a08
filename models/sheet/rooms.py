"""Rooms in use: what a company does not want is switched off; its data stay."""

from dataclasses import dataclass, field

from .settings import Setting

#: Every room that can be switched off, by its code.
ROOMS = {}


@dataclass(frozen=True)
class Room:
    """A room, or a part of one, that a company may do without.

    **How to use.**  A room makes one in its ``room.py`` and gives Settings its field::

        SEQUENCES = Room("sequences", "Sequences", nodes=("sheet_sequence",), ...)
        sheet_room_sequences = SEQUENCES.setting.field(help="...")

    Its own code asks ``SEQUENCES.in_use(env)`` where something would still happen.

    **How it works.**  Where the room is off, its menus and actions are not loaded, its nodes are
    taken out of all views, its listeners are not woken, its controls are not looked at, its
    chores and scheduled actions rest.  Nothing of its data is touched.

    :param menus: names of its menus
    :param actions: names of its actions in the gear menu of records
    :param nodes: names of nodes of its in views
    :param listeners: names of its listeners in the life of a record
    :param chores: codes of its chores; not those that delete what is too old
    :param crons: names of its scheduled actions
    :param needs: codes of rooms without which it does not work
    """

    code: str
    title: str
    menus: tuple = ()
    actions: tuple = ()
    nodes: tuple = ()
    listeners: tuple = ()
    chores: tuple = ()
    crons: tuple = ()
    needs: tuple = ()
    setting: Setting = field(init=False)

    def __post_init__(self):
        setting = Setting(f"room_{self.code}", "boolean", self.title, default=True)
        object.__setattr__(self, "setting", setting)
        ROOMS[self.code] = self

    @property
    def field_name(self):
        """The name of its field in Settings."""
        return f"sheet_room_{self.code}"

    def in_use(self, env):
        """Return whether the company uses the room."""
        return self.code not in env["res.config.settings"]._sheet_rooms_off()


def off(env, what):
    """Return what vanishes with the rooms that are not in use.

    :param what: ``"menus"``, ``"actions"``, ``"nodes"``, ``"listeners"`` or ``"chores"``
    """
    codes = env["res.config.settings"]._sheet_rooms_off()
    return {name for code in codes for name in getattr(ROOMS[code], what)}
