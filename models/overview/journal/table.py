"""Records as lines of the journal: most sources differ only in their names of fields."""

from dataclasses import dataclass

from odoo.fields import Domain
from odoo.tools import SQL

from . import circle
from .statement import BEGINNING, NULL, branch
from .words import says


@dataclass(frozen=True)
class Table:
    """A kind of record that is a fact about a customer: each is a line, at the time in ``at``.

    Names of fields; what a model lacks, or the reader may not read, is left out, and the source
    as a whole where it is needed (``at``, what ``domain`` reads, somebody whom it is about).
    """

    source: str
    kind: str
    model: str
    at: str
    #: whom it is about: fields of contacts and leads
    whom: tuple = ("partner_id",)
    #: or else the fields that name any document
    document: tuple = ()
    title: str = "name"
    text: str = ""
    state: str = ""
    author: str = "user_id"
    #: who did it, where that is only a name
    by: str = ""
    amount: str = ""
    currency: str = "currency_id"
    domain: tuple = ()
    #: messages on such a record are messages to the customer
    talks: bool = False

    @property
    def kinds(self):
        return frozenset({self.kind})

    def is_there(self, env):
        """Return whether the reader has such records: the app, its fields, and the right."""
        model = env.get(self.model)
        return (
            model is not None
            and model.has_access("read")
            and all(self._reads(model, name) for name in self._needs())
            and bool(self.document or self._whom(model))
        )

    def branches(self, env, asked):
        """Yield the SELECT of the newest lines, if there can be any."""
        model = env[self.model].with_context(active_test=False)
        query = self._queried(model, self._where(model, asked))
        if not query.is_empty():
            yield branch(query, asked, **self.columns(model, query))

    def documents(self, env):
        """Return the query of all these records of the circle."""
        model = env[self.model].with_context(active_test=False)
        return self._queried(model, self._about(model))

    def columns(self, model, query):
        """Return the SQL of the columns by name."""
        is_day = model._fields[self.at].type == "date"
        return {
            "source": self.source,
            "id": SQL.identifier(query.table, "id"),
            "kind": self.kind,
            "at": SQL("%s::timestamp", model._field_to_sql(query.table, self.at, query)),
            "is_day": is_day,
            "title": self._words(model, query, self.title),
            "text": SQL("left(%s, %s)", self._words(model, query, self.text), BEGINNING),
            "state": self.state_sql(model, query),
            "model": self.model,
            "res_id": SQL.identifier(query.table, "id"),
            "person": self.person_sql(model, query),
            "author": self._author(model, query),
            "author_name": self._words(model, query, self.by),
            "amount": self._column(model, query, self.amount),
            "currency": self._column(model, query, self.amount and self.currency),
        }

    def state_sql(self, model, query):
        """Return the SQL of how it stands."""
        return self._words(model, query, self.state)

    def person_sql(self, model, query):
        """Return the SQL of the contact whom it is about."""
        if self.document:
            columns = (model._field_to_sql(query.table, name, query) for name in self.document)
            return circle.person_of_document(*columns)
        found = [self._person(model, query, name) for name in self._whom(model)]
        return SQL("COALESCE(%s)", SQL(", ").join(found))

    def _person(self, model, query, name):
        field = model._fields[name]
        is_lead = field.comodel_name == "crm.lead"
        if field.type == "many2one":
            column = model._field_to_sql(query.table, name, query)
            return circle.person_of_lead(column) if is_lead else column
        column = SQL.identifier("r", field.column2)
        return SQL(
            "(SELECT min(%s) FROM %s r WHERE %s = %s AND %s IN (%s))",
            circle.person_of_lead(column) if is_lead else column,
            SQL.identifier(field.relation),
            SQL.identifier("r", field.column1),
            SQL.identifier(query.table, "id"),
            column,
            circle.LEADS if is_lead else circle.PEOPLE,
        )

    def _queried(self, model, domain):
        return model._search(domain)

    def _where(self, model, asked):
        domain = self._about(model) & Domain(list(self.domain))
        if asked.text:
            domain &= Domain.OR(self._searched(model, asked.text))
        return domain

    def _searched(self, model, text):
        names = [self.title, self.text, self.by]
        return [says(model, name, text) for name in names if self._reads(model, name)]

    def _about(self, model):
        if self.document:
            return circle.hangs_on(*self.document)
        return Domain.OR(circle.is_of(model, name) for name in self._whom(model))

    def _needs(self):
        return {self.at, *self.document, *(name for name, _operator, _value in self.domain)}

    def _whom(self, model):
        return [name for name in self.whom if self._reads(model, name)]

    @staticmethod
    def _reads(model, name):
        field = model._fields.get(name)
        return field is not None and model._has_field_access(field, "read")

    def _column(self, model, query, name):
        field = model._fields.get(name)
        if not (field and (field.store or field.related) and self._reads(model, name)):
            return NULL
        return model._field_to_sql(query.table, name, query)

    def _words(self, model, query, name):
        """Return the SQL of a text, or of the name of a linked record."""
        column, field = self._column(model, query, name), model._fields.get(name)
        if column is NULL or field.type != "many2one" or not field.store:
            return column
        linked, alias = field.join(model, query.table, query)
        return linked._field_to_sql(alias, linked._rec_name, query)

    def _author(self, model, query):
        column, field = self._column(model, query, self.author), model._fields.get(self.author)
        if column is NULL or field.comodel_name != "res.users":
            return column
        return circle.card_of_user(column)
