"""What Odoo computes from moved rows is computed again; what people typed is left alone."""

#: Editable, but they follow the company of a contact whatever happens.
FOLLOWING = {("res.partner", "sheet_typology"), ("res.partner", "sheet_sector")}


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
            env[model].browse(ids).exists().modified([name])
    for field in list(env.transaction.tocompute) if forget else ():
        records = env[field.model_name]
        env.remove_to_compute(field, records.browse(forget.get(records._table, ())))
    while fields := _pending(env):
        for field in fields:
            ids = list(env.transaction.tocompute[field])
            if images:
                rows = [(each, merge_of(field.model_name, each)) for each in ids]
                table = env[field.model_name]._table
                images.take(table, [row for row in rows if row[1]])
        for field in fields:
            env[field.model_name]._recompute_field(field)
    env.flush_all()


def _pending(env):
    """Return the fields to compute, and forget those that people may have edited."""
    tocompute = env.transaction.tocompute
    for field, ids in list(tocompute.items()):
        following = (field.model_name, field.name) in FOLLOWING
        editable = not field.readonly and not following
        if editable or env[field.model_name]._abstract:
            env.remove_to_compute(field, env[field.model_name].browse(ids))
    return [field for field, ids in tocompute.items() if any(ids)]
