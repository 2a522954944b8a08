"""What the law wants kept of a person, and until when."""

from datetime import date
from typing import NamedTuple


class Held(NamedTuple):
    """Documents of a person that are kept, and until when.

    :ivar ids: of the documents
    :ivar ground: one of :data:`.ground.GROUNDS`
    :ivar until: the last day
    :ivar words: which law, for whoever reads the certificate
    """

    model: str
    ids: list
    ground: str
    until: date
    words: str
