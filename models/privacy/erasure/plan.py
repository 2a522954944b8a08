"""What the data map says is done with each column when a person is erased."""

from typing import NamedTuple

from ..map.recognisers import Guess, rule_of


class Said(NamedTuple):
    """What is done with a column, or a row: why it is kept, and until when."""

    decision: str
    ground: str = ""
    until: object = None


class Plan:
    """The data map, as an erasure reads it.

    :ivar identity: ``(model, column)`` of what says who somebody is
    :ivar impersonal: ``(model, column)`` of which somebody said that they are about nobody
    :param kept: ``{category: (ground, until)}`` of what a request decides to keep
    """

    def __init__(self, env, kept=None):
        self.env = env
        self.kept = kept or {}
        self._columns, self.identity, self.impersonal = {}, set(), set()
        for place in env["customer.sheet.place"].sudo().search([("category", "!=", False)]):
            if place.category != "none":
                self._columns.setdefault(place.model, {})[place.field] = self._said(place)
                if place.category == "identity":
                    self.identity.add((place.model, place.field))
            elif place.state == "confirmed":
                self.impersonal.add((place.model, place.field))

    def _said(self, place):
        if place.category in self.kept and place.on_erase != "keep":
            return Said("keep", *self.kept[place.category])
        return Said(place.on_erase or "cut", place.ground or "")

    def columns(self, model):
        """Return ``{column: Said}`` of a model."""
        return self._columns.get(model, {})

    def row(self, model):
        """Return what is done with a whole row of a model that is about the person, or None.

        One column to delete takes the row; a model without words is decided by its name alone.
        """
        said = [*self.columns(model).values()]
        if not said:
            guess = rule_of(model) or Guess()
            said = [Said(guess.on_erase, guess.ground)] if guess.on_erase else []
        for one in said:
            if one.decision == "delete":
                return one
        kept = [one for one in said if one.decision == "keep"]
        return kept[0] if said and len(kept) == len(said) else None

    def deletes(self, model):
        """Return whether a row of this model that is about the person is deleted."""
        said = self.row(model)
        return bool(said and said.decision == "delete")
