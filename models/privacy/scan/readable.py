"""Values of JSON columns as people read them."""

import json


def in_words(value, lang=""):
    """Return what a value of JSON says; what is empty or not so is left out.

    :param lang: of what is translated

    >>> in_words({"contact_point": "z@x.example", "note": None, "is_told": True, "ways": ["a", 2]})
    'contact point: z@x.example; is told; ways: a, 2'
    >>> in_words({"en_US": "Blue", "fr_FR": "Bleu"}, "fr_FR"), in_words({"en_US": "Blue"}, "fr_FR")
    ('Bleu', 'Blue')
    >>> in_words({"1": "of the company no. 1"})
    'of the company no. 1'
    >>> in_words([{"a": {"b": 1}}, {}]), in_words("x"), in_words(0)
    ('a: b: 1', 'x', '0')
    """
    if isinstance(value, list):
        return ", ".join(filter(None, (in_words(each, lang) for each in value)))
    if not isinstance(value, dict):
        return "" if value is None or value is False else str(value)
    if "en_US" in value:  # as Odoo keeps what is translated
        return in_words(value.get(lang) or value["en_US"], lang)
    said = ((key.replace("_", " "), each, in_words(each, lang)) for key, each in value.items())
    return "; ".join(
        name if each is True else words if name.isdigit() else f"{name}: {words}"
        for name, each, words in said
        if words
    )


def readable(text, regex):
    """Return a text in which somebody stands, in words where it is JSON.

    >>> import re
    >>> readable('{"name": "Zo\\\\u00e9", "city": ""}', re.compile("Zoé"))
    'name: Zoé'
    >>> readable("[Zoé]", re.compile("Zoé")), readable('["Bo"]', re.compile("Zoé"))
    ('[Zoé]', '["Bo"]')
    """
    try:
        words = in_words(json.loads(text)) if text and text[0] in "[{" else ""
    except (ValueError, RecursionError):
        return text
    return words if regex.search(words) else text
