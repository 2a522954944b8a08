"""What is measured against what, and how good it has to be."""

import os
from typing import NamedTuple


class Goal(NamedTuple):
    """An operation in rounds of so many records, and what it may cost beside Odoo's.

    ``ratio`` is that of the processor's time; ``more`` queries may be added to Odoo's, or
    ``most`` made in all.  None is no goal.
    """

    rounds: int
    size: int = 1
    ratio: float | None = None
    more: int | None = None
    most: int | None = None

    def met(self, ratio, without, having):
        """Whether the figures meet the goal; ``None`` without one."""
        limits = [
            (ratio, self.ratio),
            (having - without, self.more),
            (having, self.most),
        ]
        asked = [figure <= limit for figure, limit in limits if limit is not None]
        return all(asked) if asked else None

    def __str__(self):
        parts = [
            self.ratio is not None and f"<= {self.ratio:.2f}",
            self.more is not None and f"+{self.more} query",
            self.most is not None and f"{self.most} queries",
        ]
        return ", ".join(filter(None, parts))


#: The glance is what a form shows after its paint: compared with Odoo's form, as the page of
#: the sheet is, which is loaded when its tab is opened.
OPERATIONS = {
    "lead_form": Goal(100, ratio=1.15, more=1),
    "lead_glance": Goal(60, ratio=0.50, most=4),
    "lead_page": Goal(30),
    "contact_form": Goal(100, ratio=1.15, more=1),
    "contact_glance": Goal(60, ratio=0.50, most=4),
    "contact_page": Goal(30),
    "lead_views": Goal(15, ratio=1.25),
    "contact_views": Goal(15, ratio=1.25),
    "lead_save": Goal(60, ratio=1.30),
    "lead_save_email": Goal(60, ratio=1.30),
    "contact_save": Goal(60, ratio=1.30),
    "contact_save_email": Goal(60, ratio=1.30),
    "lead_onchange": Goal(40),
    "contact_onchange": Goal(40),
    "create_contacts": Goal(10, 500, ratio=1.20),
    "create_leads": Goal(10, 500, ratio=1.15),
    "create_some_leads": Goal(10, 100, ratio=1.15),
    "write_stage": Goal(7, 1000, ratio=1.10),
    "lead_list": Goal(60, 80, ratio=1.08, more=0),
    "lead_kanban": Goal(60, ratio=1.08, more=0),
    "contact_list": Goal(60, 80, ratio=1.08, more=0),
}

#: In the browser: how much longer until a record is seen, and until nothing moves any more.
PAINTED = 1.15
COMPLETE = 1.5
PAGES = 25

MORE_THAN_PLAIN = 0.1  # seconds that a filter or list of ours may take longer than Odoo's list
FORGOTTEN = 0.15  # seconds of *Nobody forgotten*, whatever is asked of it
TYPING = 50  # milliseconds, of 95 in 100 searches, with ten users typing at once
JOURNAL = 100  # milliseconds, of 95 in 100 first pages at a million messages
MERGE = 100  # times as fast as Odoo's wizard, per pair
COLD = 1.5  # times as long as with statistics, right after an import
REFRESH = 30  # seconds for all contacts
READ, REVIEW = 15, 60  # seconds for a file of 50,000 rows and twenty columns
READ_MEMORY = 300  # megabytes of the process, at most, for such a file
IMPORTED = 150  # rows a second, with their checks, scores and duplicates
NIGHT = 30  # seconds of a night's figures, of a million records
DASHBOARD = 300, 8  # milliseconds, of 95 in 100 openings; queries
#: Seconds of a privacy officer with a million contacts; the first one with as many as there are.
PRIVACY = {
    "preview": 5,
    "erasing": 30,
    "scan": 90,
    "residual scan": 90,
    "retention preview": 60,
    "register counts": 20,
}
ROUTING_QUERIES = 0.1  # that an import costs more, for each lead


def wanted(name):
    """Whether an operation is measured: all are, unless ONLY says which."""
    return not _only() or chosen(name)


def chosen(name):
    """Whether ONLY asks for an operation by name."""
    return any(part in name for part in _only())


def _only():
    return os.environ.get("ONLY", "").replace(",", " ").split()
