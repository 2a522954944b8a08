"""Methods that the web client and other programs may call: what comes in is looked at first.

Whoever calls a method of ours with what it cannot use is told so in a sentence, never by an
error of Python or PostgreSQL.
"""

import functools
import inspect

from odoo.api import NewId
from odoo.exceptions import AccessError, MissingError, UserError

from . import takes
from .fields import HOSTS, check_sheet_user


def called(*, one=False, context=None, **kinds):
    """Return a decorator for a public method: it refuses what the method cannot work with.

    Methods of a sheet, and of our own models, are for people who work with sheets; those on
    records of our own models are for people who may read the records, and those of the settings
    for people who may change these.

    :param one: the method is about one record, not none and not several
    :param context: what each key of the context that the method reads may be, by name
    :param kinds: what each argument may be, by name: functions of ``takes``.  ``False`` and
        ``None`` stand for an argument that is not given.
    """

    def decorator(method):
        signature = inspect.signature(method)
        if unknown := set(signature.parameters) - {"self"} ^ set(kinds):
            raise TypeError(f"{method.__qualname__}: say what these may be: {sorted(unknown)}")

        @functools.wraps(method)
        def checked(self, *args, **kwargs):
            check_records(self, one)
            _check_caller(self, getattr(checked, "_api_model", False))
            for name, kind in (context or {}).items():
                if value := self.env.context.get(name):
                    _check_argument(self.env, kind, name, value)
            return method(self, **_checked(self.env, signature, kinds, args, kwargs))

        checked._sheet_called = True
        return checked

    return decorator


def check_records(records, one=False):
    """Refuse ids that are none, models without records and, if ``one``, none or several.

    :raise UserError: what to do instead
    """
    if records._abstract:
        raise AccessError(records.env._("There are no records of this kind."))
    if not all(isinstance(each, NewId) or takes.is_id(each) for each in records._ids):
        raise UserError(
            records.env._("These records cannot be found. Reload the page and choose them again.")
        )
    if one and len(records) != 1:
        raise UserError(records.env._("This is done on one record at a time: open one."))


def _check_caller(records, is_for_all):
    is_own = records._name.startswith("customer.sheet.")
    if is_own or records._name in HOSTS:
        check_sheet_user(records.env)
    else:
        records.check_access("write")
    if is_own and not is_for_all:
        records.check_access("read")
        if len(records.exists()) < len(set(records._ids)):
            raise MissingError(
                records.env._("One of these records no longer exists. Reload the page.")
            )


def _checked(env, signature, kinds, args, kwargs):
    """Return the arguments by name, those that are not given as the method has them."""
    try:
        given = signature.bind(None, *args, **kwargs).arguments
    except TypeError:
        raise UserError(
            env._("Something is missing to do this. Reload the page and try again.")
        ) from None
    return {
        name: _argument(env, kind, signature.parameters[name], given[name])
        for name, kind in kinds.items()
        if name in given
    }


def _argument(env, kind, parameter, value):
    is_given = value is not None and value is not False
    if not is_given and parameter.default is not parameter.empty:
        return parameter.default
    if is_given or kind not in takes.SIMPLE:
        _check_argument(env, kind, parameter.name, value)
    return value


def _check_argument(env, kind, name, value):
    if not (takes.is_storable(value) and kind(value)):
        raise UserError(
            env._(
                "“%(value)s” cannot be used as “%(name)s”. Reload the page and try again.",
                value=ascii(value)[:60],
                name=name,
            )
        )
