"""The search box: filters, fields, groups and the panel; custom filters, sorting, export."""

from .screens import NEVER, X2MANY, by_period

SEARCHED = ("a", "O'Neil %_\\")
TEXTUAL = ("char", "text", "html", "many2one", *X2MANY)
GROUPED = set("boolean char date datetime integer many2one many2many selection".split())
YEAR = "2026-01-01", "2027-01-01"
NAMED = {"display_name": {}}


class SearchBox:
    """What somebody does above a list."""

    def __init__(self, walk):
        self.walk = walk

    def open(self, screens, domain, context):
        """Try everything that a search view offers."""
        view = screens.get("search")
        shown = screens.get("list") or screens.get("kanban")
        spec = shown.spec() if shown else NAMED
        for node in view.root.iter() if view else ():
            said = str(sorted(node.items()))
            if node.get("invisible") in NEVER or not self.walk.once("box", view.model, said):
                continue  # several search boxes of a model have most in common
            if node.tag == "filter":
                self._filter(view, node, domain, spec, context)
            elif node.tag == "field" and view.fields.get(node.get("name")):
                self._field(view, node, domain, context)
            elif node.tag == "searchpanel":
                self._panel(view, node, domain, context)

    def _read(self, what, model, domain, spec, context, **options):
        self.walk.call(
            what,
            model,
            "web_search_read",
            domain=domain,
            specification=spec,
            limit=20,
            context=context,
            **options,
        )

    def _filter(self, view, node, domain, spec, context):
        name, inner = node.get("name"), self.walk.context_of(node.get("context"), context)
        groups = inner.get("group_by") or []
        for by in [groups] if isinstance(groups, str) else groups:
            self.group(view.model, domain, by, spec, context)
        if node.get("date"):
            more = [(node.get("date"), ">=", YEAR[0]), (node.get("date"), "<", YEAR[1])]
        else:
            more = self.walk.domain_of(node.get("domain"), context)
        if more:
            self._read(f"filter {name}", view.model, [*domain, *more], spec, {**context, **inner})

    def _field(self, view, node, domain, context):
        name = node.get("name")
        field = view.fields[name]
        for value in SEARCHED if field["type"] in TEXTUAL else (1,):
            more = self._condition(node, name, field, value, context)
            self._read(f"search {name} for {value}", view.model, [*domain, *more], NAMED, context)

    def _condition(self, node, name, field, value, context):
        kind = field["type"]
        if node.get("filter_domain"):
            names = {"self": value, "raw_value": value}
            return self.walk.domain_of(node.get("filter_domain"), context, names)
        if kind == "selection":
            return [(name, "=", field["selection"][0][0])] if field["selection"] else []
        if kind in ("date", "datetime"):
            return [(name, ">=", YEAR[0])]
        if kind == "properties":
            return []
        return [(name, node.get("operator") or ("ilike" if kind in TEXTUAL else "="), value)]

    def _panel(self, view, node, domain, context):
        for panel in node.iter("field"):
            many = "multi_" if panel.get("select") == "multi" else ""
            self.walk.call(
                f"panel {panel.get('name')}",
                view.model,
                f"search_panel_select_{many}range",
                panel.get("name"),
                context=context,
                search_domain=domain,
                enable_counters=True,
            )

    def group(self, model, domain, by, spec, context, unfold=True):
        """Group a list, with the sums of its columns."""
        fields = self.walk.fields.get(model, {})
        field = fields.get(by.partition(":")[0], {})
        if field.get("type") == "properties":
            return  # by one property; each database has its own
        if not self.walk.once("group", model, by, unfold):
            return
        sums = [
            f"{name}:{each['aggregator']}"
            for name, each in fields.items()
            if name in spec
            and each.get("aggregator")
            and each["type"] in ("integer", "float", "monetary")
        ]
        self.walk.call(
            f"group {model} by {by}",
            model,
            "web_read_group",
            domain,
            [by_period(by, field)],
            ["__count", *sums],
            limit=80,
            auto_unfold=unfold,
            unfold_read_specification=spec,
            context=context,
        )

    def columns(self, model, domain, context):
        """What anybody may do with any field: a custom filter, a custom group, sort, export."""
        fields = self.walk.call(f"fields of {model}", model, "fields_get") or {}
        self.walk.fields.setdefault(model, {}).update(fields)
        tried = [name for name in fields if self.walk.limits.tries(model, name)]
        if self.walk.limits.filters:
            self._where(model, domain, fields, tried, context)
        named = {"specification": NAMED, "limit": 20, "context": context}

        def sort(names):
            order = ", ".join(f"{name} desc" for name in names)
            self.walk.session.call(model, "web_search_read", domain=domain, order=order, **named)

        sortable = [name for name in tried if fields[name].get("sortable")]
        self.walk.together(f"sort {model} by", sortable, sort)
        for name in tried:
            if fields[name].get("groupable") and fields[name]["type"] in GROUPED:
                self.group(model, domain, name, NAMED, context, unfold=False)
        self._export(model, domain, fields, context)

    def _where(self, model, domain, fields, tried, context):
        """Filter by each field that can be filtered by."""
        options = {"specification": NAMED, "limit": 20, "context": context}
        searchable = [
            name
            for name in tried
            if fields[name].get("searchable") and fields[name]["type"] != "properties"
        ]
        for operator in ("!=", "="):

            def find(names, operator=operator):
                some = [*["|"] * (len(names) - 1), *[(name, operator, False) for name in names]]
                found = [*domain, *some]
                self.walk.session.call(model, "web_search_read", domain=found, **options)

            self.walk.together(f"where {model} {operator}", searchable, find)

    def _export(self, model, domain, fields, context):
        some = self.walk.call("some", model, "search", domain, limit=3, context=context)
        names = [
            name
            for name, field in fields.items()
            if field.get("exportable", True) and field["type"] != "binary" and name != "id"
        ]
        self.walk.call("export", model, "export_data", some or [], names, context=context)
