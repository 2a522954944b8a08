"""The calls that the web client makes to open a view, taken from the view itself.

It reads every field that the view names, columns that a list hides (`optional="hide"`) too, and
what widgets read beyond the view.
"""

import ast

from lxml import etree

from odoo.fields import Domain
from odoo.service.model import call_kw

ALWAYS = ("1", "True")
TAGS = ("many2many_tags", "many2many_tags_avatar", "many2many_avatar_user")
MANY = ("one2many", "many2many")
SUMMED = ("float", "integer", "monetary")
ACTIVITY = {
    "activity_exception_decoration": {},
    "activity_exception_icon": {},
    "activity_state": {},
    "activity_summary": {},
    "activity_type_icon": {},
    "activity_type_id": {"fields": {"display_name": {}}},
}
#: What a widget reads beyond the view: `fieldDependencies` in its JavaScript.
DEPENDENCIES = {
    "activity_exception": {"activity_exception_icon": {}},
    "contact_image": {"write_date": {}},
    "image": {"write_date": {}},
    "kanban_activity": ACTIVITY,
    "list_activity": ACTIVITY,
    "rotting_statusbar_duration": {"duration_tracking": {}},
    "sheet_ring": {"sheet_missing": {}},
}
KANBAN_LIMIT = 40
LIST_LIMIT = 80
COUNT_LIMIT = 10_001


