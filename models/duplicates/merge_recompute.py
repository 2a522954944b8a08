"""What Odoo computes from moved rows is computed again; what people typed is left alone."""

from odoo.tools import SQL

from ..quality.customer_sheet_mixin import RESULTS
from .merge_triggers import is_computed, mark


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
    compute.contacts()
    compute.everything()
    env.flush_all()


class Recompute:
    """Computes what is pending; takes images of the rows first."""

    def __init__(self, env, moved, images, merge_of):
        self.env = env
        self.moved = moved
        self.images = images
        self.merge_of = merge_of

    def contacts(self):
        """Compute contacts first; check and score them in sets, as the jobs do."""
        partners = self.env["res.partner"]
        pending = _pending(self.env)
        for field in pending:  # the flushes below compute them all
            self._image(field)
        in_sets = {*RESULTS, "sheet_checked_on", "sheet_completeness", "sheet_missing"}
        ours = [field for field in pending if field.model_name == "res.partner"]
        checked = self._take(ours, lambda name: name in {*RESULTS, "sheet_checked_on"})
        scored = self._take(ours, lambda name: name in ("sheet_completeness", "sheet_missing"))
        self._compute([field for field in ours if field.name not in in_sets])
        if checked := self._worth_checking(checked):
            partners._sheet_check(sorted(checked))
        if scored:
            self.env.flush_all()
            partners._sheet_rescore(SQL("= ANY(%s)", sorted(scored)))
            self.env.invalidate_all(flush=False)

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
            self._compute(fields)

    def _take(self, fields, wanted):
        """Take the pending records of some fields out of Odoo's hands and return their ids."""
        ids = set()
        for field in fields:
            if wanted(field.name):
                some = tuple(self.env.transaction.tocompute[field])
                ids.update(each for each in some if each)
                self.env.remove_to_compute(field, self.env[field.model_name].browse(some))
        return ids

    def _compute(self, fields):
        for field in fields:
            self._image(field)
        for field in fields:
            self.env[field.model_name]._recompute_field(field)

    def _image(self, field):
        ids = self.env.transaction.tocompute.get(field, ())
        if self.images and ids:
            rows = [(each, self.merge_of(field.model_name, each)) for each in ids]
            table = self.env[field.model_name]._table
            self.images.take(table, [row for row in rows if row[1]])


def _pending(env):
    """Return the fields to compute, and forget those that people may have edited."""
    tocompute = env.transaction.tocompute
    for field, ids in list(tocompute.items()):
        if not is_computed(field) or env[field.model_name]._abstract:
            env.remove_to_compute(field, env[field.model_name].browse(ids))
    return [field for field, ids in tocompute.items() if any(ids)]
