"""The one statement of the journal: what each source tells, the newest of all."""

from datetime import datetime
from typing import NamedTuple

from odoo.tools import SQL

#: What a source tells of a line, in this order, with the type of each.
COLUMNS = {
    "source": SQL("text"),
    "id": SQL("int"),
    "kind": SQL("text"),
    "at": SQL("timestamp"),
    "is_day": SQL("boolean"),
    "title": SQL("text"),
    "text": SQL("text"),
    "state": SQL("text"),
    "model": SQL("text"),
    "res_id": SQL("int"),
    "person": SQL("int"),
    "author": SQL("int"),
    "author_name": SQL("text"),
    "amount": SQL("numeric"),
    "currency": SQL("int"),
}

#: Enough of a text to show how it begins, with the tags that it is written in.
BEGINNING = 4000

NULL = SQL("NULL")

ORDER = SQL('at DESC, source COLLATE "C" DESC, id DESC')


class Key(NamedTuple):
    """Where a line stands among all: no other stands there, and the newest is the greatest."""

    at: datetime
    source: str
    id: int

    def __str__(self):
        return f"{self.at.isoformat()}|{self.source}|{self.id}"

    @classmethod
    def parse(cls, text):
        """Return the key that a text says.

        :raise ValueError: it says none
        """
        at, source, number = text.split("|")
        return cls(datetime.fromisoformat(at), source, int(number))


class Asked(NamedTuple):
    """Which lines are wanted: of these kinds, after this key, of this person, with this text."""

    kinds: frozenset
    limit: int
    before: Key | None = None
    person: int = 0
    text: str = ""


def branch(query, asked, **columns):
    """Return the SELECT of the newest lines of a query.

    :param query: what is read, under the rules of the reader
    :param columns: SQL or values by name, see ``COLUMNS``; what is not told is empty
    """
    at, number = columns["at"], columns["id"]
    query.add_where(SQL("%s IS NOT NULL", at))
    if asked.before:
        query.add_where(_after(asked.before, columns["source"], at, number))
    if asked.person:
        query.add_where(SQL("%s = %s", columns.get("person", NULL), asked.person))
    query.order = SQL("%s DESC, %s DESC", at, number)
    query.limit = asked.limit
    told = [
        SQL("(%s)::%s AS %s", columns.get(name, NULL), kind, SQL.identifier(name))
        for name, kind in COLUMNS.items()
    ]
    return query.select(*told)


def _after(key, source, at, number):
    """Return the condition of standing after the key: all lines of a branch have one source."""
    if source == key.source:
        return SQL("(%s, %s) < (%s, %s)", at, number, key.at, key.id)
    return SQL("%s %s %s", at, SQL("<=" if source < key.source else "<"), key.at)


def statement(circle, branches, limit, uid):
    """Return the SELECT of the newest lines of all branches, with the names of people.

    :param uid: whose own lines are told apart
    """
    return SQL(
        """
        WITH %s
        SELECT j.*,
               COALESCE(NULLIF(p.name, ''), p.complete_name) AS person_name,
               COALESCE(a.name, j.author_name) AS by,
               j.author = (SELECT u.partner_id FROM res_users u WHERE u.id = %s) AS is_own,
               l.name AS about
          FROM (SELECT * FROM (%s) lines ORDER BY %s LIMIT %s) j
          LEFT JOIN journal_people p ON p.id = j.person
          LEFT JOIN res_partner a ON a.id = j.author
          LEFT JOIN journal_leads l ON j.model = 'crm.lead' AND l.id = j.res_id
         ORDER BY %s
        """,
        circle.sql(),
        uid,
        SQL(" UNION ALL ").join(SQL("(%s)", each) for each in branches),
        ORDER,
        limit,
        ORDER,
    )
