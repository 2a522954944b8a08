"""What a published form holds: read in one language, and compared with another.

A content is what publishing freezes, as Json.  Wherever people read words, it has a dictionary of
languages in their place.
"""

#: The parts that are records: a content has their ids, a lead gets them.
RECORDS = ("company_id", "source_id", "team_id", "campaign_id", "medium_id")
#: The most characters of a free message.
LONGEST_MESSAGE = 5000

#: The parts that are compared each as a whole, in the order in which they are told.
PARTS = ("name", "intro", "success", "message", "langs", "use", "origins", *RECORDS)


def closest(lang, langs):
    """Return which of ``langs`` somebody who reads ``lang`` understands best, the first if none.

    >>> closest("fr_BE", ["en_US", "fr_FR"]), closest("nl_NL", ["en_US", "fr_FR"])
    ('fr_FR', 'en_US')
    """
    if lang in langs:
        return lang
    language = (lang or "").partition("_")[0].partition("@")[0]
    same = (each for each in langs if each.partition("_")[0].partition("@")[0] == language)
    return next(same, langs[0])


def said(value, langs, lang):
    """Return a part of a content with its words in ``lang``, instead of in all ``langs``.

    >>> said({"title": {"en_US": "You", "fr_FR": "Vous"}, "n": 3}, ["en_US", "fr_FR"], "fr_FR")
    {'title': 'Vous', 'n': 3}
    """
    if isinstance(value, dict):
        if value and value.keys() <= set(langs):
            return value.get(lang, value.get(langs[0]))
        return {key: said(each, langs, lang) for key, each in value.items()}
    if isinstance(value, list):
        return [said(each, langs, lang) for each in value]
    return value


def changes(before, after):
    """Yield ``(kind, what)`` for each difference between two contents, those of words included.

    Kinds are ``part`` (what: a key of :data:`PARTS`), ``added``, ``removed`` and ``changed`` (a
    line), ``order``, ``pages``, ``box_added``, ``box_removed``, ``box_changed`` and ``notice``
    (a box).  Words are compared in the languages that both have.

    >>> line = {"code": "need", "asked": "always", "required": False, "shape": {}}
    >>> old = {"steps": [{"title": {}, "lines": [line]}], "message": True}
    >>> new = {"steps": [{"title": {}, "lines": [{**line, "required": True}]}], "message": False}
    >>> [(kind, what if kind == "part" else what["code"]) for kind, what in changes(old, new)]
    [('part', 'message'), ('changed', 'need')]
    """
    for part in PARTS:
        if _differ(before.get(part), after.get(part)):
            yield "part", part
    yield from _line_changes(before, after)
    yield from _box_changes(before, after)


def _line_changes(before, after):
    old, new = lines(before), lines(after)
    for code, line in new.items():
        if code not in old:
            yield "added", line
        elif _differ(old[code], line):
            yield "changed", line
    for code, line in old.items():
        if code not in new:
            yield "removed", line
    if [code for code in old if code in new] != [code for code in new if code in old]:
        yield "order", None
    elif _differ(_pages(before), _pages(after)):
        yield "pages", None


def _box_changes(before, after):
    old, new = boxes(before), boxes(after)
    for key, box in new.items():
        if key not in old:
            yield "box_added", box
        elif _differ({**old[key], "notice_version_ids": {}}, {**box, "notice_version_ids": {}}):
            yield "box_changed", box
        elif _differ(old[key]["notice_version_ids"] or None, box["notice_version_ids"] or None):
            yield "notice", box
    for key, box in old.items():
        if key not in new:
            yield "box_removed", box


def lines(content):
    """Return ``{code: line}`` of all pages, in their order."""
    found = [line for step in content.get("steps", ()) for line in step["lines"]]
    return {line["code"]: line for line in found}


def offered(lines):
    """Return ``{code: values}`` of what these lines, read in one language, give to choose from."""
    shapes = (line["shape"] for line in lines)
    return {
        shape["code"]: {option["value"] for option in shape["options"]}
        for shape in shapes
        if shape["kind"] in ("choice", "choices")
    }


def labels(said):
    """Return ``{code: label}`` of what a form asks, once it is read in one language."""
    return {code: line["shape"]["label"] for code, line in lines(said).items()}


def boxes(content):
    """Return ``{(purpose, channel): box}`` of the consents."""
    return {(box["purpose"], box["channel"]): box for box in content.get("consents", ())}


def _pages(content):
    """Return the pages that people see, with the questions that are on them."""
    return [
        {"title": step["title"], "codes": [line["code"] for line in step["lines"]]}
        for step in content.get("steps", ())
    ]


def with_notices(content, newer):
    """Return a content whose boxes name the notices that the same boxes of ``newer`` name."""
    found = boxes(newer)
    kept = [
        {**box, "notice_version_ids": found[key]["notice_version_ids"]} if key in found else box
        for key, box in boxes(content).items()
    ]
    return {**content, "consents": kept}


def _differ(before, after):
    """Tell whether two parts differ; of dictionaries of languages, in those that both have."""
    if isinstance(before, dict) and isinstance(after, dict):
        return any(_differ(before[key], after[key]) for key in before.keys() & after.keys())
    if isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        return any(_differ(one, other) for one, other in zip(before, after, strict=True))
    return before != after


def shown(content, lang):
    """Return a content as somebody who reads ``lang`` is shown it."""
    lang = closest(lang, content["langs"])
    result = said(content, content["langs"], lang)
    told = [box for box in result["consents"] if box["notice_version_ids"]]
    for box in told:
        box["notice_version_id"] = box.pop("notice_version_ids")
    return {**result, "consents": told, "lang": lang}
