import json

from odoo import api, models, tools
from odoo.tools import SQL, html_escape
from odoo.tools.mail import generate_tracking_message_id

from ...sheet.catalogue.plan_question import TEXT_TYPES
from . import survivorship
from .merge import Group
from .survivorship import Known, Member, Topic

#: Columns that go together: half of one address and half of another is no address.
TOGETHER = {
    "res.partner": {
        "name": ("name", "sheet_first_name", "sheet_last_name"),
        "street": ("street", "street2", "zip", "city", "state_id", "country_id"),
    },
    "crm.lead": {
        "contact_name": ("contact_name", "sheet_first_name", "sheet_last_name"),
        "street": ("street", "street2", "zip", "city", "state_id", "country_id"),
    },
}

#: Columns that no value is taken over for.
OWN = {
    *("id", "create_uid", "create_date", "write_uid", "write_date", "active", "parent_path"),
    *("sheet_reference", "sheet_merged_into_id", "sheet_catalogue_version_id", "company_id"),
    *("type", "parent_id", "partner_share", "sheet_answer_dates", "sheet_kept", "message_bounce"),
    *("commercial_partner_id", "sheet_verified_on", "sheet_verified_by_id", "sheet_verified_how"),
    *("signup_type", "color", "barcode", "autopost_bills", "date_last_stage_update"),
    *("date_open", "date_closed", "date_conversion", "automated_probability", "probability"),
    *("is_blacklisted", "lang_code", "sequence", "duration_tracking"),
    *("calendar_last_notif_ack", "sheet_gate_unasked_on"),
}

#: How a lead names what it says of its contact, where the names differ.
LEAD_FIELDS = {
    "name": "contact_name",
    "email": "email_from",
    "vat": "sheet_vat",
    "company_registry": "sheet_company_registry",
}

#: Texts that are joined rather than chosen.
JOINED = {"comment", "description"}


#: Of leads: what makes the survivor what it is.
STATE = {"stage_id", "team_id", "type", "priority", "lost_reason_id", "won_status"}

VERIFIED = ("sheet_verified_on", "sheet_verified_by_id", "sheet_verified_how")


