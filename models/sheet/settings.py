"""Settings: each is declared once, and read, shown, checked and documented from there."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import str2bool

from . import takes

#: Every setting, by the name of its field in Settings.
SETTINGS = {}

#: By kind, the field of the form and what makes a value of the text of a parameter.
KINDS = {
    "boolean": (fields.Boolean, str2bool),
    "integer": (fields.Integer, int),
    "float": (fields.Float, float),
    "char": (fields.Char, str.strip),
    "selection": (fields.Selection, str),
    "many2one": (fields.Many2one, int),
}
#: What a kind is worth where nothing is chosen and no default is given.
EMPTY = {"boolean": False, "integer": 0, "float": 0.0, "many2one": 0}

#: A hundred years: nothing of ours is about more days.
MOST_DAYS = 36_500


@dataclass(frozen=True)
class Setting:
    """One setting of the whole database: a system parameter that nobody can spoil.

    **How to use.**  A room declares its settings in its ``settings.py``, gives the form a field
    made of each, and reads them::

        CALL_DAYS = Setting("call_days", "integer", "Working days until the call", 1, 0, 60)
        sheet_call_days = CALL_DAYS.field()
        CALL_DAYS.value(self.env)

    **How it works.**  The parameter holds a text, whoever wrote it.  A text that makes no such
    value, or one outside the limits, counts as nothing: the default holds.  Settings refuses
    such a value when it is saved, naming the field.  Only what somebody changes is written, and
    ``False`` and zero are kept as such, which stock does not do.

    :param name: of the parameter, without the name of the module
    :param kind: a key of ``KINDS``
    :param choices: of a selection, as its field takes them
    :param comodel: of a many2one
    :param usable: tells whether a value can be used, beyond kind and limits
    :param field_name: where it is not ``sheet_`` and the name
    """

    name: str
    kind: str
    label: str
    default: Any = None
    low: float | None = None
    high: float | None = None
    choices: tuple = ()
    comodel: str = ""
    usable: Callable = bool
    field_name: str = ""

    def __post_init__(self):
        SETTINGS[self.field_name or f"sheet_{self.name}"] = self

    @property
    def key(self):
        """The name of the system parameter."""
        return f"crm_customer_sheet.{self.name}"

    # -- reading and writing ---------------------------------------------------

    def value(self, env, default=None):
        """Return the value that holds: the one chosen, or else the default.

        :param default: instead of the one of the setting
        :return: a record (perhaps an empty one) where the setting is about one
        """
        value = self._chosen(env)
        if value is None:
            value = self._default() if default is None else default
        return env[self.comodel].browse(value or ()).exists() if self.comodel else value

    def keep(self, env, value):
        """Keep a value for everybody, if it is another one than what holds."""
        value = (value or "").strip() if self.kind == "char" else value
        if value != self.value(env):
            env["ir.config_parameter"].sudo().set_param(self.key, self._text(value) or False)

    def _text(self, value):
        if self.kind in ("char", "selection"):
            return value or ""
        return str(value.id or "") if self.comodel else str(value)

    def _default(self):
        return EMPTY.get(self.kind, "") if self.default is None else self.default

    def _chosen(self, env):
        """Return what somebody has chosen, ``None`` where nobody has or it cannot be used."""
        text = env["ir.config_parameter"].sudo().get_param(self.key)
        try:
            value = KINDS[self.kind][1](text) if text else None
        except ValueError:
            return None
        return value if text and self._allows(value) else None

    def _allows(self, value):
        if self.kind == "selection":
            return value in dict(self.choices)
        if self.kind == "many2one":
            return takes.is_id(value)
        if self.kind == "char":
            return self.usable(value)
        return self.kind == "boolean" or self._is_within(value)

    def _is_within(self, value):
        return (self.low is None or value >= self.low) and (self.high is None or value <= self.high)

    # -- the form ----------------------------------------------------------------

    def field(self, **options):
        """Return the field of ``res.config.settings`` for this setting."""
        kind, _parse = KINDS[self.kind]
        if self.choices:
            options["selection"] = list(self.choices)
        if self.comodel:
            options["comodel_name"] = self.comodel
        return kind(string=self.label, **options)

    def check(self, env, value, label):
        """Refuse a number outside the limits.

        :param label: of the field, as the user reads it
        :raise ValidationError: naming the field and the limits
        """
        if self.kind in ("integer", "float") and not self._is_within(value):
            raise ValidationError(
                env._(
                    "“%(setting)s” goes from %(low)s to %(high)s.",
                    setting=label,
                    low=self.low,
                    high=self.high,
                )
            )


def rows(env):
    """Return ``[{field, key, label, kind, default, low, high}]`` of all settings, for the docs.

    Labels are in the language of ``env``; a default that is nothing is ``""``.
    """
    labels = env["res.config.settings"].fields_get(list(SETTINGS), ["string"])
    return [
        {
            "field": name,
            "key": setting.key,
            "label": labels[name]["string"],
            "kind": setting.kind,
            "default": "" if setting.default is None else setting.default,
            "low": "" if setting.low is None else setting.low,
            "high": "" if setting.high is None else setting.high,
        }
        for name, setting in SETTINGS.items()
    ]


class ResConfigSettings(models.TransientModel):
    """Settings: what the rooms have declared, shown as it holds and kept as it is chosen."""

    _inherit = "res.config.settings"

    @api.constrains(lambda self: list(SETTINGS))
    def _check_sheet_settings(self):
        for settings in self:
            for name, setting in SETTINGS.items():
                label = self._fields[name]._description_string(self.env)
                setting.check(self.env, settings[name], label)

    @api.model
    def get_values(self):
        values = {name: setting.value(self.env) for name, setting in SETTINGS.items()}
        ids = {name: values[name].id for name, each in SETTINGS.items() if each.comodel}
        return {**super().get_values(), **values, **ids}

    def set_values(self):
        result = super().set_values()
        for name, setting in SETTINGS.items():
            setting.keep(self.env, self[name])
        return result