class Screen:
    """An action's views as the web client knows them after `get_views`."""

    def __init__(self, env, name, **context):
        self.context = context
        action = env.ref(name).sudo()  # the client asks a controller for it
        self.action_id = action.id
        self.model = action.res_model
        self.domain = ast.literal_eval(action.domain or "[]")
        self.views = [*action.views, (action.search_view_id.id, "search")]
        loaded = self.load(env)
        self.models = {name: model["fields"] for name, model in loaded["models"].items()}
        self.archs = {
            kind: etree.fromstring(view["arch"]) for kind, view in loaded["views"].items()
        }
        self.specifications = {
            kind: self._specification(arch, self.model)
            for kind, arch in self.archs.items()
            if kind in ("form", "kanban", "list")
        }

    def load(self, env):
        """Ask for the views themselves."""
        options = {"toolbar": True, "load_filters": True, "action_id": self.action_id}
        return self._call(env, "get_views", views=self.views, options=options)

    def open_list(self, env, domain=()):
        """Show the first page of the list, of what a filter leaves of it."""
        arguments = {
            "domain": list(Domain(self.domain) & Domain(list(domain))),
            "specification": self.specifications["list"],
            "order": self.archs["list"].get("default_order", ""),
            "limit": LIST_LIMIT,
            "offset": 0,
            "count_limit": COUNT_LIMIT,
        }
        return self._call(env, "web_search_read", **arguments)

    def open_groups(self, env, by):
        """Show the list in groups, all of them closed."""
        arguments = {
            "domain": self.domain,
            "groupby": [by],
            "aggregates": self._summed("list"),
            "offset": 0,
            "limit": LIST_LIMIT,
            "auto_unfold": False,
            "opening_info": [],
            "unfold_read_specification": self.specifications["list"],
            "unfold_read_default_limit": LIST_LIMIT,
            "groupby_read_specification": {},
        }
        return self._call(env, "web_read_group", **arguments)

    def open_kanban(self, env):
        """Show the columns with their first cards, and the progress bars above."""
        arch = self.archs["kanban"]
        grouping = arch.get("default_group_by")
        arguments = {
            "domain": self.domain,
            "groupby": [grouping],
            "aggregates": self._aggregates(arch.find("progressbar")),
            "offset": 0,
            "order": arch.get("default_order", ""),
            "auto_unfold": True,
            "opening_info": [],
            "unfold_read_specification": self.specifications["kanban"],
            "unfold_read_default_limit": KANBAN_LIMIT,
            "groupby_read_specification": {},
        }
        self._call(env, "web_read_group", {"read_group_expand": True}, **arguments)
        bar = arch.find("progressbar")
        shown = {"field": bar.get("field"), "colors": ast.literal_eval(bar.get("colors"))}
        arguments = {"domain": self.domain, "group_by": grouping, "progress_bar": shown}
        return self._call(env, "read_progress_bar", **arguments)

    def open_form(self, env, record_id):
        """Show one record."""
        specification = self.specifications["form"]
        return self._call(env, "web_read", {"bin_size": True}, [record_id], specification)

    def save(self, env, record_id, values):
        """Save what was changed in a form and show the record again."""
        specification = self.specifications["form"]
        return self._call(env, "web_save", {}, [record_id], values, specification)

    def onchange(self, env, record_id, values):
        """Tell the server what has just been typed in a form."""
        specification = self.specifications["form"]
        return self._call(env, "onchange", {}, [record_id], values, list(values), specification)

    def glance(self, env, record_id):
        """Ask for what a form shows after its paint, beside the fields."""
        return self._call(env, "sheet_glance", {}, [record_id], {})

    def _call(self, env, method, context=None, *arguments, **named):
        """Call a method as the client does, with the user's context and more."""
        context = {**env.context, **self.context, **(context or {})}
        return call_kw(env[self.model], method, arguments, {**named, "context": context})

    def _aggregates(self, bar):
        """What a kanban's columns sum up."""
        names = filter(None, (bar.get("sum_field"), bar.get("recurring_revenue_sum_field")))
        return self._summed("kanban", set(names))

    def _summed(self, kind, names=None):
        """What is summed up of the fields of a view, or of some of them."""
        shown = self.specifications[kind]
        wanted = [name for name in shown if names is None or name in names]
        fields = [self.models[self.model][name] for name in wanted]
        summed = [field for field in fields if field["type"] in SUMMED and field.get("aggregator")]
        aggregates = [f"{field['name']}:{field['aggregator']}" for field in summed]
        for field in summed:
            if field.get("currency_field"):
                aggregates.append(f"{field['currency_field']}:array_agg_distinct")
                aggregates.append(f"{field['name']}:sum_currency")
        return list(dict.fromkeys(aggregates))

    def _specification(self, view, model):
        """What to read for the fields of a view, as `getFieldsSpec` of the client."""
        nodes = {}
        for node in _own_fields(view):
            nodes.setdefault(node.get("name"), []).append(node)
        specification = {
            name: self._field(same, self.models[model][name]) for name, same in nodes.items()
        }
        for name in nodes:
            record = self.models[model][name].get("definition_record")
            if record in specification:
                specification[record].setdefault("fields", {})["display_name"] = {}
        for node in _own_fields(view):
            for name, read in DEPENDENCIES.get(node.get("widget"), {}).items():
                specification.setdefault(name, read)
        return specification

    def _field(self, nodes, field):
        """What to read for a field that a view shows once or more."""
        shown = [node for node in nodes if not _is_hidden(node)]
        if field["type"] in ("many2one", "reference"):
            return _with_context({"fields": {"display_name": {}}}, shown, field) or {"fields": {}}
        if field["type"] not in MANY:
            return {}
        lines = {"fields": {}}
        for node in shown:
            inner = next((child for child in node if child.tag in ("list", "kanban")), None)
            if inner is not None:
                lines["limit"] = int(inner.get("limit", KANBAN_LIMIT))
                lines["fields"] |= self._lines(node, inner, field["relation"])
            elif node.get("widget") in TAGS:
                color = ast.literal_eval(node.get("options") or "{}").get("color_field")
                lines["fields"] |= {name: {} for name in ("display_name", color) if name}
        return _with_context(lines, shown, field)

    def _lines(self, node, inner, model):
        """The fields of lines, and those that only the form of a line shows."""
        form = next((child for child in node if child.tag == "form"), ())
        more = {name: {} for name in self._specification(form, model)}
        return more | self._specification(inner, model)


def _is_hidden(node):
    return node.get("invisible") in ALWAYS or node.get("column_invisible") in ALWAYS


def _with_context(specification, shown, field):
    """The specification with the field's context, and nothing for a field that is hidden."""
    if not shown:
        return {}
    context = field.get("context") or {}
    written = shown[0].get("context")
    if written and written != "{}":
        context = _constant(written)
    return {**specification, "context": context} if context else specification


def _constant(context):
    """The items of a written context that need no record: the client knows the others too."""
    items = {}
    tree = ast.parse(context.strip(), mode="eval").body
    pairs = zip(tree.keys, tree.values, strict=True) if isinstance(tree, ast.Dict) else ()
    for key, value in pairs:
        if isinstance(key, ast.Constant) and isinstance(value, ast.Constant):
            items[key.value] = value.value
    return items


def _own_fields(view):
    """The fields of a view itself, not those of the lists inside of its fields."""
    for child in view:
        if child.tag == "field":
            yield child
        elif isinstance(child.tag, str) and child.tag != "groupby":
            yield from _own_fields(child)
