"""Which value survives a merge, field by field, and why. Plain Python, rows in, choices out."""

from dataclasses import dataclass, field

from ....tools.text import filler

#: Why a value is proposed, strongest first.
ONLY, VERIFIED, GIVEN, RECENT, COMPLETE, KEPT = (
    "only",
    "verified",
    "given",
    "recent",
    "complete",
    "kept",
)


@dataclass(frozen=True)
class Known:
    """What is known of one answer beyond its value: origin, date, confirmed or not."""

    origin: str = ""
    date: str = ""
    is_confirmed: bool = False


@dataclass
class Member:
    """One of the records to merge: its row, as JSON, and what is known of its answers."""

    id: int
    row: dict
    known: dict = field(default_factory=dict)

    @property
    def is_verified(self):
        return bool(self.row.get("sheet_verified_on"))


@dataclass(frozen=True)
class Topic:
    """Columns that go together (a street and its town), and the answers they hold."""

    name: str
    columns: tuple
    codes: tuple = ()
    status: str = ""
    can_be_verified: bool = False
    is_text: bool = False


@dataclass(frozen=True)
class Choice:
    """The member whose value is proposed for a topic, and the reason."""

    member_id: int
    reason: str


def values_of(member, topic):
    """Return the values of a member for a topic, empty ones as ``None``."""
    return tuple(
        None if (value := member.row.get(name)) in (None, "", False) or value == 0 else value
        for name in topic.columns
    )


def known_of(member, topic):
    """Return what is known of a member's answer to a topic."""
    found = [member.known[code] for code in topic.codes if code in member.known]
    return max(found, key=lambda known: (known.is_confirmed, known.date), default=Known())


def differs(members, topic):
    """Tell whether the members disagree about a topic.

    >>> a, b = Member(1, {"city": "Lyon"}), Member(2, {"city": "Paris"})
    >>> differs([a, b], Topic("city", ("city",))), differs([a, a], Topic("city", ("city",)))
    (True, False)
    """
    first = values_of(members[0], topic)
    return any(values_of(member, topic) != first for member in members[1:])


def disputed(members, topic):
    """Tell whether several members know something about a topic, and not the same.

    >>> a, b, c = Member(1, {"city": "Lyon"}), Member(2, {"city": "Paris"}), Member(3, {})
    >>> disputed([a, b], Topic("city", ("city",))), disputed([a, c], Topic("city", ("city",)))
    (True, False)
    """
    return len({values for member in members if any(values := values_of(member, topic))}) > 1


def differing(members, topics):
    """Return the topics about which the members disagree; most columns are equal everywhere.

    >>> a, b = Member(1, {"city": "Lyon", "zip": ""}), Member(2, {"city": "Paris", "zip": None})
    >>> topics = [Topic("city", ("city",)), Topic("z", ("zip",))]
    >>> [topic.name for topic in differing([a, b], topics)]
    ['city']
    """
    first, names = members[0].row, set()
    for member in members[1:]:
        names.update(name for name, value in member.row.items() if value != first.get(name))
        names |= first.keys() - member.row.keys()
    some = [topic for topic in topics if not names.isdisjoint(topic.columns)]
    return [topic for topic in some if differs(members, topic)]


def choose(members, topic):
    """Return the :class:`Choice` for a topic; the first member is the survivor.

    Real answers beat filler and invalid ones; then verified > given by the customer > most
    recent > most complete > the survivor's own.

    >>> city = Topic("city", ("city",))
    >>> choose([Member(1, {}), Member(2, {"city": "Lyon"})], city)
    Choice(member_id=2, reason='only')
    >>> choose([Member(1, {"city": "Paris"}), Member(2, {"city": "Lyon"})], city)
    Choice(member_id=1, reason='kept')
    """
    filled = [member for member in members if any(v is not None for v in values_of(member, topic))]
    if len(filled) == 1:  # by far the most frequent
        return Choice(filled[0].id, KEPT if filled[0] is members[0] else ONLY)
    worth = {member.id: _worth(member, topic, position) for position, member in enumerate(members)}
    best = max(worth, key=worth.get)
    rivals = [each for key, each in worth.items() if key != best and each[0] > 0]
    if worth[best][0] <= 0 or not rivals:
        is_own = best == members[0].id
        return Choice(best, KEPT if is_own else ONLY)
    return Choice(best, _reason(worth[best], max(rivals)))


def _worth(member, topic, position):
    """Return what a value is worth, the strongest criterion first."""
    values = values_of(member, topic)
    filled = [value for value in values if value is not None]
    known = known_of(member, topic)
    return (
        _soundness(member, topic, filled),
        bool(filled) and (known.is_confirmed or (topic.can_be_verified and member.is_verified)),
        known.origin == "zero",
        known.date or "",
        len(filled),
        -position,
    )


def _soundness(member, topic, filled):
    """Return 0 for nothing, 1 for filler or an invalid value, 2 for a real answer."""
    if not filled:
        return 0
    if topic.status and member.row.get(topic.status) == "invalid":
        return 1
    texts = [value for value in filled if isinstance(value, str)]
    return 1 if topic.is_text and texts and all(map(filler.is_filler, texts)) else 2


def _reason(best, rival):
    names = (ONLY, VERIFIED, GIVEN, RECENT, COMPLETE, KEPT)
    for name, mine, other in zip(names, best, rival, strict=True):
        if mine != other:
            return name
    return KEPT
