"""Forms and dialogs: open, type into each field, press each button."""

from .blocks import Blocks
from .expressions import own
from .findings import is_ours
from .lists import STATES
from .screens import SETTINGS, TYPED, X2MANY, as_names

MOST_CHOICES = 12  # there are 600 time zones
LINK = 4  # of the commands for a table
#: What a person does not type, or only by another field.
TECHNICAL = {"id", "display_name", "res_model", "res_ids", "model"}


class Forms:
    """What somebody does in one record."""

    def __init__(self, walk):
        self.walk, self.blocks = walk, Blocks(walk)

    def open(self, screen, record_id, depth, context, dialog=False):
        """Open a record or a new one, change each of its fields, press its buttons."""
        self.walk.findings.counts["forms"] += 1
        if record_id:
            self._open_record(screen, record_id, depth, context, dialog)
        else:
            self._open_new(screen, depth, context, dialog)

    def _open_record(self, screen, record_id, depth, context, dialog):
        sent, spec = own(context), screen.spec()
        read = self.walk.call(
            f"form {screen.model}({record_id})",
            screen.model,
            "web_read",
            [record_id],
            specification=spec,
            context=sent,
        )
        if read and not dialog and self.walk.once("changes", screen.model, screen.id):
            self._type(screen, [record_id], {}, sent)
        if read:
            self.blocks.open(screen, read[0], depth, context)
            self.buttons(screen, read[0], depth, context)
            if depth <= 1:
                self.walk.lists.bindings(screen, [record_id], depth)

    def _open_new(self, screen, depth, context, dialog):
        sent, spec = own(context), screen.spec()
        arguments = ["onchange", [], {}, [], spec]
        new = self.walk.call(f"new {screen.model}", screen.model, *arguments, context=sent)
        if new is None:
            return
        values = self._values(screen, new.get("value") or {})
        if self.walk.once("onchanges", screen.model, screen.id):
            self._type(screen, [], values, sent)
        values = self._required(screen, values)
        if dialog:  # a fresh one for each of its buttons
            for name in dict.fromkeys(node.get("name") for node in screen.pressable()):
                if saved := self._save(screen, values, sent):
                    self.buttons(screen, saved, depth, context, only=name)
        elif screen.is_ours and self.walk.once("save", screen.model, screen.id):
            if saved := self._save(screen, values, sent):
                self.buttons(screen, saved, depth, context)
                if screen.model == SETTINGS:
                    self.press(SETTINGS, "execute", [saved["id"]], depth, context)

    def _save(self, screen, values, context):
        """Save a new record; return it as the client then reads it."""
        options = {"specification": screen.spec(), "context": context}
        what = f"save {screen.model}"
        saved = self.walk.call(what, screen.model, "web_save", [], values, **options)
        return saved and saved[0]

    def _type(self, screen, ids, values, context):
        """Type several things into each field that somebody can change."""
        limits, model = self.walk.limits, screen.model
        names = [name for name in screen.editable() if limits.tries(model, name)]
        typed = {name: self.choices(screen, name)[: limits.typed] for name in names}
        self.walk.findings.counts["changes"] += sum(map(len, typed.values()))
        for turn in range(max(map(len, typed.values()), default=0)):

            def change(some, turn=turn):
                new = {name: typed[name][turn] for name in some}
                arguments = ["onchange", ids, {**values, **new}, some, screen.spec()]
                self.walk.session.call(model, *arguments, context=context)

            some = [name for name in names if turn < len(typed[name])]
            self.walk.together(f"type {turn} into {model}", some, change)

    def choices(self, screen, name, stock=False):
        """What somebody may type into a field or choose there."""
        field = screen.fields[name]
        if name in TECHNICAL or not (stock or screen.is_ours):
            return []
        if field["type"] == "selection":
            values = [value for value, _label in field["selection"]]
            values = values[:: len(values) // MOST_CHOICES + 1]
            return values if field.get("required") else [*values, False]
        if field["type"] == "many2one":
            arguments = ["web_name_search", "", {"display_name": {}}]
            found = self.walk.call(f"choices of {name}", field["relation"], *arguments, limit=2)
            return [*(choice["id"] for choice in found or ()), False]
        values = TYPED.get(field["type"], ())
        return [value for value in values if value is not False or not field.get("required")]

    def _values(self, screen, found):
        """What the client would save of a new record."""
        spec = [name for name in screen.spec() if name not in ("id", "display_name")]
        empty = {name: [] if screen.fields[name]["type"] in X2MANY else False for name in spec}
        given = {name: found[name] for name in spec if name in found}
        return {**empty, **self._to_write(screen.model, given)}

    def _required(self, screen, values):
        """What the client asks for before it saves: something in each field that must be filled."""
        for name in screen.required(as_names(values)):
            if not values.get(name):
                values[name] = next(iter(self.choices(screen, name, stock=True)), False)
        return values

    def _to_write(self, model, values):
        fields = self.walk.fields.get(model, {})
        return {
            name: self._one_to_write(fields[name], value)
            for name, value in values.items()
            if name in fields and name != "id"
        }

    def _one_to_write(self, field, value):
        if field["type"] == "many2one" and isinstance(value, dict):
            return value.get("id")
        if field["type"] in X2MANY and isinstance(value, list):
            return [self._command(field["relation"], each) for each in value]
        return value

    def _command(self, model, command):
        kind, record_id, *rest = command
        if kind == LINK:
            return [kind, record_id]
        written = [self._to_write(model, each) if isinstance(each, dict) else each for each in rest]
        return [kind, record_id, *written]

    # -- buttons ---------------------------------------------------------------

    def buttons(self, screen, record, depth, context, row=False, only=None):
        """Press what shows on a record: all of a form, or the buttons of a row."""
        if depth >= self.walk.limits.depth:
            return
        values = as_names(record)
        state = tuple(str(values.get(name)) for name in sorted(STATES) if name in values)
        for node in list(screen.pressable()):
            name = node.get("name")
            if (only and name != only) or (row and screen.in_header(node)):
                continue
            names = {"uid": self.walk.session.uid, "context": context}
            if screen.hidden(node, {**values, **names}):
                continue
            if self.walk.once("press", screen.model, name, *state, times=self.walk.limits.presses):
                active = {**values, **context, "active_id": record["id"]}
                inner = self.walk.context_of(node.get("context"), active)
                ids, kind = [record["id"]], node.get("type")
                self.press(screen.model, name, ids, depth, {**context, **inner}, kind)
        if not row:
            for pane, line in screen.panes(record):
                self.buttons(pane, line, depth, context, row=True)

    def press(self, model, name, ids, depth, context, kind="object"):
        """Press one button, and follow later what it answers."""
        active = {"active_model": model, "active_id": (ids or [False])[0], "active_ids": ids}
        what = f"{model}.{name}({ids if len(ids) < 4 else f'{len(ids)} records'})"
        self.walk.findings.counts["buttons"] += 1
        if kind == "action":
            action_id = int(name) if name.isdigit() else name
            result = self.walk.attempt(what, self.walk.session.action, action_id, active)
        else:
            sent = {**own(context), **({} if depth else active)}
            key = f"{model}.{name}"
            told = key if ids and is_ours(key) else None
            result = self.walk.attempt(what, self._press, model, name, ids, sent, button=told)
        self.walk.later([*self.walk.path, what], result, depth + 1, active)

    def _press(self, model, name, ids, context):
        return self.walk.session.call(model, name, ids, context=context, button=True)
