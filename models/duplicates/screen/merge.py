from collections import defaultdict

from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL, format_date, formatLang

from ....tools.text import filler
from ...sheet import takes
from ...sheet.called import called
from ...sheet.fields import check_sheet_user
from ..merge import survivorship

#: More columns than that nobody compares.
MOST = 10

#: What one looks at first.
IDENTITY = ("name", "contact_name", "partner_name", "email", "email_from", "phone", "street", "vat")


def _mapping(operation):
    """Return the tails and survivors as rows of ``m``."""
    return SQL(
        "unnest(%s::int[], %s::int[], %s::int[]) AS m(tail, survivor, merge)",
        *map(list, zip(*operation.mapping, strict=True)),
    )


class CustomerSheetMerge(models.Model):
    """The records side by side, as the web client shows them before a merge."""

    _inherit = "customer.sheet.merge"

    @api.model
    @api.readonly
    @called(
        host=takes.text, record_ids=takes.numbers, survivor_id=takes.number, lead_ids=takes.numbers
    )
    def compare(self, host, record_ids, survivor_id=False, lead_ids=()):
        """Return everything that the merge screen shows.

        :param survivor_id: the record to keep; the best one is proposed without it
        :param lead_ids: leads without a contact that are to become the kept contact's
        """
        records, leads = self._compared(host, record_ids, lead_ids)
        best = survivor_id if survivor_id in records.ids else self._best(host, records.ids)
        survivor = records.browse(best)
        tails = records - survivor
        members = self.sudo()._members(host, records.ids)
        candidates = [members[each] for each in (survivor | tails).ids]
        candidates += self.sudo()._lead_members(tuple(leads.ids))
        moves, touched = self._count_moves(host, tails.ids)
        return {
            "survivor": survivor.id,
            "records": [self._column(each, survivor) for each in (survivor | tails)]
            + [self._column(lead, survivor) for lead in leads],
            "rows": self._compared_rows(host, candidates, self._fixed_topics(survivor)[best]),
            "moves": moves,
            "touched": touched + len(records) + len(leads),
            "warnings": list(self._warnings(survivor, tails)),
            "blocks": self._compare_blocks(survivor, tails, leads),
        }

    @api.model
    @called(
        host=takes.text,
        survivor_id=takes.is_id,
        tail_ids=takes.numbers,
        choices=takes.numbers_by_name,
        lead_ids=takes.numbers,
    )
    def apply(self, host, survivor_id, tail_ids, choices=None, lead_ids=()):
        """Merge as decided on the merge screen; return what the client needs to go on.

        :param choices: ``{field: id of the record whose value is kept}``
        """
        records, leads = self._compared(host, [survivor_id, *tail_ids], lead_ids)
        survivor = records.browse(survivor_id)
        known = {topic.name for topic in self._topics(host)}
        choices = {name: int(each) for name, each in (choices or {}).items() if name in known}
        merge = self._merge(survivor, records - survivor, choices=choices, attached=leads)
        return {"merge": merge.id, "kept": survivor.id, "name": survivor.display_name}

    @api.model
    def _compared(self, host, record_ids, lead_ids):
        """Return the records and leads, which the user must be able to read."""
        if host not in dict(self._fields["host"].selection):
            raise UserError(self.env._("Only contacts and leads can be merged."))
        ids = list(dict.fromkeys(int(each) for each in record_ids))
        records = self.env[host].browse(ids).exists()
        leads = self.env["crm.lead"].browse(int(each) for each in lead_ids).exists()
        check_sheet_user(self.env)
        records.check_access("read")
        leads.check_access("read")
        if len(records) + len(leads) > MOST:
            raise UserError(self.env._("Choose at most %(count)s records to compare.", count=MOST))
        if len(records) + len(leads) < 2 or not records:
            raise UserError(self.env._("Choose at least two records to merge."))
        return records, leads

    @api.model
    def _compare_blocks(self, survivor, tails, leads):
        found = self._blocks(survivor._name, [(survivor.id, tails.ids)])
        blocks = found.get(survivor.id, [])
        taken = leads.sudo().filtered(lambda lead: lead.partner_id and lead.partner_id != survivor)
        if taken:
            blocks.append(
                self.env._("“%(lead)s” already has a contact. Leave it out.", lead=taken[0].name)
            )
        try:
            (survivor | tails).check_access("write")
            leads.check_access("write")
        except AccessError:
            blocks.append(
                self.env._("You may not change all of them. Ask a data steward to merge them.")
            )
        return blocks

    @api.model
    def _best(self, host, ids):
        """Return the id of the record to keep: in use, verified, complete, then the oldest."""
        self.env.flush_all()
        order = [SQL("active DESC")]
        if host == "res.partner":
            users = SQL("SELECT FROM res_users u WHERE u.partner_id = t.id")
            order.append(SQL("EXISTS (%s) DESC", users))  # who signs in is not merged away
        order.append(SQL("COALESCE(sheet_status = 'verified', FALSE) DESC"))
        order.append(SQL("sheet_completeness DESC NULLS LAST"))
        [(best,)] = self.env.execute_query(
            SQL(
                "SELECT id FROM %s t WHERE id = ANY(%s) ORDER BY %s, id LIMIT 1",
                SQL.identifier(self.env[host]._table),
                ids,
                SQL(", ").join(order),
            )
        )
        return best

    # -- columns and rows ----------------------------------------------------

    @api.model
    def _column(self, record, survivor):
        known = record.sudo()
        return {
            "id": -record.id if record._name != survivor._name else record.id,
            "model": record._name,
            "name": record.display_name,
            "archived": not known.active,
            "owner": known.user_id.name or "",
            "completeness": known.sheet_completeness,
            "verified": known.sheet_status == "verified",
            "changed": format_date(self.env, known.write_date),
        }

    @api.model
    def _compared_rows(self, host, candidates, fixed):
        """Return one row for each thing that any of the candidates knows.

        First what they disagree about, then what only some of them know.

        :param fixed: names of the topics of which the survivor, the first, keeps its own
        """
        model = self.env[host]
        rows = []
        for topic in self._topics(host):
            field = model._fields[topic.name]
            filled = [each for each in candidates if any(survivorship.values_of(each, topic))]
            if filled and model._has_field_access(field, "read"):
                is_fixed = topic.name in fixed
                choice = survivorship.choose(candidates[:1] if is_fixed else candidates, topic)
                rows.append(
                    {
                        "name": topic.name,
                        "label": self._topic_label(host, topic),
                        "differs": survivorship.differs(candidates, topic),
                        "disputed": survivorship.disputed(candidates, topic),
                        "chosen": choice.member_id,
                        "reason": choice.reason,
                        "fixed": is_fixed,
                        "cells": [self._cell(host, each, topic) for each in candidates],
                    }
                )
        return sorted(rows, key=lambda row: (not row["disputed"], row["name"] not in IDENTITY))

    @api.model
    def _topic_label(self, host, topic):
        if topic.name == "street":
            return self.env._("Address")
        return self.env[host]._fields[topic.name]._description_string(self.env)

    @api.model
    def _cell(self, host, member, topic):
        """Return a value in words, with where it comes from and since when."""
        record = self.env[host if member.id > 0 else "crm.lead"].browse(abs(member.id))
        names = topic.columns if topic.name == "street" else topic.columns[:1]
        if member.id < 0:
            columns = self._lead_columns()
            names = [columns[name] for name in names if name in columns]
        known = survivorship.known_of(member, topic)
        origins = dict(
            self.env["customer.sheet.answer"]._fields["origin"]._description_selection(self.env)
        )
        is_verified = known.is_confirmed or (topic.can_be_verified and member.is_verified)
        return {
            "id": member.id,
            "text": ", ".join(filter(None, (self._word(record, name) for name in names))),
            "origin": origins.get(known.origin, ""),
            "date": format_date(self.env, known.date) if known.date else "",
            "verified": is_verified,
            "invalid": bool(topic.status and member.row.get(topic.status) == "invalid"),
        }

    @api.model
    def _word(self, record, name):
        """Return the value of a field as a person would read it."""
        field, value = record._fields[name], record[name]
        if field.type == "boolean":
            return self.env._("Yes") if value else ""
        if not value:
            return ""
        if field.type == "many2one":
            return value.sudo().display_name
        if field.type == "selection":
            return dict(field._description_selection(self.env)).get(value, value)
        if field.type in ("date", "datetime"):
            return format_date(self.env, value)
        if field.type in ("float", "monetary"):
            return self._number_word(record, field, value)
        return filler.visible_text(value) if field.type == "html" else str(value)

    @api.model
    def _number_word(self, record, field, value):
        """Return a number as the reader writes it, an amount with its currency."""
        if field.type == "monetary" and (currency := record[field.get_currency_field(record)]):
            return formatLang(self.env, value, currency_obj=currency)
        digits = field.get_digits(self.env) if field.type == "float" else None
        return formatLang(self.env, value, digits=digits[1] if digits else 2)

    # -- references inside JSON: values by company, properties, default values --

    @api.model
    def _move_json(self, operation):
        """Move the references that are not columns of their own."""
        self._move_by_company(operation)
        self._move_defaults(operation)
        for field, name, in_list in self._property_names(operation.model):
            self._move_property(operation, field, name, in_list)

    @api.model
    def _move_by_company(self, operation):
        """Move many2one values that differ by company: ``{company: id}``."""
        for field in self.env.registry.many2one_company_dependents[operation.model]:
            column = SQL.identifier("t", field.name)
            entries = SQL("jsonb_each_text(%s)", column)
            moved = SQL(
                "(SELECT jsonb_object_agg(e.key, COALESCE(m.survivor, e.value::int))"
                " FROM %s e LEFT JOIN %s ON m.tail = e.value::int)",
                entries,
                _mapping(operation),
            )
            self._rewrite(operation, self.env[field.model_name], field.name, entries, moved)

    @api.model
    def _rewrite(self, operation, model, name, entries, moved):
        """Set the column ``name`` to ``moved`` in the rows where ``entries`` has a tail."""
        table = SQL.identifier(model._table)
        rows = self.env.execute_query(
            SQL(
                "SELECT t.id, min(m.merge) FROM %s t CROSS JOIN LATERAL %s AS e(key, value)"
                " JOIN %s ON m.tail::text = e.value WHERE %s IS NOT NULL GROUP BY t.id",
                table,
                entries,
                _mapping(operation),
                SQL.identifier("t", name),
            )
        )
        rows = [
            row
            for row in rows
            if model._name != operation.model or row[0] not in operation.merge_of
        ]
        if rows:
            operation.images.take(model._table, rows)
            ids = [row_id for row_id, _merge in rows]
            self.env.cr.execute(
                SQL(
                    "UPDATE %s t SET %s = %s WHERE t.id = ANY(%s)",
                    table,
                    SQL.identifier(name),
                    moved,
                    ids,
                )
            )

    @api.model
    def _move_defaults(self, operation):
        """Move default values, which are kept as JSON texts."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT d.id, m.merge
                  FROM ir_default d
                  JOIN ir_model_fields f ON f.id = d.field_id
                  JOIN %s ON d.json_value = m.tail::text
                 WHERE f.relation = %s
                   AND f.ttype = 'many2one'
                """,
                _mapping(operation),
                operation.model,
            )
        )
        if rows:
            operation.images.take("ir_default", rows)
            operation.tables.add("ir_default")
            self.env.cr.execute(
                SQL(
                    "UPDATE ir_default d SET json_value = m.survivor::text FROM %s"
                    " WHERE d.json_value = m.tail::text AND d.id = ANY(%s)",
                    _mapping(operation),
                    [row_id for row_id, _merge in rows],
                )
            )

    # -- properties --------------------------------------------------------

    @api.model
    def _property_names(self, model):
        """Return ``[(field, property, in a list?)]`` of the properties that point at ``model``."""
        found = defaultdict(set)
        for name in self.env.registry:
            record = self.env[name]
            if record._abstract or record._transient or not record._auto:
                continue
            for field in record._fields.values():
                if field.type == "properties" and field.store and field.definition_record:
                    holder = self.env[record._fields[field.definition_record].comodel_name]
                    found[holder, field.definition_record_field].add(field)
        names = []
        for (holder, definition), fields_ in found.items():
            rows = self.env.execute_query(
                SQL(
                    """
                    SELECT DISTINCT d->>'name', d->>'type'
                      FROM %s p, jsonb_array_elements(%s) d
                     WHERE jsonb_typeof(%s) = 'array'
                       AND d->>'comodel' = %s
                       AND d->>'type' IN ('many2one', 'many2many')
                    """,
                    SQL.identifier(holder._table),
                    SQL.identifier("p", definition),
                    SQL.identifier("p", definition),
                    model,
                )
            )
            names += [(f, name, kind == "many2many") for f in fields_ for name, kind in rows]
        return names

    @api.model
    def _move_property(self, operation, field, name, in_list):
        column = SQL.identifier("t", field.name)
        if in_list:
            entries = SQL(
                "(SELECT '', v FROM jsonb_array_elements_text(CASE jsonb_typeof(%(c)s->%(n)s)"
                " WHEN 'array' THEN %(c)s->%(n)s ELSE '[]' END) v)",
                c=column,
                n=name,
            )
            value = SQL(
                "(SELECT jsonb_agg(DISTINCT COALESCE(m.survivor, v::int))"
                " FROM jsonb_array_elements_text(%s->%s) v LEFT JOIN %s ON m.tail::text = v)",
                column,
                name,
                _mapping(operation),
            )
        else:
            entries = SQL("(SELECT '', %s->>%s)", column, name)
            value = SQL(
                "(SELECT to_jsonb(m.survivor) FROM %s WHERE m.tail::text = %s->>%s)",
                _mapping(operation),
                column,
                name,
            )
        moved = SQL("jsonb_set(%s, ARRAY[%s], %s)", column, name, value)
        self._rewrite(operation, self.env[field.model_name], field.name, entries, moved)
