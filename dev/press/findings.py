"""What the server answered: a refusal in words is fine, anything else is a fault."""

import re
from collections import Counter, defaultdict

#: The kinds of exception whose words a person can act on; the last is our own `UserError`.
WORDS = {"AccessError", "UserError", "ValidationError", "MissingError", "GateRefused"}
MODULE = "crm_customer_sheet"
OURS = "customer.sheet."
#: Our models and those that the module extends with screens, but not `res.partner.bank`.
SCREENS = re.compile(r"customer\.sheet\.|(?:crm\.lead|res\.partner)(?!\.[a-z]+(?:[^a-z_]|$))")
#: A place in our code; the cache folder of `make` is called as the module is.
CODE = re.compile(rf"/{MODULE}/(?:controllers|models|reports|tools|wizards)/")
DUPLICATE = "duplicate "  # and the model
SHOWN = 12  # lines of a traceback


class Findings:
    """Faults, told once each, and what was answered to each button."""

    def __init__(self):
        self.faults = {}
        self.counts = Counter()
        self.answers = defaultdict(Counter)

    def note(self, path, error):
        """Note what was answered instead of a result; return its kind."""
        kind = error.kind.rpartition(".")[2] or "Error"
        if kind in WORDS:
            self.counts["refusals"] += 1
            return kind
        if not (CODE.search(error.debug) or is_ours(path[-1])):
            self.counts["faults of Odoo's own"] += 1
            return kind
        lines = error.debug.strip().splitlines()
        key = kind, _place(lines), str(error)[:80]
        if key not in self.faults:
            trace = "\n".join(f"    {line}" for line in lines[-SHOWN:])
            self.faults[key] = f"{' > '.join(path)}\n  {kind}: {str(error)[:500]}\n{trace}"
        self.counts["faults"] += 1
        return kind

    def closed_doors(self):
        """The buttons that did nothing but tell somebody that they may not press them.

        “Duplicate” is refused for whatever reason: where it makes no sense it is not offered.
        """
        return [
            f"{button}: always refused"
            for button, answers in self.answers.items()
            if set(answers) == {"AccessError"}
            or (button.startswith(DUPLICATE) and "done" not in answers)
        ]

    def told(self):
        """How much was opened and pressed, in one line."""
        return ", ".join(f"{count} {what}" for what, count in sorted(self.counts.items()))

    def report(self):
        """Everything to mend, as text."""
        return "\n\n".join([*self.faults.values(), *self.closed_doors()])


def is_ours(name):
    """Whether a model, or what is done with it, is ours or one that we extend.

    >>> [is_ours(step) for step in ("res.partner", "res.partner.action_x([1])", "res.partner.bank")]
    [True, True, False]
    """
    return bool(SCREENS.search(name))


def _place(lines):
    """The line of a traceback that says most: the last one of ours, or else the last one."""
    places = [line.strip() for line in lines if line.strip().startswith("File ")]
    return next((place for place in reversed(places) if CODE.search(place)), (places or [""])[-1])
