"""The keys of a record: what it has in common with its likely twins."""

from .name import skeleton, sorted_letters
from .place import street_key

#: Kinds of keys; the strong ones name one customer, the weak ones only gather candidates.
STRONG = ("email", "phone", "company", "establishment", "vat", "other")
WEAK = ("domain", "local", "name", "firm", "place", "birth", "street")
KINDS = STRONG + WEAK

#: So many words of a name get a key together with the place or the birth date.
_WORDS_WITH_KEY = 3
#: So many letters of a town are in a key: errors are likelier further on.
_TOWN_START = 4
#: A word with so many consonants may be a whole name typed without the space.
_WHOLE_NAME = 6


def keys(known):
    """Return ``{(kind, value)}``: what a record has in common with its likely twins.

    Whether a domain is anybody's (free mail) only the database knows: it drops those keys.

    :param known: the :class:`.comparable.Comparable` of the record
    """
    found = {
        *(("email", mailbox) for mailbox in known.mailboxes or (known.mailbox,)),
        *(("phone", number) for number in known.phones),
        ("company", known.company),
        ("establishment", known.establishment),
        ("vat", known.vat),
        *(("other", number) for number in known.others),
        ("domain", known.domain),
        *(("street", text) for text in _street_keys(known)),
        *(_firm_keys(known) if known.firm and not known.name else _name_keys(known)),
    }
    return {key for key in found if key[1]}


def _name_keys(known):
    words = known.name.split()
    longest = _longest_of(" ".join({skeleton(word) for word in words}))[:_WORDS_WITH_KEY]
    found = {("firm", text) for text in known.parts[:1]}
    if len(words) > 1:
        found.add(("name", known.sound))
    town = known.city[:_TOWN_START]
    place = known.zip or town
    found |= {("place", f"{word} {place}") for word in longest if place}
    if known.birth:
        found |= {("birth", f"{known.birth} {word[:1]}") for word in longest}
        found |= {("birth", f"{known.birth} {text}") for text in (known.zip, town) if text}
    if not (known.phones or known.zip or known.street):
        found |= _more_keys(known, longest[:2])
    return found


def _more_keys(known, words):
    """Return more keys of a person of whom little is known: any of it may be wrong."""
    letters = sorted_letters(known.sound)
    found = {("name", letters if len(letters) >= _WHOLE_NAME else "")}
    if known.birth:
        year, month, day = known.birth[:4], known.birth[4:6], known.birth[6:]
        some = (f"{year}-{month}", f"{year}--{day}", f"{month}-{day}")
        found |= {("birth", f"{text} {word}") for text in some for word in words}
        digits = f"{year} {sorted_letters(month + day)}"
        found |= {("birth", f"{digits} {word[:1]}") for word in words}
        found.add(("birth", known.birth))
    local = "" if known.is_role else known.mailbox.partition("@")[0]
    if len(local) >= _WHOLE_NAME:
        others = (known.birth[:4], known.city[:_TOWN_START], *(word[:1] for word in words))
        found |= {("local", f"{local[:_TOWN_START]} {text}") for text in others if text}
        found.add(("local", local))
    return found


def _firm_keys(known):
    found = {("firm", text) for text in known.parts}
    longest = _longest_of(known.core)[:2]
    place = known.zip or known.city[:_TOWN_START]
    return found | {("place", f"{skeleton(word)} {place}") for word in longest if place}


def _street_keys(known):
    """Return keys of the address: every town has a "1 rue de la Paix".

    Of a company the town is often missing; there its name has to begin alike.
    """
    address = street_key(known.street_number, known.street)
    if not address:
        return []
    town = known.city[:_TOWN_START]
    if known.name:
        others = [known.zip, town]
    else:
        others = [known.zip or town, *(word[:1] for word in _longest_of(known.core)[:2])]
    return [f"{address} {text}" for text in others if text]


def _longest_of(words):
    return sorted(words.split(), key=lambda word: (-len(word), word))
