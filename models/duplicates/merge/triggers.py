"""What Odoo computes from a field, and nothing that people may have typed in between.

Odoo's own triggers go on through editable fields: a contact changes, so does the address that
was proposed for an order, and then the order's taxes.  A merge leaves such proposals alone, so
that what hangs on them is no concern of it either.
"""

from collections import defaultdict

from odoo.tools import OrderedSet

#: Editable, but they follow the company of a contact whatever happens.
FOLLOWING = {("res.partner", "sheet_typology"), ("res.partner", "sheet_sector")}


def is_computed(field):
    """Tell whether Odoo computes a stored field that nobody edits."""
    following = (field.model_name, field.name) in FOLLOWING
    return bool(field.store and field.compute and (field.readonly or following))


def trigger_tree(registry, field):
    """Return the tree of the fields that Odoo computes from ``field``, as ``modified`` takes it."""
    tree = registry.get_trigger_tree([])  # an empty one
    for path, targets in _closure(registry._field_triggers, field):
        branch = tree
        for label in path:
            branch = branch.increase(label)
        branch.root = OrderedSet([*branch.root, *filter(is_computed, targets)])
    return _pruned(tree)


def _pruned(tree):
    """Return the tree without the ways on which nothing is to be computed."""
    branches = {label: _pruned(branch) for label, branch in tree.items()}
    return type(tree)(tree.root, {label: each for label, each in branches.items() if each})


def _closure(triggers, field, path=(), seen=()):
    """Yield ``(fields to inverse, fields)`` of what follows a field, directly or not."""
    if field in seen or field not in triggers:
        return
    for step, targets in triggers[field].items():
        here = _joined(path, step)
        followed = [each for each in targets if not each.store or is_computed(each)]
        yield here, followed
        for target in followed:
            yield from _closure(triggers, target, here, (*seen, field))


def _joined(path, step):
    """Join two ways, leaving out where one goes back on the other."""
    if path and step:
        last, first = path[-1], step[0]
        goes_back = (
            (last.type, first.type) == ("many2one", "one2many")
            and last.name == first.inverse_name
            and last.model_name == first.comodel_name
            and last.comodel_name == first.model_name
        )
        if goes_back:
            return _joined(path[:-1], step[1:])
    return (*path, *step)


def mark(env, records, name, tree_of):
    """Have what Odoo computes from the field ``name`` of these records computed again."""
    seen = defaultdict(set)
    todo = [(records._fields[name], records)]
    while todo:
        field, changed = todo.pop()
        for target, found, _create in changed._modified_triggers(tree_of(field)):
            new = found.browse(each for each in found._ids if each not in seen[target])
            seen[target].update(new._ids)
            if new:
                env.add_to_compute(target, new)
            if new and target.recursive:
                todo.append((target, new))
