"""Does a chain of the ledger hold?  Plain Python over rows: nothing here needs the ORM."""

import json

from ..chain import commitment, link
from ..ledger.subject import say


class Chain:
    """One chain, checked event by event.

    What it says of its person is there at the end: ``sheets`` (``{sheet: event}``) and ``joins``
    (``{number of the other person: the last that was said of them}``).
    """

    def __init__(self, person, record):
        """Start with nothing read.

        :param person: ``uuid``, ``key``, ``sequence`` and ``head_hash`` of the subject
        :param record: what makes of ``(uuid, row)`` the dictionary that a hash covers
        """
        self.person, self.record = person, record
        self.sequence, self.head_hash, self.erased_at = 0, "", 0
        self.without = []  # events whose readable part is gone
        self.unreadable = []  # events whose readable part is there, but not the key
        self.sheets, self.joins = {}, {}

    def found(self, kind, sequence=0, **values):
        return {"kind": kind, "subject": self.person["uuid"], "sequence": sequence, **values}

    def check(self, row):
        """Yield what is wrong with the next event, and with its place after the one before.

        :param row: an event with ``content``, its readable part or None, and ``readables``, how
            many of these it has
        """
        sequence = row["sequence"]
        if sequence > self.sequence + 1:
            missing = sequence - self.sequence - 1
            yield self.found("gap", self.sequence + 1, count=missing, last=sequence - 1)
        elif sequence <= self.sequence:
            yield self.found("double", sequence)
        elif (row["prev_hash"] or "") != self.head_hash:
            yield self.found("link", sequence)
        if link(row["prev_hash"] or "", self.record(self.person["uuid"], row)) != row["hash"]:
            yield self.found("event", sequence, date=row["recorded_at"].isoformat())
        yield from self.check_readable(row)
        self.note_person(row)
        self.sequence, self.head_hash = sequence, row["hash"]
        if row["state"] == "erased":
            self.erased_at = sequence

    def note_person(self, row):
        say(self.sheets, row["sequence"], row["identity"])
        if row["state"] in ("joined", "split"):
            words = (row["identity"] or "").split(" ")
            self.joins[row["related_subject"]] = {
                "state": row["state"],
                "at": row["effective_at"],
                "place": next((word for word in words if word in ("root", "part")), None),
                "sequence": row["sequence"],
            }

    def check_readable(self, row):
        if row["readables"] > 1:
            yield self.found("payload_double", row["sequence"], count=row["readables"])
        if row["content"] is None:
            if row["payload_commitment"]:
                self.without.append(row["sequence"])
        elif not self.person["key"]:
            self.unreadable.append(row["sequence"])
        elif not self.commits(row):
            yield self.found("payload", row["sequence"])

    def commits(self, row):
        try:
            readable = commitment(self.person["key"], json.loads(row["content"]))
        except (ValueError, RecursionError):  # neither JSON nor a key any more
            return False
        return readable == row["payload_commitment"]

    def end(self):
        """Yield what only the end of the chain tells."""
        if (self.sequence, self.head_hash) != (
            self.person["sequence"] or 0,
            self.person["head_hash"] or "",
        ):
            yield self.found(
                "head", self.sequence, expected=self.person["sequence"] or 0, count=self.sequence
            )
        for sequence in self.without:
            if sequence > self.erased_at:
                yield self.found("payload_missing", sequence)
        if self.unreadable and not self.erased_at:
            yield self.found("key", self.unreadable[0])
        elif self.unreadable:
            yield self.found("payload_kept", self.unreadable[0])
