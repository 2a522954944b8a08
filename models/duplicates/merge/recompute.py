"""What Odoo computes from moved rows is computed again; what people typed is left alone."""

from collections import defaultdict

from odoo.tools import SQL

from ...quality.checks.hosts import RESULTS
from .journal import STAMPS
from .triggers import is_computed, mark

CHECKED = {*RESULTS, "sheet_checked_on"}
SCORED = {"sheet_completeness", "sheet_missing"}
#: What scoring and checking write besides, whatever was pending.
ALSO_CHANGED = (*CHECKED, *SCORED, "sheet_score")


def recompute(env, moved, images=None, merge_of=None, forget=None):
    """Compute again what depends on ``moved``: ``{(model, field): ids}``.

    Only what nobody can edit: a price list, an address for delivery or a salesperson that
    Odoo once proposed is by now a fact of the order.

    :param images: takes images of the rows before they change
    :param merge_of: ``(model, id)`` -> merge, or ``None`` where unknown
    :param forget: ``{table: ids}`` of rows that are known to be right
    """
    for (model, name), ids in moved.items():
        if model in env and name in env[model]._fields:
            records = env[model].browse(ids).exists()
            mark(env, records, name, env["customer.sheet.merge"]._trigger_tree)
            if hasattr(records, "_sheet_modified"):  # what the catalogue asks for
                records._sheet_modified([name])
    for field in list(env.transaction.tocompute) if forget else ():
        records = env[field.model_name]
        env.remove_to_compute(field, records.browse(forget.get(records._table, ())))
    compute = Recompute(env, moved, images, merge_of)
    compute.in_sets()
    compute.everything()
    env.flush_all()


class Recompute:
    """Computes what is pending; takes images of the rows first."""

    def __init__(self, env, moved, images, merge_of):
        self.env = env
        self.moved = moved
        self.images = images
        self.merge_of = merge_of

    def in_sets(self):
        """Check and score contacts and leads in sets, after the rest of contacts."""
        pending = _pending(self.env)
        self._image(pending)  # the flushes below compute them all
        contacts = [field for field in pending if field.model_name == "res.partner"]
        checked = self._take(contacts, CHECKED)
        scored = {host: self._take(pending, SCORED, host) for host in ("res.partner", "crm.lead")}
        if not self._concerns_scores():
            self._take(pending, {"sheet_score"})
        self._compute([field for field in contacts if field.name not in CHECKED | SCORED])
        if checked := self._worth_checking(checked):
            self.env["res.partner"]._sheet_check(sorted(checked))
        self.env.flush_all()
        changed = {host: self._rescore(host, sorted(ids)) for host, ids in scored.items() if ids}
        self.env.invalidate_all(flush=False)
        leads = self.env["crm.lead"].browse(changed.get("crm.lead", ()))
        self.env.add_to_compute(leads._fields["sheet_score"], leads)

    def _concerns_scores(self):
        """Tell whether leads themselves have changed, not only what their contact is called."""
        leads = self.env["crm.lead"]
        depends = set(leads.pool.field_depends[leads._fields["sheet_score"]])
        return any(model == "crm.lead" and name in depends for model, name in self.moved)

    def _rescore(self, host, ids):
        """Score these records in one statement; return those of which the score has changed."""
        scores = SQL(
            "SELECT id, sheet_completeness FROM %s WHERE id = ANY(%s)",
            SQL.identifier(self.env[host]._table),
            ids,
        )
        before = dict(self.env.execute_query(scores))
        self.env[host]._sheet_rescore(SQL("= ANY(%s)", ids))
        after = dict(self.env.execute_query(scores))
        return [row_id for row_id, score in after.items() if score != before[row_id]]

    def _worth_checking(self, ids):
        """Return those whose own values have changed, or whose company tells on their ids."""
        depends = {*self.env["res.partner"]._sheet_quality_depends()} - {"commercial_partner_id"}
        own = {
            row_id
            for (model, name), rows in self.moved.items()
            if model == "res.partner" and name in depends
            for row_id in rows
        }
        others = self.env.execute_query(
            SQL(
                "SELECT id FROM res_partner WHERE id = ANY(%s)"
                " AND COALESCE(NULLIF(vat, ''), NULLIF(company_registry, '')) IS NOT NULL",
                list(ids - own),
            )
        )
        return (ids & own) | {row_id for (row_id,) in others}

    def everything(self):
        """Compute until nothing is left."""
        while fields := _pending(self.env):
            self._image(fields)
            self._compute(fields)

    def _take(self, fields, names, host=None):
        """Take the pending records of some fields out of Odoo's hands and return their ids."""
        ids = set()
        for field in fields:
            if field.name in names and host in (None, field.model_name):
                some = tuple(self.env.transaction.tocompute.get(field, ()))
                ids.update(each for each in some if each)
                self.env.remove_to_compute(field, self.env[field.model_name].browse(some))
        return ids

    def _compute(self, fields):
        for field in fields:
            self.env[field.model_name]._recompute_field(field)

    def _image(self, fields):
        """Take images of the rows to compute: of the columns that may change."""
        by_model = defaultdict(list)
        for field in fields if self.images else ():
            by_model[field.model_name].append(field)
        for name, some in by_model.items():
            model = self.env[name]
            ids = {each for f in some for each in self.env.transaction.tocompute.get(f, ())}
            rows = [(each, self.merge_of(name, each)) for each in ids if each]
            # one method may compute several: the probability of a lead beside the automated one
            siblings = {each for field in some for each in self.env.registry.field_computed[field]}
            columns = {field.name for field in siblings if field.store and field.column_type}
            columns |= {*STAMPS, *ALSO_CHANGED} & set(model._fields)
            self.images.take_narrow(model._table, [row for row in rows if row[1]], columns)


def _pending(env):
    """Return the fields to compute, and forget those that people may have edited."""
    tocompute = env.transaction.tocompute
    for field, ids in list(tocompute.items()):
        if not is_computed(field) or env[field.model_name]._abstract:
            env.remove_to_compute(field, env[field.model_name].browse(ids))
    return [field for field, ids in tocompute.items() if any(ids)]
