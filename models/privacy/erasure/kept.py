"""Which rows of a person are kept, why and until when; what happens with all others."""

from odoo.fields import Date
from odoo.tools import SQL

from ...sheet import clock, references
from . import sets
from .own import ON_DOCUMENTS, STAYS
from .plan import Said
from .reach import PEOPLE


class Kept:
    """What becomes of each row that is about a person.

    :ivar rows: ``{model: {id: Said}}`` of those that are kept
    :ivar law: ``{model: {id: words}}``: which law says so
    :param held: documents that the law keeps, as ``person._held`` returns them
    :param finds: a compiled expression of how they are called
    """

    def __init__(self, env, plan, reach, held, finds=None):
        self.env, self.plan, self.reach, self.held = env, plan, reach, held
        self.rows, self.law = {}, {}
        for each in held:
            self._keep(each.model, each.ids, Said("keep", each.ground, each.until), each.words)
            self._keep_parts(each)
            self._keep_files(each)
        self._keep_chained(finds)
        self._keep_audit_trail()
        for model, ids in reach.rows.items():
            said = plan.row(model)
            is_kept = said and said.decision == "keep" and said.ground
            if is_kept and not self.needs_document(model, said):
                self._keep(model, ids, self.ended(said))
            self._keep(model, self._of_evidence(model, ids), self.ended(Said("keep", "claims")))

    def _keep(self, model, ids, said, words=""):
        rows = self.rows.setdefault(model, {})
        rows.update({each: said for each in ids if each not in rows})
        if words:
            self.law.setdefault(model, {}).update(dict.fromkeys(ids, words))

    def _keep_parts(self, document):
        """Keep the lines of a document with it."""
        said = Said("keep", document.ground, document.until)
        if document.model not in self.env:
            return
        for pointer in self.env["customer.sheet.erasure"]._pointers_at(document.model):
            name = self.reach.models.get(pointer.table)
            row = name and pointer.kind == references.FOREIGN and self.plan.row(name)
            if row and row.decision == "keep":
                ids = self.reach._found_ids(pointer, document.model, document.ids)
                self._keep(name, ids, said, document.words)

    def _keep_files(self, document):
        """Keep the files of a document with it, such as its PDF."""
        files = self.env["ir.attachment"].sudo().with_context(skip_res_field_check=True)
        files = files.search([("res_model", "=", document.model), ("res_id", "in", document.ids)])
        said = Said("keep", document.ground, document.until)
        self._keep("ir.attachment", files.ids, said, document.words)

    def _keep_chained(self, finds):
        """Keep the lines of hashed entries that name the person: a hash covers their label."""
        name, ids = "account.move.line", sorted(self.reach.rows.get("account.move.line", ()))
        if not ids or not finds:
            return
        rows = self.env.execute_query(
            SQL(
                """SELECT l.id, l.name FROM account_move_line l JOIN account_move m
                       ON m.id = l.move_id
                    WHERE l.id = ANY(%s) AND m.inalterable_hash IS NOT NULL AND l.name IS NOT NULL
                """,
                ids,
            )
        )
        words = self.env._("Accounting entries are chained: without it others do not verify.")
        chained = [row for row, text in rows if finds.search(text)]
        self._keep(name, chained, Said("keep", "duty"), words)

    def _keep_audit_trail(self):
        """Keep what Odoo has noted of changes, where accounting asks for that, too."""
        moves = [each for each in self.held if each.model == "account.move"]
        companies = self.env["res.company"].sudo()
        if not moves or "restrictive_audit_trail" not in companies._fields:
            return
        restrictive = companies.search([("restrictive_audit_trail", "=", True)])
        found = self.env["account.move"].sudo().browse([row for each in moves for row in each.ids])
        if not found.company_id & restrictive:
            return
        last = max(moves, key=lambda each: each.until)
        said = Said("keep", last.ground, last.until)
        for model, column in (("mail.message", "id"), ("mail.tracking.value", "mail_message_id")):
            sql = """SELECT t.id FROM %s t JOIN mail_message m ON m.id = t.%s
                      WHERE t.id = ANY(%s) AND m.message_type = 'notification'"""
            table, ids = self.env[model]._table, sorted(self.reach.rows.get(model, ()))
            rows = self.env.execute_query(
                SQL(sql, SQL.identifier(table), SQL.identifier(column), ids)
            )
            self._keep(model, [row for (row,) in rows], said, self.env._("The audit trail."))

    def needs_document(self, model, said):
        """Return whether rows of a model are kept only where a document has to be."""
        return said.ground == "duty" or (
            said.ground == "claims" and not model.startswith(("customer.sheet.", "privacy."))
        )

    def ended(self, said):
        """Return what is said with the day on which it ends, where a law says so."""
        today = clock.common_today(self.env)
        if said.until or said.ground not in ("claims", "duty"):
            return said
        law = self.env["customer.sheet.regime"]._for(self.env.company.country_id)
        if said.ground == "claims":
            return said._replace(until=Date.add(today, years=law.claims_years))
        year = today.year + law.accounting_years
        return said._replace(until=today.replace(year=year, month=12, day=31))

    def _of_evidence(self, model, ids):
        """Return the rows that hang on a request, a breach or an erasure: those are proof."""
        fields = self.env[model]._fields
        if model in ("mail.mail", "mail.notification", "mail.tracking.value"):
            column = "mail_message_id"
            where = SQL(
                "SELECT t.id FROM %s t JOIN mail_message m ON m.id = t.%s WHERE t.id = ANY(%s)"
                " AND m.model = ANY(%s)",
                SQL.identifier(self.env[model]._table),
                SQL.identifier(column),
                list(ids),
                self._evidence_models(),
            )
        else:
            pair = next((n for n in ("res_model", "model") if n in fields), None)
            if not pair or "res_id" not in fields or not fields["res_id"].store:
                return []
            if not fields[pair].store or not fields[pair].column_type:
                return []
            where = SQL(
                "SELECT id FROM %s WHERE id = ANY(%s) AND %s = ANY(%s)",
                SQL.identifier(self.env[model]._table),
                list(ids),
                SQL.identifier(pair),
                self._evidence_models(),
            )
        return [row for (row,) in self.env.execute_query(where)]

    def _evidence_models(self):
        return [
            name
            for name in self.env.registry
            if name.startswith("customer.sheet.")
            and (said := self.plan.row(name))
            and said.decision == "keep"
        ]

    # -- for the steps -------------------------------------------------------------

    def free(self, model):
        """Return the ids of the rows of a model that are about the person and are not kept."""
        return self.reach.rows.get(model, set()) - self.rows.get(model, {}).keys()

    def emptied(self, model):
        """Return the columns that are emptied in rows that stay."""
        columns = self.plan.columns(model)
        return {name for name, said in columns.items() if said.decision in ("empty", "replace")}

    def columns(self, model):
        """Return the columns of their own rows that stay: what documents name them with, and what
        was decided on their request."""
        if model == "res.users":
            return set()
        found = {n for n, said in self.plan.columns(model).items() if said.decision == "keep"}
        found = found if self.plan.kept else set()
        if self.held and model == "res.partner":
            table = sets.kinds(self.env.cr, self.env[model]._table)
            found |= ON_DOCUMENTS | {column for column in table if "property_" in column}
        return found

    def reason(self):
        """Return why, and until when, something of their own rows stays; nothing where it goes."""
        why = [Said("keep", each.ground, each.until) for each in self.held]
        why += [Said("keep", ground, until or None) for ground, until in self.plan.kept.values()]
        return max(why, key=lambda said: said.until or clock.common_today(self.env), default=None)

    def law_of_documents(self):
        """Return which law keeps the document that is kept longest, in words."""
        found = max(
            self.held, key=lambda each: each.until or clock.common_today(self.env), default=None
        )
        return found.words if found else ""

    def cut(self, model):
        """Return the columns out of which the person is cut in rows that stay.

        What the map keeps without saying why is left: the scan will find it.
        """
        said = self.plan.columns(model).items()
        return {
            name
            for name, each in said
            if each.decision == "cut" or (each.decision == "keep" and each.ground)
        }

    # -- for people ------------------------------------------------------------------

    def lines(self):
        """Return what happens in each place, as values of lines."""
        found = []
        for model, ids in self.reach.own.items():
            if keeps := self.columns(model):
                law = self.law_of_documents()
                found.append(self._line(model, "keep", len(ids), keeps, self.reason(), law))
            if "name" not in keeps:
                found.append(self._line(model, "replace", len(ids), ["name"]))
            others = self.plan.columns(model).keys() - {"name"} - keeps - STAYS[model]
            found.append(self._line(model, "empty", len(ids), others))
        for model, ids in self.reach.rows.items():
            found += self._lines_of(model, ids)
        for model, rows in self.rows.items():
            groups = {}
            for row, said in rows.items():
                key = (said.ground, said.until, self.law.get(model, {}).get(row, ""))
                groups.setdefault(key, []).append(row)
            for (ground, until, words), same in groups.items():
                said = Said("keep", ground, until)
                found.append(self._line(model, "keep", len(same), (), said, words))
        return [line for line in found if line["row_count"]]

    def _lines_of(self, model, ids):
        free = self.free(model)
        if self.plan.deletes(model):
            yield self._line(model, "delete", len(free))
            return
        if emptied := self.emptied(model):
            yield self._line(model, "empty", len(free), emptied)
        if (cut := self.cut(model)) and model not in PEOPLE:
            yield self._line(model, "cut", len(free), cut)

    def _line(self, model, decision, count, columns=(), said=None, words=""):
        table = self.env[model]._table if model in self.env else ""
        known = sets.kinds(self.env.cr, table) if table else {}
        return {
            "model": model,
            "decision": decision,
            "row_count": count,
            "columns": " ".join(sorted(set(columns) & known.keys())) or False,
            "ground": said.ground if said else False,
            "until": said.until if said else False,
            "words": words or False,
        }
