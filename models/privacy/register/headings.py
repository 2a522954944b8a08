"""The headings of the register in the order of the CNIL's model, and what differs of two of them.

A register is plain values: ``{"title", "lang", "head": [[label, text]],
"headings": [[code, label]],
"activities": [{"id", "reference", "name", "lines": {code: [text]}}]}``.
"""

#: What changes every day, and is no change of what is done with the data.
NOT_COMPARED = ("today", "updated")


def headings(env):
    """Return ``[[code, label]]``, in their order, which JSON of PostgreSQL keeps in lists only."""
    labels = {
        "created": env._("In use since"),
        "updated": env._("Last changed on"),
        "controllers": env._("Joint controllers"),
        "software": env._("Software"),
        "objectives": env._("What for"),
        "basis": env._("Lawful basis"),
        "people": env._("Whose data"),
        "today": env._("How many, on the day of this register"),
        "data": env._("Which data"),
        "sensitive": env._("Sensitive data"),
        "retention": env._("How long they are kept"),
        "inside": env._("Who sees them in the organisation"),
        "outside": env._("Who else receives them"),
        "processors": env._("Processors"),
        "transfers": env._("Transfers abroad"),
        "security": env._("Security"),
        "stored": env._("Where they are stored"),
        "notices": env._("What people are told"),
        "formalities": env._("Declarations and authorisations"),
    }
    return [list(each) for each in labels.items()]


def differences(before, after):
    """Return what differs of two registers, as ``[(activities, heading, gone lines, new lines)]``.

    What has changed alike in several activities is said once.  An activity that one of the
    registers lacks has ``""`` for a heading.

    >>> def register(**lines):
    ...     activity = {"id": 1, "reference": "T1", "name": "Prospecting", "lines": lines}
    ...     return {"headings": [["data", "Which data"]], "activities": [activity]}
    >>> differences(register(data=["a", "b"]), register(data=["b", "c"], today=["7"]))
    [('T1 Prospecting', 'Which data', ['a'], ['c'])]
    >>> differences({"activities": []}, register())
    [('T1 Prospecting', '', [], [''])]
    """
    old = {each["id"]: each for each in before["activities"]}
    new = {each["id"]: each for each in after["activities"]}
    alike = {}
    for number, activity in new.items():
        known = old.get(number)
        changes = _changed(known, activity, after["headings"]) if known else [("", (), ("",))]
        for change in changes:
            alike.setdefault(change, []).append(_title(activity))
    for number, activity in old.items():
        if number not in new:
            alike.setdefault(("", ("",), ()), []).append(_title(activity))
    return [
        (", ".join(titles), label, list(gone), list(come))
        for (label, gone, come), titles in alike.items()
    ]


def _changed(old, new, labels):
    if old["name"] != new["name"]:
        yield "", (old["name"],), (new["name"],)
    for code, label in labels:
        had, has = old["lines"].get(code, []), new["lines"].get(code, [])
        gone, come = (tuple(t for t in a if t not in b) for a, b in ((had, has), (has, had)))
        if code not in NOT_COMPARED and (gone or come):
            yield label, gone, come


def _title(activity):
    return f"{activity['reference']} {activity['name']}"
