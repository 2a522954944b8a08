"""A view as the client reads it: its fields, what may be typed, what may be pressed."""

from xml.etree import ElementTree

from .expressions import Names, Unknown, evaluate
from .findings import is_ours

X2MANY = ("one2many", "many2many")
PANES = ("list", "kanban", "form", "calendar", "graph", "pivot")  # views inside a field
NEVER = ("1", "True", "true")
SETTINGS = "res.config.settings"
OWN_BLOCK = "customer_sheet"  # how the blocks of ours start
TEXTS = ("Zoé O'Neil %s {0}", "06 12 34 56 78", "x@y", False)
TYPED = {
    **dict.fromkeys(("char", "text", "html"), TEXTS),
    **dict.fromkeys(("float", "monetary"), (0.0, -1.5, 1e6)),
    "integer": (0, -1, 7),
    "boolean": (True, False),
    "date": ("2026-02-28", False),
    "datetime": ("2026-02-28 12:00:00", False),
}


class Screen:
    """One view of a model, or a table in a form.

    :param fields: ``{model: {field: description}}``, of all models met so far
    """

    def __init__(self, model, root, fields, view_id=False, toolbar=()):
        self.model, self.root, self.all_fields = model, root, fields
        self.id, self.toolbar = view_id, dict(toolbar)
        self.fields = fields.setdefault(model, {})
        self.parents = {child: parent for parent in self.root.iter() for child in parent}

    @classmethod
    def of_view(cls, model, view, fields):
        """The screen of a view that the server described."""
        root = ElementTree.fromstring(view["arch"])  # noqa: S314 - from our own server
        return cls(model, root, fields, view.get("id"), view.get("toolbar") or {})

    @property
    def is_ours(self):
        """Whether what can be typed and pressed here is ours; of Settings, our blocks are."""
        return is_ours(self.model) or self.model == SETTINGS

    def allows(self, verb):
        """Whether the view offers to create, edit, duplicate or delete."""
        return self.root.get(verb, "1") not in ("0", "false", "False")

    def spec(self, root=None, model=None):
        """The fields that the view reads, as the client asks for them."""
        fields = self.all_fields.get(model or self.model, {})
        wanted = {"display_name": {}}
        for node in own_nodes(self.root if root is None else root):
            field = fields.get(node.get("name"))
            if node.tag == "field" and field:
                entry = wanted.setdefault(node.get("name"), {})
                if field["type"] in X2MANY:
                    inner = entry.setdefault("fields", {"display_name": {}})
                    for pane in (child for child in node if child.tag in PANES):
                        inner.update(self.spec(pane, field["relation"]))
                elif field["type"] in ("many2one", "reference"):
                    entry["fields"] = {"display_name": {}}
        return wanted

    def editable(self):
        """The names of the fields that somebody can see and change."""
        return dict.fromkeys(
            node.get("name")
            for root in self.roots()
            for node in own_nodes(root, seen_only=True)
            if node.tag == "field"
            and node.get("readonly") not in NEVER
            and not self.fields.get(node.get("name"), {"readonly": True}).get("readonly")
        )

    def roots(self):
        """What somebody works in: all of the view, or our blocks of Settings."""
        if self.model != SETTINGS:
            return [self.root]
        blocks = self.root.iter("block")
        return [block for block in blocks if block.get("name", "").startswith(OWN_BLOCK)]

    def required(self, values):
        """The names of the fields that must be filled, with these values in the others."""
        return [
            node.get("name")
            for node in own_nodes(self.root)
            if node.tag == "field"
            and (field := self.fields.get(node.get("name")))
            and (field.get("required") or self._holds(node, "required", values))
        ]

    def pressable(self, root=None):
        """The buttons of the view."""
        for place in self.roots() if root is None else [root]:
            for node in own_nodes(place):
                if node.tag in ("button", "a") and node.get("type") in ("object", "action"):
                    if node.get("name"):
                        yield node

    def hidden(self, node, values):
        """Whether a button does not show on a record; what is not known shows."""
        while node is not None:
            if self._holds(node, "invisible", values):
                return True
            node = self.parents.get(node)
        return False

    def _holds(self, node, modifier, values):
        try:
            return bool(evaluate(node.get(modifier) or "False", values))
        except Unknown:
            return False

    def in_header(self, node):
        """Whether a button stands above the rows of a list."""
        return self.parents.get(node, self.root).tag == "header"

    def panes(self, record):
        """The tables of a form, each with one of the first rows of a record."""
        for node in own_nodes(self.root):
            rows = record.get(node.get("name")) if node.tag == "field" else None
            for row in rows[:2] if isinstance(rows, list) else ():
                if isinstance(row, dict) and isinstance(row.get("id"), int):
                    relation = self.fields[node.get("name")]["relation"]
                    for pane in (child for child in node if child.tag in PANES):
                        yield Screen(relation, pane, self.all_fields), row

    def measures(self):
        """What a pivot or graph counts, and by what."""
        counted, rows = [], []
        for node in self.root.iter("field"):
            name, field = node.get("name"), self.fields.get(node.get("name"), {})
            if node.get("type") == "measure":
                counted.append(f"{name}:{field.get('aggregator') or 'sum'}")
            elif field.get("groupable"):
                rows.append(by_period(name, field))
        return counted, rows


def own_nodes(node, seen_only=False):
    """The nodes of a view, without those of the views inside its fields."""
    for child in node:
        if not (seen_only and child.get("invisible") in NEVER):
            yield child
            if child.tag != "field":
                yield from own_nodes(child, seen_only)


def by_period(name, field):
    """How the client groups by a field."""
    dated = field.get("type") in ("date", "datetime") and ":" not in name
    return f"{name}:month" if dated else name


def as_names(record):
    """The values of a record for an expression, as the client gives them."""
    names = Names()
    for name, value in record.items():
        if isinstance(value, list):
            value = [each.get("id") if isinstance(each, dict) else each for each in value]
        elif isinstance(value, dict) and "id" in value:
            value = value["id"]
        names[name] = value
    return names
