"""Which rows are about a person, because something in them points at the person's records.

Foreign keys as PostgreSQL has them, and pairs of model and number: of every app, dialogs too.  No
table is left out.  From rows that will be deleted one goes on to what hangs on them.
"""

from odoo.tools import SQL

from ...sheet import references
from ...sheet.fields import HOSTS
from ..restriction.held import DOCUMENTS

#: Who wrote a row is no data about a customer.
WRITERS = frozenset({"create_uid", "write_uid"})
#: Records that are a person's own only where somebody says so.
PEOPLE = (*HOSTS, "res.users")
#: What an erasure and its searches write down themselves: numbers of rows and nothing else.
OWN_NOTES = ("customer.sheet.erasure", "customer.sheet.search")
#: Lists of rows that go with theirs, by model: nothing but a relation table tells.
ALONG = {"mail.message": "ir.attachment", "crm.lead": "website.visitor"}


class Reach:
    """The rows of a person.

    :ivar rows: ``{model: ids}``
    :ivar relations: ``[(table, column, ids)]`` of lists in which their records stand
    :param own: ``{model: ids}`` of their contacts, leads and logins
    :param also: ``{model: ids}`` of more rows that are deleted: what hangs on them goes, too
    """

    def __init__(self, env, plan, own, also):
        self.env, self.plan, self.own = env, plan, own
        self.models = references.by_table(env)
        self.rows, self.relations = {model: set(ids) for model, ids in also.items()}, []
        todo = [(model, ids, True) for model, ids in own.items() if ids]
        todo += [(model, ids, False) for model, ids in also.items()]
        while todo:
            model, ids, is_own = todo.pop()
            for name, found in self._pointing(model, ids, is_own):
                new = found - self.rows.setdefault(name, set())
                self.rows[name] |= new
                if new and plan.deletes(name):
                    todo.append((name, new, False))
        self.rows.setdefault("ir.attachment", set()).update(self._files_of_documents())
        self.rows = {name: ids for name, ids in self.rows.items() if ids}

    def _pointing(self, model, ids, is_own):
        """Yield ``(model, ids)`` of the rows that point at some rows of a model."""
        for pointer in self.env["customer.sheet.erasure"]._pointers_at(model):
            name = self.models.get(pointer.table)
            if pointer.key != "id":
                self.relations.append((pointer.table, pointer.column, ids))
                yield from self._along(model, pointer, ids)
            elif (
                name
                and name not in PEOPLE
                and not name.startswith(OWN_NOTES)
                and (is_own or self._hangs(name, pointer))
            ):
                yield name, self._found_ids(pointer, model, ids)

    def _hangs(self, name, pointer):
        """Return whether a row goes with the one that it points at."""
        field = self.env[name]._fields.get(pointer.column)
        return pointer.kind != references.FOREIGN or (
            field is not None and getattr(field, "ondelete", "") == "cascade"
        )

    def _along(self, model, pointer, ids):
        """Yield the rows that a relation table lists for these alone, where they go along."""
        other = ALONG.get(model)
        if not other or other not in self.env:
            return
        fields = self.env[model]._fields.values()
        if any(
            f.type == "many2many" and f.relation == pointer.table and f.comodel_name == other
            for f in fields
            if f.store
        ):
            rows = self.env.execute_query(
                SQL(
                    "SELECT %(key)s FROM %(table)s GROUP BY 1"
                    " HAVING bool_and(%(mine)s = ANY(%(ids)s))",
                    key=SQL.identifier(pointer.key),
                    table=SQL.identifier(pointer.table),
                    mine=SQL.identifier(pointer.column),
                    ids=list(ids),
                )
            )
            yield other, {row for (row,) in rows}

    def _files_of_documents(self):
        """Yield the files of documents made out to the person: there is their name in print."""
        for document in DOCUMENTS:
            if document.model in self.env:
                rows = self.env.execute_query(
                    SQL(
                        "SELECT a.id FROM ir_attachment a JOIN %s d ON d.id = a.res_id"
                        " WHERE a.res_model = %s AND %s = ANY(%s) AND %s",
                        SQL.identifier(self.env[document.model]._table),
                        document.model,
                        SQL.identifier("d", document.people[0]),
                        sorted(self.own.get("res.partner", ())),
                        document.where,
                    )
                )
                yield from (row for (row,) in rows)

    def _found_ids(self, pointer, model, ids):
        rows = self.env.execute_query(
            SQL(
                "SELECT t.id FROM %s t WHERE %s",
                SQL.identifier(pointer.table),
                references.points_at(pointer, model, ids),
            )
        )
        return {row for (row,) in rows}
