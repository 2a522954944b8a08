"""Everything that shows many records, and what is done with a selection of them."""

from .expressions import own
from .findings import DUPLICATE, is_ours

SELECTIONS = (0, 1, 20, 2)  # what is done once with several is done with many
#: Fields that say where a record stands.
STATES = {"state", "status", "level", "stage_id", "kind", "mode", "type", "res_model", "model"}


class Lists:
    """Lists, kanbans, calendars, pivots and graphs."""

    def __init__(self, walk):
        self.walk = walk

    def open(self, screens, domain, depth, context):
        """Open each view of a window, its search box, and some of its records."""
        sent, ids = own(context), []
        for kind, screen in screens.items():
            if kind not in ("form", "search"):
                ids = self._open(kind, screen, domain, depth, context) or ids
        model = next(iter(screens.values())).model
        box = screens.get("search")
        if box and depth <= 1 and self.walk.once("search", model, box.id):
            self.walk.box.open(screens, domain, sent)
        if depth == 0 and is_ours(model) and self.walk.once("columns", model):
            self.walk.box.columns(model, domain, sent)
        if "form" in screens:
            self._forms(screens["form"], ids, domain, depth, context)
        if "list" in screens:
            self._selection(screens["list"], ids, depth, context)
        if "kanban" in screens and ids:
            self._drag(screens["kanban"], ids[:1], sent)
        if depth == 0 and ids and self.walk.once("records menu", model):
            self._records_menu(screens, ids[:1], sent)

    def _open(self, kind, screen, domain, depth, context):
        """Read one view as the client does; return the ids of its records."""
        model, sent = screen.model, own(context)
        if kind in ("pivot", "graph"):
            return self._count(kind, screen, domain, sent)
        if kind == "activity":
            options = {"res_model": model, "domain": domain, "context": sent}
            self.walk.call("activities", "mail.activity", "get_activity_data", **options)
        page = self.walk.call(
            f"{kind} {model}",
            model,
            "web_search_read",
            domain=domain,
            specification=screen.spec(),
            limit=80,
            count_limit=10001,
            context=sent,
        )
        records = page["records"] if page else []
        ids = [record["id"] for record in records]
        if kind == "list" and screen.root.get("action") and ids:
            self.walk.forms.press(model, screen.root.get("action"), ids[:1], depth, context)
        for record in records[: self.walk.limits.presses]:
            self.walk.forms.buttons(screen, record, depth, context, row=True)
        return ids

    def _count(self, kind, screen, domain, context):
        measures, rows = screen.measures()
        if kind == "pivot":
            sets = [[], rows[:1], rows[:2]]
            arguments = ["formatted_read_grouping_sets", domain, sets, ["__count", *measures]]
        else:
            arguments = ["formatted_read_group", domain, rows, ["__count", *measures[:1]]]
        self.walk.call(f"{kind} {screen.model}", screen.model, *arguments, context=context)

    def _forms(self, screen, ids, domain, depth, context):
        """Open the first records, one of each kind, and a new one."""
        states = self._one_of_each(screen.model, domain, own(context)) if depth == 0 else []
        for record_id in dict.fromkeys([*ids[: self.walk.limits.presses], *states]):
            if self.walk.once("record", screen.model, screen.id, record_id):
                self.walk.forms.open(screen, record_id, depth, context)
        if depth == 0 and screen.allows("create"):
            self.walk.forms.open(screen, False, depth, context)

    def _one_of_each(self, model, domain, context):
        """The ids of one record for each value of the fields that say where it stands."""
        fields = self.walk.fields.get(model, {})
        for name in [name for name in fields if name in STATES and fields[name].get("groupable")]:
            arguments = ["formatted_read_group", domain, [name], ["__count"]]
            groups = self.walk.call(f"by {name}", model, *arguments, context=context) or []
            for group in groups[:6]:
                place = [*domain, *group.get("__extra_domain", [])]
                options = {"limit": 1, "context": context}
                yield from (
                    self.walk.call(f"one of {place}", model, "search", place, **options) or ()
                )

    def _selection(self, screen, ids, depth, context):
        """Press the buttons above a list, and its action and print menus, on so many records."""
        if depth > 1 or not self.walk.once("selection", screen.model, screen.id):
            return
        header = screen.root.find("header")
        for chosen in [ids[:size] for size in SELECTIONS if min(size, 2) <= len(ids)]:
            for node in screen.pressable(header) if header is not None else ():
                kind = node.get("type")
                # a button that opens another list is a menu entry in another place
                place = kind == "action" and node.get("display") == "always"
                near = depth - 1 if place else depth
                self.walk.forms.press(screen.model, node.get("name"), chosen, near, context, kind)
            if chosen:
                self.bindings(screen, chosen, depth)

    def bindings(self, screen, ids, depth):
        """Choose everything in the action and print menus, on these records."""
        active = {"active_model": screen.model, "active_id": ids[0], "active_ids": ids}
        for action in [*screen.toolbar.get("action", []), *screen.toolbar.get("print", [])]:
            if not self.walk.once("binding", action["id"], len(ids)):
                continue
            what = f"{action.get('name')} on {len(ids)} {screen.model}"
            full = self.walk.attempt(what, self.walk.session.action, action["id"], active)
            self.walk.later([*self.walk.path, what], full, depth + 1, active)

    def _drag(self, screen, ids, context):
        """Drag a card into other columns."""
        name = screen.root.get("default_group_by")
        field = screen.fields.get(name)
        if not field or field.get("readonly") or not self.walk.once("drag", screen.model, name):
            return
        for value in filter(None, self.walk.forms.choices(screen, name)):
            options = {"specification": {"display_name": {}}, "context": context}
            what = f"drag {screen.model} to {name} {value}"
            self.walk.call(what, screen.model, "web_save", ids, {name: value}, **options)
            if screen.model == "crm.lead":
                self.walk.call(f"gate: {what}", screen.model, "sheet_gate_check", ids, value)

    def _records_menu(self, screens, ids, context):
        """Duplicate, archive, unarchive and delete, where a view that somebody wrote offers to."""
        kinds = ("form", "list", "kanban")
        shown = [screens[kind] for kind in kinds if kind in screens and screens[kind].id]
        if not any(view.allows("create") and view.allows("duplicate") for view in shown):
            return
        model, call = shown[0].model, self.walk.call
        what = f"{DUPLICATE}{model}"
        told = what if is_ours(model) else None
        copies = call(what, model, "copy", ids, context=context, button=told)
        for method in ("action_archive", "action_unarchive", "unlink") if copies else ():
            if method == "unlink" or "active" in self.walk.fields[model]:
                call(f"{method} {model}", model, method, copies, context=context)
