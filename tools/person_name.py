"""First and last names of a person, both ways."""


def split_name(name):
    """Return ``(first name, last name)`` of a full name.

    Words in capitals are the last name; otherwise everything after the first word is.

    >>> split_name("Salma BENNANI"), split_name("BENNANI Salma")
    (('Salma', 'BENNANI'), ('Salma', 'BENNANI'))
    >>> split_name("Mohamed El Amrani"), split_name("Prince"), split_name("")
    (('Mohamed', 'El Amrani'), ('', 'Prince'), ('', ''))
    """
    words = (name or "").split()
    capitals = [word for word in words if len(word) > 1 and word.isupper()]
    others = [word for word in words if word not in capitals]
    if capitals and others:
        return " ".join(others), " ".join(capitals)
    return (words[0], " ".join(words[1:])) if len(words) > 1 else ("", "".join(words))


def join_name(first, last):
    """Return the full name of a person.

    >>> join_name("Salma", "Bennani"), join_name(False, "Prince"), join_name(False, False)
    ('Salma Bennani', 'Prince', '')
    """
    return " ".join(part.strip() for part in (first, last) if part and part.strip())
