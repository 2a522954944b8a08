from odoo import api, fields, models, tools
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..called import called
from ..resumable import go_on
from . import plan


def plan_changes(before, after):
    """Yield ``(kind, entry, changed keys)`` between two snapshots, kind added/removed/changed.

    >>> a, b = {"code": "a", "weight": 1}, {"code": "b", "weight": 1}
    >>> [(k, e["code"], c) for k, e, c in plan_changes([a], [dict(a, weight=2), b])]
    [('changed', 'a', ['weight']), ('added', 'b', [])]
    """
    old = {entry["code"]: entry for entry in before}
    new = {entry["code"]: entry for entry in after}
    for code, entry in new.items():
        changed = [key for key in entry if _differ(old.get(code, {}).get(key), entry[key])]
        if code not in old:
            yield "added", entry, []
        elif changed:
            yield "changed", entry, changed
    for code, entry in old.items():
        if code not in new:
            yield "removed", entry, []


def _differ(before, after):
    """Compare two values of an entry; texts only in the languages that both have.

    A language installed after publishing changes nothing in the catalogue.
    """
    if isinstance(before, dict) and isinstance(after, dict):
        return any(before[lang] != after[lang] for lang in before.keys() & after.keys())
    return before != after


CURSORS = {"crm.lead": "lead_cursor", "res.partner": "partner_cursor"}

HOSTS = tuple(CURSORS)


BATCH = 20_000


