"""In which row of a table the titles of its columns stand, and what they are."""

import re
from collections import Counter

from ..text.fold import without_accents

#: Titles stand in the first rows, under the name of a report and its date.
_DEEPEST = 30
_LONGEST = 120
_DATA_RE = re.compile(r"@|\d{5}|\d[\d ./-]{7}|https?:|\d{4}-\d\d-\d\d")
_YEAR_RE = re.compile(r"(?:19|20)\d\d")
_CODE_RE = re.compile(r"(?:[a-z]+:[a-z0-9_.:]+|consent_date|consent_source|currency|key|note)")
#: Words of titles, folded: one of them in a row tells it from data.
_WORDS = frozenset(
    "nom name prenom firstname lastname first last societe company entreprise raison compte"
    " account client customer contact email mail courriel mel tel telephone phone mobile portable"
    " fax adresse address rue street ville city town cp zip postal postcode pays country siret"
    " siren ice tva vat site web website url fonction function title poste job secteur sector"
    " effectif headcount ca revenue budget statut status date note notes commentaire commentaires"
    " comment remarque source origine owner proprietaire commercial code ref reference id numero no"
    " civilite".split()
)
_WORD_RE = re.compile(r"[a-z]+")


def find(rows):
    """Return in which of these rows the titles stand, from 1; 0 where none has.

    >>> find([["Clients 2025"], [], ["Nom", "E-mail"], ["Ada", "ada@atlas.fr"]])
    3
    >>> find([["Raison", "Mail"], ["question:company", "question:email"], ["Atlas", "a@b.fr"]])
    1
    >>> find([["Ada", "ada@atlas.fr"], ["Bob", "bob@atlas.fr"]])
    0
    >>> find([["Nom", "Lieu"], ["question:name", "question:source"], ["Ada", "Lyon"]])
    1
    """
    for number, cells in enumerate(rows[1:_DEEPEST], 1):
        if len(codes(cells)) > 1:
            return number
    usual = _usual_width(rows)
    best, most = 0, -1
    for number, cells in enumerate(rows[:_DEEPEST], 1):
        filled = [cell for cell in cells if cell is not None]
        if len(filled) < max(min(usual, 2), usual / 2):
            continue
        if best and codes(cells):
            break  # they stand right under the titles
        if _is_titles(filled):
            if _known(filled) > most:
                best, most = number, _known(filled)
        elif _known(filled) < len(filled) / 2:
            break  # the first row of data
    return best and best + _is_deeper(rows[best - 1], rows[best : best + 1])


def names(rows, number):
    """Return the titles in a row, one a column of the table; ``""`` where a column has none.

    A title that is missing, or that stands twice, is completed from the row above.

    >>> names([["Company", "Contact", None], [None, "Name", "E-mail"]], 2)
    ['Company', 'Name', 'E-mail']
    >>> names([["Company", None, "Contact", None], ["Name", "City", "Name", "E-mail"]], 2)
    ['Company Name', 'City', 'Contact Name', 'E-mail']
    """
    if not number or number > len(rows):
        return []
    titles = [_title(cell) for cell in rows[number - 1]]
    above = rows[number - 2] if number > 1 else []
    if not _is_group(above, titles):
        return titles
    groups, group = [], ""
    width = max(len(titles), len(above))
    for cell in [*above, *[None] * (width - len(above))]:
        group = _title(cell) or group
        groups.append(group)
    titles += [""] * (width - len(titles))
    count = Counter(titles)
    return [
        (f"{group} {title}" if count[title] > 1 else title) if title else group
        for title, group in zip(titles, groups, strict=True)
    ]


def codes(cells):
    """Return the codes that stand under the titles of a template, nothing elsewhere.

    >>> codes(["question:email", "field:city", None]), codes(["Ada", "ada@atlas.fr"])
    (['question:email', 'field:city', ''], [])
    """
    filled = [cell for cell in cells if cell is not None]
    is_code = [isinstance(cell, str) and bool(_CODE_RE.fullmatch(cell)) for cell in filled]
    if not filled or not all(is_code) or not any(":" in cell for cell in filled):
        return []
    return [cell or "" for cell in cells]


def _usual_width(rows):
    """Return how many cells of a row are filled as a rule."""
    counts = Counter(sum(cell is not None for cell in cells) for cells in rows if cells)
    wide = Counter({width: count for width, count in counts.items() if width > 1})
    return (wide or counts or Counter({0: 1})).most_common(1)[0][0]


def _is_titles(filled):
    texts = [cell for cell in filled if isinstance(cell, str)]
    if len(texts) < len(filled) / 2:
        return False
    if any(not _is_title(cell) for cell in filled):
        return _known(filled) >= max(2, len(filled) / 2)
    return True


def _is_title(cell):
    if isinstance(cell, str):
        return len(cell) <= _LONGEST and not _DATA_RE.search(cell)
    return isinstance(cell, int) and bool(_YEAR_RE.fullmatch(str(cell)))


def _known(filled):
    """Return how many of these have a word of titles in them."""
    return sum(
        not _WORDS.isdisjoint(_WORD_RE.findall(without_accents(cell).lower()))
        for cell in filled
        if isinstance(cell, str) and len(cell) <= _LONGEST
    )


def _is_deeper(cells, below):
    """Tell whether these are groups of titles, and the titles themselves stand below."""
    if not below or None not in cells and len(cells) >= len(below[0]):
        return False
    width = max(len(cells), len(below[0]))
    upper = [*cells, *[None] * (width - len(cells))]
    lower = [*below[0], *[None] * (width - len(below[0]))]
    fills = all(low is not None for up, low in zip(upper, lower, strict=True) if up is None)
    filled = [cell for cell in lower if cell is not None]
    return fills and _is_titles(filled) and _known(filled) >= max(1, _known(cells) // 2)


def _is_group(above, titles):
    """Tell whether a row holds the groups of the titles below it."""
    filled = [cell for cell in above if cell is not None]
    if len(filled) < 2 or not all(map(_is_title, filled)):
        return False
    return "" in titles or len(above) > len(titles) or len(set(titles)) < len(titles)


def _title(cell):
    return "" if cell is None else " ".join(str(cell).split())[:250]
