import re
from collections import defaultdict

from odoo import api, models
from odoo.tools import SQL

from ...sheet import references
from ...sheet.fields import HOSTS

PEOPLE = (*HOSTS, "res.users")
#: What the application notes for itself: nothing that a person would be told of.
MACHINERY = re.compile(
    r"^(customer\.sheet\.(match\.|duplicate|chore|search|look$|unfinished)|bus\.|ir\.(logging|profile"
    r"|default|model|filters)|base_import\.|mail\.(followers|push|notification)|digest\.)"
)
#: What is noted while requests are answered: a second file would hold the first one.
TRACES = re.compile(r"^customer\.sheet\.(request|erasure|retention|breach|export\.log)")
#: What the proof pack tells of the ledger.
LEDGER = re.compile(r"^customer\.sheet\.consent\.(event|payload|state|subject)")
#: From a row to what belongs to it, so often.
HOPS = 3


class CustomerSheetPerson(models.AbstractModel):
    """Which rows are a person's own, wherever they stand."""

    _inherit = "customer.sheet.person"

    @api.model
    def _own_rows(self, known, more=()):
        """Return ``(own, shared)`` of a person, each ``{name of the model: ids}``.

        Own are their records, the rows that name these, and what belongs to such a row.  Shared
        are rows that name somebody else, too: another customer, who has rights of their own.

        :param known: what :meth:`_expand` says
        :param more: ``(name of a model, ids)`` of rows that are known to name them otherwise
        """
        own, shared = defaultdict(set), defaultdict(set)
        for each in known:
            if each.certain:
                own[each.model].add(each.id)
        people = {name: frozenset(own[name]) for name in PEOPLE if own[name]}
        for name, ids in people.items():
            for model, found in self._naming(name, ids):
                self._sort_rows(model, found, people, own, shared)
        for model, found in more:
            self._sort_rows(model, found, people, own, shared)
        for _hop in range(HOPS):
            before = sum(map(len, own.values()))
            for model, found in [*self._belonging(own)]:
                self._sort_rows(model, found, people, own, shared)
            if sum(map(len, own.values())) == before:
                break
        return {n: r for n, r in own.items() if r}, {n: r for n, r in shared.items() if r}

    @api.model
    def _sort_rows(self, name, ids, people, own, shared):
        ids = set(ids) - own[name] - shared[name]
        if ids and name not in PEOPLE and not is_apart(name):
            others = self._of_others_too(self.env[name], ids, people.get("res.partner", ()))
            own[name] |= ids - others
            shared[name] |= others

    @api.model
    def _naming(self, host, ids):
        """Yield ``(name of a model, ids)`` of rows that name records of a host."""
        relations = self._relations()
        for pointer in references.pointers(
            self.env, host, skipped=None, skipped_columns={"create_uid", "write_uid"}
        ):
            name = pointer.model or relations.get((pointer.table, pointer.key))
            if name and not is_apart(name) and name not in PEOPLE:
                select = SQL(
                    "SELECT DISTINCT %s FROM %s t WHERE %s",
                    SQL.identifier("t", pointer.key),
                    SQL.identifier(pointer.table),
                    references.points_at(pointer, host, ids),
                )
                yield name, [number for (number,) in self.env.execute_query(select)]

    @api.model
    def _relations(self):
        """Return ``{(relation table, column): model}``: whose records a column of it names."""
        return {
            (field.relation, field.column1): field.model_name
            for name in self.env.registry
            if self.env[name]._auto and not self.env[name]._transient
            for field in self.env[name]._fields.values()
            if field.type == "many2many" and field.store and not field.inherited
        }

    @api.model
    def _belonging(self, own):
        """Yield ``(name of a model, ids)`` of rows that go when a row goes which is their own."""
        for name in self.env.registry:
            model = self.env[name]
            if not model._auto or model._transient or name in PEOPLE or is_apart(name):
                continue
            for field in model._fields.values():
                if (
                    field.type == "many2one"
                    and field.store
                    and field.ondelete == "cascade"
                    and field.comodel_name not in PEOPLE
                    and (ids := own.get(field.comodel_name))
                ):
                    column = SQL.identifier(field.name)
                    yield name, self._numbers(model, SQL("%s = ANY(%s)", column, list(ids)))
        for name, named in (("mail.message", "model"), ("ir.attachment", "res_model")):
            for about, ids in [*own.items()]:
                if about not in PEOPLE and name not in own:
                    continue
                where = SQL("%s = %s AND res_id = ANY(%s)", SQL.identifier(named), about, list(ids))
                yield name, self._numbers(self.env[name], where)

    @api.model
    def _numbers(self, model, where):
        select = SQL("SELECT id FROM %s WHERE %s", SQL.identifier(model._table), where)
        return [number for (number,) in self.env.execute_query(select)]

    @api.model
    def _of_others_too(self, model, ids, mine):
        """Return those of the rows that name another person, who does not work here."""
        found = set()
        for field in model._fields.values():
            if field.comodel_name != "res.partner" or not field.store or field.company_dependent:
                continue
            if field.type == "many2one":
                pairs = SQL(
                    "SELECT id AS row, %s AS who FROM %s",
                    SQL.identifier(field.name),
                    SQL.identifier(model._table),
                )
            elif field.type == "many2many":
                pairs = SQL(
                    "SELECT %s AS row, %s AS who FROM %s",
                    SQL.identifier(field.column1),
                    SQL.identifier(field.column2),
                    SQL.identifier(field.relation),
                )
            else:
                continue
            found |= {
                row
                for (row,) in self.env.execute_query(
                    SQL(
                        """
                        SELECT DISTINCT pairs.row FROM (%s) pairs
                          JOIN res_partner p ON p.id = pairs.who
                         WHERE pairs.row = ANY(%s) AND p.id <> ALL(%s) AND p.is_company IS NOT TRUE
                           AND NOT EXISTS (SELECT FROM res_users u
                                            WHERE u.partner_id = p.id AND u.share IS NOT TRUE)
                        """,
                        pairs,
                        list(ids),
                        [*mine, self.env.ref("base.public_partner").id],
                    )
                )
            }
        return found


def is_apart(name):
    """Tell whether the rows of a model are told in another way, or not at all."""
    return any(each.match(name) for each in (MACHINERY, TRACES, LEDGER))
