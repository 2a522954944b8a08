"""The calls that the web client makes to open a view, taken from the view itself."""

import ast

from lxml import etree

from odoo.service.model import call_kw

ALWAYS = ("1", "True")
TAGS = ("many2many_tags", "many2many_tags_avatar", "many2many_avatar_user")
MANY = ("one2many", "many2many")
SUMMED = ("float", "integer", "monetary")
KANBAN_LIMIT = 40
LIST_LIMIT = 80
COUNT_LIMIT = 10_001


class Screen:
    """An action's views as the web client knows them after `get_views`."""

    def __init__(self, env, name):
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
        arguments = {"views": self.views, "options": options}
        return call_kw(env[self.model], "get_views", [], arguments)

    def open_list(self, env):
        """Show the first page of the list."""
        arguments = {
            "domain": self.domain,
            "specification": self.specifications["list"],
            "order": self.archs["list"].get("default_order", ""),
            "limit": LIST_LIMIT,
            "offset": 0,
            "count_limit": COUNT_LIMIT,
        }
        return call_kw(env[self.model], "web_search_read", [], arguments)

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
            "context": {"read_group_expand": True},
        }
        call_kw(env[self.model], "web_read_group", [], arguments)
        bar = arch.find("progressbar")
        shown = {"field": bar.get("field"), "colors": ast.literal_eval(bar.get("colors"))}
        arguments = {"domain": self.domain, "group_by": grouping, "progress_bar": shown}
        return call_kw(env[self.model], "read_progress_bar", [], arguments)

    def open_form(self, env, record_id):
        """Show one record."""
        arguments = {
            "specification": self.specifications["form"],
            "context": {"bin_size": True},
        }
        return call_kw(env[self.model], "web_read", [[record_id]], arguments)

    def save(self, env, record_id, values):
        """Save what was changed in a form and show the record again."""
        arguments = {"specification": self.specifications["form"]}
        return call_kw(env[self.model], "web_save", [[record_id], values], arguments)

    def _aggregates(self, bar):
        names = filter(None, (bar.get("sum_field"), bar.get("recurring_revenue_sum_field")))
        fields = [self.models[self.model][name] for name in names if name in self._kanban()]
        aggregates = [f"{f['name']}:{f['aggregator']}" for f in fields if f["type"] in SUMMED]
        for field in fields:
            if field.get("currency_field"):
                aggregates.append(f"{field['currency_field']}:array_agg_distinct")
                aggregates.append(f"{field['name']}:sum_currency")
        return list(dict.fromkeys(aggregates))

    def _kanban(self):
        return self.specifications["kanban"]

    def _specification(self, view, model):
        """What to read for the fields of a view, as `getFieldsSpec` of the client."""
        specification = {}
        for node in _own_fields(view):
            field = self.models[model][node.get("name")]
            specification.setdefault(field["name"], {})
            specification[field["name"]].update(self._field(node, field))
        for name in list(specification):
            record = self.models[model][name].get("definition_record")
            if record in specification:
                specification[record].setdefault("fields", {})["display_name"] = {}
        return specification

    def _field(self, node, field):
        hidden = node.get("invisible") in ALWAYS
        if field["type"] in ("many2one", "reference"):
            return {"fields": {} if hidden else {"display_name": {}}}
        if field["type"] not in MANY or hidden:
            return {}
        inner = next((child for child in node if child.tag in ("list", "kanban")), None)
        if inner is not None:
            limit = int(inner.get("limit", KANBAN_LIMIT))
            fields = self._specification(inner, field["relation"])
            return {"fields": fields, "limit": limit}
        if node.get("widget") in TAGS:
            color = ast.literal_eval(node.get("options") or "{}").get("color_field")
            return {"fields": {name: {} for name in ("display_name", color) if name}}
        return {}


def _own_fields(view):
    """The fields of a view itself, not those of the lists inside of its fields."""
    for child in view:
        if child.tag == "field":
            yield child
        elif isinstance(child.tag, str) and child.tag != "groupby":
            yield from _own_fields(child)
