"""What requests are about, where they stand, and "why this date?" in words."""

from odoo.fields import Date
from odoo.tools import format_date

RIGHTS = [
    ("access", "Access: what is known of them"),
    ("rectification", "Rectification: something is wrong"),
    ("erasure", "Erasure: to be forgotten"),
    ("restriction", "Restriction: keep it, but do not use it"),
    ("portability", "Portability: take their data elsewhere"),
    ("objection", "Objection to what is done with it"),
    ("automated", "No decision by a machine alone"),
    ("withdrawal", "Withdrawal of a consent"),
]
STATES = [
    ("received", "Not begun"),
    ("asked", "Identity asked"),
    ("working", "In work"),
    ("answered", "Answered"),
    ("refused", "Refused"),
    ("closed", "Closed: not identified"),
    ("void", "Closed: no request"),
]
#: States in which an answer is still owed.
OPEN = ("received", "asked", "working")
#: Rights that are a decision of the consent ledger, too.
DECISIONS = ("objection", "withdrawal")

CODES = [
    ("received", "It came"),
    ("asked", "Identity asked for"),
    ("proved", "Identity proved"),
    ("extended", "More time taken"),
    ("corrected", "Date or law corrected"),
    ("answered", "Answered"),
    ("refused", "Refused"),
    ("closed", "Closed: not identified"),
    ("reminded", "Reminded of proving who they are"),
    ("wrote", "They wrote"),
    ("replied", "The mailbox answered"),
    ("told", "Recipients told"),
    ("void", "Closed: no request"),
]
#: They said something that an officer has to read: nothing goes on by itself.
SAID = ("wrote", "replied")


def own_words(env):
    """Return what each right is in the words of whoever asks, the usual ones first."""
    return {
        "access": env._("See what you know about me"),
        "erasure": env._("Have my data deleted"),
        "rectification": env._("Correct something that is wrong"),
        "objection": env._("Object to what you do with my data"),
        "withdrawal": env._("Take back a consent that I gave"),
        "portability": env._("Get my data in a file, to take them elsewhere"),
        "restriction": env._("Have my data kept, but not used"),
        "automated": env._("Have a person decide about me, not only a machine"),
    }


def explained(env, steps, unit):
    """Return the lines of "why this date?" of a request.

    :param steps: what was counted, as a request keeps it
    :param unit: of the period
    """
    return [_sentence(env, step, unit) for step in steps]


def _sentence(env, step, unit):
    count = step["count"]
    words = {
        "day": _day(env, step["day"]),
        "due": _day(env, step["due"]),
        "count": count,
        "name": step.get("name") or "",
        "time": env._("%(count)s months", count=count)
        if unit == "months" and count > 1
        else env._("one month")
        if unit == "months"
        else env._("%(count)s days", count=count),
    }
    return _template(env, step) % words


def _template(env, step):
    match step["code"]:
        case "received":
            return env._("%(day)s: it came. That day is not counted; %(time)s later is %(due)s.")
        case "asked":
            return env._("%(day)s: we asked who it is. Time stands still from then on.")
        case "asked_runs":
            return env._("%(day)s: we asked who it is. Under this law time goes on.")
        case "asked_late":
            return env._("%(day)s: we asked who it is, when the time was over. It stays over.")
        case "asked_again":
            return env._("%(day)s: we asked again. Time stood still already.")
        case "proved" if not step.get("count"):
            return env._("%(day)s: the identity was proved the same day. It ends on %(due)s.")
        case "proved":
            return env._(
                "%(day)s: the identity was proved. Days for which time stood still: %(count)s; now"
                " it ends on %(due)s."
            )
        case "proved_runs":
            return env._("%(day)s: the identity was proved. Time had not stood still.")
        case "extended":
            return env._(
                "%(day)s: we told the person that we need %(time)s more, in time: now it ends on"
                " %(due)s."
            )
        case "extended_late":
            return env._(
                "%(day)s: we told the person that we need more time, when it was over. That counts"
                " for nothing."
            )
        case "extended_not":
            return env._("%(day)s: this law gives no more time than that.")
        case _:
            return (
                env._("%(day)s is no working day (%(name)s): the next one is %(due)s.")
                if step.get("name")
                else env._("%(day)s is no working day: the next one is %(due)s.")
            )


def _day(env, text):
    return format_date(env, Date.to_date(text), date_format="EEE d MMM yyyy") if text else ""
