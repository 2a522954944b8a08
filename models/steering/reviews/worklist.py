"""What a monthly review looks through.  Plain data: no ORM."""

from collections.abc import Callable
from typing import NamedTuple

from odoo.fields import Domain


class Worklist(NamedTuple):
    """Records in which one thing is wrong, told apart by a reason and by who is to mend them."""

    code: str
    title: str
    model: str
    domain: Domain
    #: Takes the model and a query, and returns the SQL of the reason.
    reason: Callable
    owner: str = "user_id"
