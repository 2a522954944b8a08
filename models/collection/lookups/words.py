"""What a register has said of a company or a VAT number, in words."""

from odoo.tools import format_date


def closed_words(env, kept):
    """Return that a company is closed, since when and who said so.

    :param kept: what ``sheet_register_said`` holds under ``company``
    """
    parts = {"register": kept["by"], "asked": format_date(env, kept["on"])}
    if kept["closed"] is True:
        return env._("This company is closed, said %(register)s on %(asked)s.", **parts)
    return env._(
        "This company has been closed since %(day)s, said %(register)s on %(asked)s.",
        day=format_date(env, kept["closed"]),
        **parts,
    )


def vat_words(env, kept):
    """Return whether a VAT number is confirmed, when, and the number that proves it.

    :param kept: what ``sheet_register_said`` holds under ``vat``
    """
    parts = {"register": kept["by"], "asked": format_date(env, kept["on"])}
    if not kept["known"]:
        return env._(
            "%(register)s did not know %(number)s on %(asked)s: the number is marked as doubtful.",
            number=kept["number"],
            **parts,
        )
    if not kept["consultation"]:
        return env._("Confirmed by %(register)s on %(asked)s.", **parts)
    return env._(
        "Confirmed by %(register)s on %(asked)s, consultation number %(number)s.",
        number=kept["consultation"],
        **parts,
    )


def vat_shown(env, kept):
    """Return the same beside a number whose status says the rest."""
    if kept["known"]:
        return vat_words(env, kept)
    parts = {"register": kept["by"], "asked": format_date(env, kept["on"])}
    return env._("%(register)s was asked on %(asked)s.", **parts)
