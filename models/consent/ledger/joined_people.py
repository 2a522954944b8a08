"""What stands for a person, their joins with other people included: plain Python over rows."""

from ..law.fold import DECISIONS, Decision, standing


class JoinedPeople:
    """A person and everybody who turned out to be the same, with all their events."""

    def __init__(self, root, joins, events):
        self.root, self.joins, self.events = root, joins, events

    def members(self, subject=None):
        subject = subject or self.root
        yield subject
        for _at, joined in self.joins.get(subject, ()):
            yield from self.members(joined)

    def cells(self):
        return {cell for member in self.members() for cell in self.events.get(member, ())}

    def standing(self, subject, cell):
        """Return the decision of ``subject`` that stands, after its joins."""
        decisions = [
            Decision(row["effective_at"], row["state"], row)
            for row in self.events.get(subject, {}).get(cell, ())
            if row["state"] in DECISIONS
        ]
        joins = [(at, self.standing(joined, cell)) for at, joined in self.joins.get(subject, ())]
        return standing(decisions, [(at, decision) for at, decision in joins if decision])

    def deciding(self, cell):
        """Return the row of the event that stands for a cell, and when it was last requested.

        :return: ``(event row or None, requested at or None)``; a request that was answered
            since is none, and one that nothing else decides stands itself
        """
        decision = self.standing(self.root, cell)
        asked = max(
            (
                row
                for member in self.members()
                for row in self.events.get(member, {}).get(cell, ())
                if row["state"] == "requested"
            ),
            key=lambda row: row["effective_at"],
            default=None,
        )
        if asked and decision and decision.at >= asked["effective_at"]:
            asked = None
        event = decision.source if decision else asked
        return event, asked["effective_at"] if asked else None