class CustomerSheetCatalogueVersion(models.Model):
    """A published state of the catalogue, frozen.

    The last version is in force: every score, list of gaps and form reads its
    snapshot, never the questions being edited.
    """

    _name = "customer.sheet.catalogue.version"
    _description = "Customer Sheet Catalogue Version"
    _order = "id desc"

    name = fields.Char(required=True, readonly=True)
    note = fields.Char(readonly=True)
    snapshot = fields.Json(readonly=True)
    question_count = fields.Integer(compute="_compute_question_count")
    is_current = fields.Boolean(compute="_compute_is_current")
    published_by_id = fields.Many2one("res.users", readonly=True, ondelete="set null")
    previous_id = fields.Many2one(
        "customer.sheet.catalogue.version", "Compared with", compute="_compute_previous_id"
    )
    changes = fields.Html(compute="_compute_changes", sanitize=False)

    # -- the recomputation of all sheets that publishing starts: resumable, with progress --
    partner_cursor = fields.Integer(readonly=True, help="Last contact done; -1 when finished.")
    lead_cursor = fields.Integer(readonly=True, help="Last lead done; -1 when finished.")
    refresh_total = fields.Integer("Sheets to recompute", readonly=True)
    refresh_done = fields.Integer("Sheets recomputed", readonly=True)
    refresh_progress = fields.Integer("Recomputed (%)", compute="_compute_refresh_progress")

    # -- computes ----------------------------------------------------------

    @api.depends("snapshot")
    def _compute_question_count(self):
        for version in self:
            version.question_count = len(version.snapshot or ())

    def _compute_is_current(self):
        current = self._current_id()
        for version in self:
            version.is_current = version.id == current

    def _compute_previous_id(self):
        for version in self:
            version.previous_id = self.search([("id", "<", version.id)], limit=1)

    @api.depends("snapshot", "previous_id")
    def _compute_changes(self):
        for version in self:
            version.changes = self._changes_html(version.previous_id.snapshot, version.snapshot)

    # -- the version in force ----------------------------------------------

    @api.model
    @tools.ormcache()
    def _current_id(self):
        """Return the id of the version in force, or ``False``."""
        return self.sudo().search([], limit=1).id

    @api.model
    def _current(self):
        """Return the version in force, or an empty recordset."""
        return self.browse(self._current_id() or ())

    @api.model
    @tools.ormcache("model_name")
    def _plan(self, model_name):
        """Return the compiled :class:`plan.Plan` in force for a host model."""
        query = self.sudo()._search([], limit=1, order=self._order)
        # past the ORM, which copies all of a snapshot for whoever reads it
        found = self.env.execute_query(query.select(self._field_to_sql(self._table, "snapshot")))
        return self._compile(model_name, found and found[0][0] or [])

    @api.model
    def _compile(self, model_name, snapshot):
        stages = self.env["crm.stage"].sudo()
        in_order = stages.search_fetch([], ["sequence"], order="sequence, id")
        return plan.compiled(self.env[model_name], snapshot, in_order.ids)

    @api.model
    @tools.ormcache("model_name")
    def _watched_fields(self, model_name):
        """Return the names of the host's fields whose change may change its score."""
        return frozenset(
            self._plan(model_name).counting_field_names
            | self.env[model_name]._sheet_domain_fields()
        )

    @api.model
    def _published_codes(self):
        return {
            entry["code"]
            for version in self.sudo().search_fetch([], ["snapshot"])
            for entry in version.snapshot or []
        }

    @api.model
    @tools.ormcache("lang")
    def _texts(self, lang):
        """Return what people read about each question, and the stages' names, in ``lang``."""
        questions = self.env["customer.sheet.question"].sudo().with_context(lang=lang)
        sections = dict(questions._fields["section"]._description_selection(questions.env))
        return {
            "questions": {
                question.code: {
                    "label": question.name,
                    "section": question.section,
                    "section_label": sections[question.section],
                    "wording": question.wording or question.name,
                    "why": question.why or "",
                    "example": question.example or "",
                }
                for question in questions.with_context(active_test=False).search([])
            },
            "stages": {
                stage.id: stage.name
                for stage in self.env["crm.stage"].sudo().with_context(lang=lang).search([])
            },
        }

    # -- publishing --------------------------------------------------------

    @api.model
    def _publish(self, note=""):
        """Freeze the questions as they are now, put them in force, start the recomputation."""
        snapshot = self.env["customer.sheet.question"].sudo()._draft()
        version = self.sudo().create(
            {
                "name": self.env._("Version %(number)s", number=self.sudo().search_count([]) + 1),
                "note": note,
                "snapshot": snapshot,
                "published_by_id": self.env.uid,
            }
        )
        version._request_refresh()
        return version

    @api.model
    def _is_being_edited(self):
        """Return whether somebody is changing the questions; what an update brings is no edit."""
        questions = self.env["customer.sheet.question"].sudo()
        brought = set(questions._shipped().mapped("code")) - self._published_codes()
        draft = [entry for entry in questions._draft() if entry["code"] not in brought]
        return draft != (self._current().snapshot or [])

    @api.model
    def _publish_shipped(self):
        """Put the shipped catalogue in force, on the first install only.

        An installation has no language of its own: its words are the administrator's.
        """
        if not self._current_id():
            spoken = [code for code, _name in self.env["res.lang"].get_installed()]
            admin = self.env.ref("base.user_admin", raise_if_not_found=False) or self.env.user
            lang = admin.lang if admin.lang in spoken else spoken[0]
            versions = self.with_context(lang=lang)
            versions._publish(versions.env._("As shipped"))

    @called(one=True)
    def action_restore(self):
        """Bring the questions back to this version as a draft and propose to publish it."""
        self.check_access("read")
        questions = self.env["customer.sheet.question"].with_context(active_test=False)
        questions = questions.search([("code", "!=", False)])
        questions.check_access("write")
        questions._restore(self.snapshot or [])
        return self.action_open_publish()

    @api.model
    @called()
    def action_open_publish(self):
        """Open the dialog that shows what publishing will change."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Publish the catalogue"),
            "res_model": "customer.sheet.catalogue.publish",
            "view_mode": "form",
            "target": "new",
        }

    @api.ondelete(at_uninstall=False)
    def _unlink_except_published(self):
        raise UserError(self.env._("A published catalogue is evidence; it cannot be deleted."))

    # -- comparing ---------------------------------------------------------

    @api.model
    def _changes_html(self, before, after):
        """Return the differences between two snapshots as a readable list."""
        rows = plan_changes(before or [], after or [])
        return self.env["ir.qweb"]._render(
            "crm_customer_sheet.catalogue_changes", {"changes": list(self._labelled_changes(rows))}
        )

    @api.model
    def _labelled_changes(self, rows):
        questions = self.env["customer.sheet.question"]
        lang = self.env.lang or "en_US"
        labels = {
            "partner_fields": questions._fields["partner_field_ids"],
            "lead_fields": questions._fields["lead_field_ids"],
            "sectors": questions._fields["sector_ids"],
            "company": questions._fields["company_id"],
            "stage": questions._fields["lead_required_stage_id"],
        }
        for kind, entry, changed in rows:
            label = entry["name"].get(lang) or entry["name"].get("en_US") or entry["code"]
            fields_ = [labels.get(name) or questions._fields[name] for name in changed]
            yield kind, label, [field._description_string(self.env) for field in fields_]

    # -- the recomputation of all sheets that publishing starts: resumable, with progress --

    @api.depends("refresh_total", "refresh_done", "partner_cursor", "lead_cursor")
    def _compute_refresh_progress(self):
        for version in self:
            finished = version.partner_cursor == version.lead_cursor == -1
            done = 100 * version.refresh_done // max(version.refresh_total, 1)
            version.refresh_progress = 100 if finished else min(done, 99)

    @api.model
    def _request_refresh(self, hosts=HOSTS):
        """Recompute every sheet of ``hosts`` in the background, from the beginning."""
        self.env.registry.clear_cache()
        self.env.registry.clear_cache("templates")
        version = self._current().sudo()
        if version:
            version.write({CURSORS[host]: 0 for host in hosts})
            version.write({"refresh_done": 0, "refresh_total": version._count_to_refresh()})
            self.env.ref("crm_customer_sheet.ir_cron_sheet_refresh").sudo()._trigger()

    def _count_to_refresh(self):
        return sum(
            self.env[host].with_context(active_test=False).search_count([])
            for host in HOSTS
            if self[CURSORS[host]] == 0
        )

    @api.model
    def _cron_refresh(self):
        """Recompute the sheets batch by batch, resuming where the last run stopped."""
        go_on(self.env, self._current().sudo()._refresh_step)

    def _refresh_step(self):
        batch = self._next_batch() if self else None
        if not batch:
            return 0, 0
        done = self._refresh_batch(*batch)
        is_last = not self._next_batch()
        return done, 0 if is_last else max(self.refresh_total - self.refresh_done, 1)

    def _next_batch(self):
        """Return ``(host, cursor field)`` of what is still to do, or ``None``."""
        for host, cursor in CURSORS.items():
            if self[cursor] >= 0:
                return host, cursor
        return None

    def _refresh_batch(self, host, cursor):
        last_id, done = self.env[host]._sheet_refresh(self[cursor], BATCH)
        self.write(
            {
                cursor: last_id if done else -1,
                "refresh_done": self.refresh_done + done,
            }
        )
        return done

    # -- what a catalogue would change, counted inside PostgreSQL without changing it --

    @api.model
    def _count_concerned(self, snapshot):
        """Return ``{code: number of sheets}`` to which each question of ``snapshot`` applies."""
        counts = dict.fromkeys((entry["code"] for entry in snapshot), 0)
        for host in HOSTS:
            model = self.env[host]
            questions = self._compile(host, snapshot).questions
            if not questions:
                continue
            model.flush_model()
            concerns = {q.code: q.sql_concerns(model, model._table) for q in questions}
            conditions = list(dict.fromkeys(concerns.values()))  # most questions share one
            columns = [SQL("count(*) FILTER (WHERE %s)", condition) for condition in conditions]
            query = SQL(
                "SELECT %s FROM %s WHERE %s AND active",
                SQL(", ").join(columns),
                SQL.identifier(model._table),
                model._sheet_carries_sql(),
            )
            [row] = self.env.execute_query(query)
            counted = dict(zip(conditions, row, strict=True))
            for code, condition in concerns.items():
                counts[code] += counted[condition]
        return counts

    @api.model
    def _impact(self, snapshot):
        """Return what putting ``snapshot`` in force would change, without changing it.

        :return: ``{host: {"sheets", "to_incomplete", "to_complete", "before", "after"}}``,
            the last two being mean scores
        """
        return {host: self._host_impact(host, snapshot) for host in HOSTS}

    @api.model
    def _host_impact(self, host, snapshot):
        model = self.env[host]
        model.flush_model()
        scores = self._compile(host, snapshot).sql_scores(model, SQL("active"))
        query = SQL(
            """
            SELECT count(n.score) AS sheets,
                   count(*) FILTER (WHERE t.sheet_completeness = 100 AND n.score < 100)
                       AS to_incomplete,
                   count(*) FILTER (WHERE t.sheet_completeness < 100 AND n.score = 100)
                       AS to_complete,
                   COALESCE(avg(t.sheet_completeness), 0)::int AS before,
                   COALESCE(avg(n.score), 0)::int AS after
              FROM %s t JOIN (%s) n ON n.id = t.id
            """,
            SQL.identifier(model._table),
            scores,
        )
        [row] = self.env.execute_query_dict(query)
        return row