class CustomerSheetMerge(models.Model):
    """Survivorship: what the survivor takes over from the others."""

    _inherit = "customer.sheet.merge"

    @api.model
    def _topics(self, host):
        """Return the :class:`Topic` list of a host: what a merge has to decide about."""
        model = self.env[host]
        together = TOGETHER[host]
        followers = {name for names in together.values() for name in names[1:]}
        statuses = model._sheet_own_statuses()
        codes = self._codes_by_field(host)
        verified = model._sheet_verified_fields()
        topics = []
        for name, field in model._fields.items():
            if name in OWN or name in followers or not self._is_taken_over(field):
                continue
            columns = tuple(n for n in together.get(name, (name,)) if n in model._fields)
            topics.append(
                Topic(
                    name,
                    columns,
                    tuple(code for column in columns for code in codes.get(column, ())),
                    statuses.get(name, ""),
                    name in verified,
                    field.type in TEXT_TYPES,
                )
            )
        return topics

    @api.model
    def _is_taken_over(self, field):
        """Tell whether a field holds something that somebody has noted."""
        return bool(
            field.store
            and field.column_type
            and field.type not in ("many2one_reference", "properties", "json")
            and not field.company_dependent
            and not field.translate
            and not (field.compute and field.readonly and not field.inverse)
            and not (field.related and field.readonly)
            and field.name not in JOINED
            and not (field.model_name == "crm.lead" and field.name in STATE)
        )

    @api.model
    def _codes_by_field(self, host):
        codes = {}
        for question in self.env[host]._sheet_plan().questions:
            for holder in question.own_holders:
                codes.setdefault(holder.name, []).append(question.code)
        return codes

    # -- members -----------------------------------------------------------

    @api.model
    def _members(self, host, ids):
        """Return ``{id: Member}``: rows and what is known of their answers, in two queries."""
        self.env.flush_all()
        table = SQL.identifier(self.env[host]._table)
        rows = self.env.execute_query(
            SQL("SELECT t.id, to_jsonb(t) FROM %s t WHERE t.id = ANY(%s)", table, list(ids))
        )
        members = {row_id: Member(row_id, row) for row_id, row in rows}
        for member in members.values():
            dates = member.row.get("sheet_answer_dates") or {}
            member.known = {code: Known(date=date) for code, date in dates.items()}
        column = SQL.identifier("a", self.env[host]._sheet_answer_column())
        for row_id, code, state, origin, date in self.env.execute_query(
            SQL(
                """
                SELECT %s, q.code, a.state, a.origin, a.date::date::text
                  FROM customer_sheet_answer a
                  JOIN customer_sheet_question q ON q.id = a.question_id
                 WHERE %s = ANY(%s)
                 ORDER BY a.id
                """,
                column,
                column,
                list(ids),
            )
        ):
            if state != "unknown":
                known = members[row_id].known
                date = max(date, known[code].date) if code in known else date
                known[code] = Known(origin or "", date, state == "confirmed")
        return members

    @api.model
    def _lead_members(self, lead_ids):
        """Return what leads say of their contact, as members with the leads' ids negated."""
        if not lead_ids:
            return []
        leads = self._members("crm.lead", lead_ids)
        columns = self._lead_columns()
        return [
            Member(
                -each,
                {name: leads[each].row.get(own) for name, own in columns.items()},
                leads[each].known,
            )
            for each in lead_ids
        ]

    @api.model
    def _lead_columns(self):
        """Return ``{field of a contact: field of a lead}`` that mean the same."""
        partners, leads = self.env["res.partner"]._fields, self.env["crm.lead"]._fields
        columns = dict(LEAD_FIELDS)
        for topic in self._topics("res.partner"):
            for name in topic.columns:
                if name in leads and leads[name].type == partners[name].type:
                    columns.setdefault(name, name)
        return columns

    # -- what the survivor becomes -------------------------------------------

    @api.model
    def _survivor_columns(self, host, members, topics, choices=None, leads=(), fixed=()):
        """Return ``{column: JSON value}``: how the survivor's row changes.

        :param members: list of :class:`Member`, the survivor first
        :param choices: ``{topic name: member id}`` of what a person has decided
        :param leads: members that only bring values, see :meth:`_lead_members`
        :param fixed: names of what stays as it is, see :meth:`_fixed_topics`
        """
        survivor = members[0]
        candidates = [*members, *leads]
        by_id = {member.id: member for member in candidates}
        taken = {}
        for topic in survivorship.differing(candidates, topics):
            if topic.name in fixed:
                continue
            chosen = (choices or {}).get(topic.name)
            if chosen not in by_id:
                chosen = survivorship.choose(candidates, topic).member_id
            if chosen != survivor.id:
                row = by_id[chosen].row
                taken.update({name: row.get(name) for name in topic.columns})
        joined = self._joined_columns(host, members)
        taken |= {name: value for name, value in joined.items() if name not in fixed}
        taken |= self._structure_columns(members)
        taken |= self._memory_columns(host, members, taken)
        return {name: value for name, value in taken.items() if survivor.row.get(name) != value}

    @api.model
    def _joined_columns(self, host, members):
        """Join what is better kept of all: notes, sums, values by company, properties."""
        joined = {}
        for name, kind in self._joined_fields(host).items():
            values = [value for member in members if (value := member.row.get(name))]
            if values and kind == "sum":
                joined[name] = sum(values)
            elif values and kind == "merge":
                joined[name] = {
                    key: value for each in reversed(values) for key, value in each.items()
                }
            elif values:
                joined[name] = kind.join(dict.fromkeys(map(str, values)))
        return joined

    @api.model
    @tools.ormcache("host")
    def _joined_fields(self, host):
        """Return ``{field: how it is joined}``: sum, merge, or what stands between two texts."""
        summed = self.env["base.partner.merge.automatic.wizard"]._get_summable_fields()
        joined = {}
        for name, field in self.env[host]._fields.items():
            if not field.store or not field.column_type:
                continue
            if name in JOINED:
                joined[name] = "<br/>" if field.type == "html" else "\n"
            elif host == "res.partner" and name in summed and field.type in ("integer", "float"):
                joined[name] = "sum"
            elif field.company_dependent or field.type == "properties":
                joined[name] = "merge"
        return joined

    @api.model
    def _structure_columns(self, members):
        """Return company, parent and activity: shared wins over owned, active over archived."""
        survivor = members[0].row
        structure = {"active": any(member.row.get("active") for member in members)}
        if any(member.row.get("company_id") is None for member in members):
            structure["company_id"] = None
        if not survivor.get("parent_id") and not survivor.get("is_company"):
            parents = [member.row.get("parent_id") for member in members[1:]]
            parent = next((each for each in parents if each), None)
            if parent and parent not in {member.id for member in members}:
                structure["parent_id"] = parent
        return structure

    @api.model
    def _memory_columns(self, host, members, taken):
        """Return when each answer was given, and whether what is left has been verified."""
        dates = {}
        for member in reversed(members):
            dates.update(member.row.get("sheet_answer_dates") or {})
        final = {**members[0].row, **taken}
        checked = [
            name
            for name in self.env[host]._sheet_verified_fields()
            if self.env[host]._fields[name].column_type
        ]
        memory = dict.fromkeys(VERIFIED)
        for member in members:
            same = all((member.row.get(n) or None) == (final.get(n) or None) for n in checked)
            if member.is_verified and same:
                memory = {name: member.row.get(name) for name in VERIFIED}
                break
        return {"sheet_answer_dates": dates or None, **memory}

    # -- what a merge leaves to be read: figures in the journal, a note on the survivor --

    def _note_result(self, changes):
        """Store in the journal how much has moved and what was taken over."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT merge_id, jsonb_object_agg(table_name, total)
                  FROM (SELECT merge_id, table_name, sum(row_count) AS total
                          FROM customer_sheet_merge_line
                         WHERE merge_id = ANY(%s)
                           AND kind = 'move'
                         GROUP BY merge_id, table_name) counts
                 GROUP BY merge_id
                """,
                self.ids,
            )
        )
        moved = dict(rows)
        self.env.cr.execute(
            SQL(
                """
                UPDATE customer_sheet_merge m
                   SET moved = n.moved, taken = n.taken
                  FROM unnest(%s::int[], %s::jsonb[], %s::jsonb[]) AS n(id, moved, taken)
                 WHERE m.id = n.id
                """,
                self.ids,
                [json.dumps(moved.get(merge.id) or {}) for merge in self],
                [json.dumps(sorted(changes.get(merge.survivor_id) or ())) for merge in self],
            )
        )
        self.invalidate_recordset(["moved", "taken"], flush=False)

    def _note_chatter(self):
        """Leave a note on each survivor, in one statement: a merge is one event of its history."""
        author = self.env.user.partner_id
        subtype = self.env["ir.model.data"]._xmlid_to_res_id("mail.mt_note")
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                WITH note AS (
                    INSERT INTO mail_message
                                (model, res_id, message_type, subtype_id, body,
                                 author_id, email_from, message_id, is_internal, date,
                                 create_uid, create_date, write_uid, write_date)
                    SELECT host, kept, 'notification', %(subtype)s, body,
                           %(author)s, %(email)s, message, TRUE, %(now)s,
                           %(user)s, %(now)s, %(user)s, %(now)s
                      FROM unnest(%(hosts)s, %(kept)s::int[], %(bodies)s, %(messages)s)
                           AS n(host, kept, body, message)
                    RETURNING id, message_id)
                INSERT INTO customer_sheet_merge_line
                            (merge_id, kind, table_name, row_ids, row_count)
                SELECT merge, 'insert', 'mail_message', jsonb_build_array(note.id), 1
                  FROM note
                  JOIN unnest(%(messages)s, %(merges)s::int[]) AS m(message, merge)
                    ON m.message = note.message_id
                """,
                subtype=subtype,
                author=author.id,
                email=author.email_formatted or None,
                now=self.env.cr.now(),
                user=self.env.uid,
                hosts=self.mapped("host"),
                kept=self.mapped("survivor_id"),
                bodies=[str(merge._note_body()) for merge in self],
                messages=[generate_tracking_message_id("merge") for _merge in self],
                merges=self.ids,
            )
        )
        self.env["mail.message"].invalidate_model()

    def _note_body(self):
        """Return the note as HTML; the names are texts that people have typed."""
        names = self.tail_names or self.env._("leads without a contact")
        return html_escape(self.env._("Merged with: %(names)s", names=names))

    @api.model
    def _note_stock_merge(self, survivor, tails):
        """Note a merge that Odoo does itself, with the rows that are about to go."""
        merges = self.sudo()
        members = merges._members(survivor._name, (survivor | tails).ids)
        merge = merges._open(survivor._name, [Group(survivor.id, tails.ids)], members, None)
        merge.state = "stock"
        merges.env["customer.sheet.merge.line"].create(
            [
                {
                    "merge_id": merge.id,
                    "kind": "gone",
                    "table_name": survivor._table,
                    "row_ids": [tail.id],
                    "row_count": 1,
                    "before": members[tail.id].row,
                }
                for tail in tails
            ]
        )
        return merge
