"""What the journal reads: a table of facts about customers, as one branch of its statement."""

from datetime import datetime
from typing import NamedTuple

from odoo.fields import Domain
from odoo.tools import SQL, Query

#: What the statement begins with: ``WITH journal_people AS ..., journal_leads AS ...``.
PEOPLE = SQL("SELECT id FROM journal_people")
LEADS = SQL("SELECT id FROM journal_leads")

#: What a branch tells of a line, in this order, with the type of each.
COLUMNS = {
    "source": "text",
    "id": "int",
    "kind": "text",
    "at": "timestamp",
    "is_day": "boolean",
    "title": "text",
    "text": "text",
    "state": "text",
    "model": "text",
    "res_id": "int",
    "person": "int",
    "author": "int",
    "author_name": "text",
    "amount": "numeric",
    "currency": "int",
}

#: Enough of a text to show how it begins, with the tags that it is written in.
BEGINNING = 4000

NULL = SQL("NULL")


class Circle(NamedTuple):
    """The contacts and leads that one journal is about, as far as the reader may see them."""

    people: Query
    leads: Query


class Key(NamedTuple):
    """Where a line stands among all: none is like another, and the newest has the greatest."""

    at: datetime
    source: str
    id: int


class Asked(NamedTuple):
    """Which lines are wanted: of these kinds, after this key, of this person, with this text."""

    kinds: frozenset
    limit: int
    before: Key | None = None
    person: int = 0
    text: str = ""


def branch(query, asked, **columns):
    """Return the SELECT of the newest lines of a query.

    :param query: what is read, with the rules of the reader
    :param columns: SQL by name, see ``COLUMNS``; what is not told is empty
    """
    at, number = columns["at"], columns["id"]
    if asked.before:
        query.add_where(_after(asked.before, columns["source"], at, number))
    if asked.person:
        query.add_where(SQL("%s = %s", columns.get("person", NULL), asked.person))
    query.order = SQL("%s DESC, %s DESC", at, number)
    query.limit = asked.limit
    return query.select(
        *(
            SQL("(%s)::%s AS %s", columns.get(name, NULL), SQL(kind), SQL.identifier(name))
            for name, kind in COLUMNS.items()
        )
    )


def _after(key, source, at, number):
    """Return the condition of standing after the key: a source is the same in all its lines."""
    if source == key.source:
        return SQL("(%s, %s) < (%s, %s)", at, number, key.at, key.id)
    return SQL("%s %s %s", at, SQL("<=" if source < key.source else "<"), key.at)


def person_of_lead(lead):
    """Return the SQL of whom a lead is about."""
    return SQL("(SELECT l.partner_id FROM journal_leads l WHERE l.id = %s)", lead)


def about_documents(model, record_id):
    """Return the domain of what hangs on one of the contacts and leads.

    :param model: the field that names the model
    :param record_id: the field that holds the id
    """
    return Domain.OR(
        Domain(model, "=", host) & Domain(record_id, "in", ids)
        for host, ids in (("res.partner", PEOPLE), ("crm.lead", LEADS))
    )


def person_of_document(model, record_id):
    """Return the SQL of whom a contact or lead is about."""
    return SQL("CASE WHEN %s = 'crm.lead' THEN %s ELSE %s END", model, person_of_lead(record_id), record_id)
