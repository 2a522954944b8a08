from functools import partial

from odoo.tests import Form, tagged

from .walk_common import WalkCase

HOST_FORMS = (
    "base.view_partner_form",
    "crm.crm_lead_view_form",
    "base.res_config_settings_view_form",
)


@tagged("post_install", "-at_install")
class TestWalkForms(WalkCase):
    """C1: every form opens new and on a record, and every field of it can be changed."""

    def test_every_form_opens_new(self):
        for records, view in self._forms("create"):
            self._fill(f"new {view.xml_id or view.name}", lambda r=records, v=view: Form(r, v))

    def test_every_form_opens_on_a_record(self):
        for records, view in self._forms("read"):
            if record := records.search([], limit=1, order="id desc"):
                what = f"{view.xml_id or view.name} of {record}"
                self._fill(what, lambda r=record, v=view: Form(r, v))

    def test_every_field_may_come_empty_or_forged(self):
        """What no screen lets anybody type comes by RPC, in fields that only show, too."""
        for records, view in self._forms("read"):
            if records._name not in self.own_models():
                continue
            record = records.search([], limit=1, order="id desc")
            what = f"{view.xml_id or view.name} of {record}"
            form = self.step(what, lambda r=record, v=view: Form(r, v))
            spec = form._view["fields_spec"] if form else {}
            for name in spec.keys() - {"id", "display_name"}:
                for value in self._forged(record._fields[name]):
                    changed = partial(record.onchange, {name: value}, [name], spec)
                    self.step(f"{what}: {name} := {str(value)[:20]}", changed)

    def _forged(self, field):
        """Return what nobody could type or choose."""
        if field.type == "one2many":
            return ([[0, "virtual_1", {}]],)
        return (False, *(["0" * 5000] if field.type in ("char", "text") else ()))

    def _forms(self, verb):
        """Yield each form with its model as the most powerful role that may do this."""
        views = self.env["ir.ui.view"].search([("type", "=", "form"), ("mode", "=", "primary")])
        for view in views:
            if view.model in self.own_models() or view.xml_id in HOST_FORMS:
                for user in self.users.values():
                    records = self.env[view.model].with_user(user)
                    records = records.with_context(sheet_page_view_ref="whole")
                    if records.has_access(verb):
                        yield records, view.with_user(user)
                        break

    def _fill(self, what, opened):
        """Open a form and type into each field, those of a new line of its tables included."""
        form = self.step(what, opened)
        model = form._record._name if form else ""
        most = None if model in self.own_models() else 1
        for name in form._view["fields"] if form else ():
            if not self.is_ours(model, name):
                continue  # Odoo's own
            for value in self._typed(form._view, name)[:most]:
                typed = partial(self._type, form, name, value)
                if not self.step(f"{what}: {name} = {value!r}", typed):
                    form = self.step(what, opened) or form  # what a refusal leaves is half done

    def _type(self, form, name, value):
        """Type into a field as far as somebody can; true unless there is a refusal."""
        if form._get_modifier(name, "readonly") or form._get_modifier(name, "invisible"):
            return True
        if form._view["fields"][name]["type"] == "one2many":
            with form[name].new() as line:
                for own in line._view["fields"]:
                    for text in self._typed(line._view, own):
                        self._type(line, own, text)
        else:
            form[name] = value
        return True

    def _typed(self, view, name):
        """Return what somebody may type into a field."""
        field = view["fields"][name]
        if field.get("readonly") or name == "id":
            return []
        if field["type"] == "selection":
            return [value for value, _label in field["selection"]]
        if field["type"] == "many2one":
            relation = self.env[field["relation"]]
            return (relation.search([], limit=1), relation)
        if field["type"] == "one2many":
            return ["a new line"] if field.get("edition_view") else []
        texts = ("Zoé O'Neil %s {0}", "06 12 34 56 78", "x@y", False)
        return {
            **dict.fromkeys(("char", "text", "html"), texts),
            **dict.fromkeys(("integer", "float", "monetary"), (0, -1, 7)),
            "boolean": (True, False),
            "date": ("2026-02-28", False),
            "datetime": ("2026-02-28 12:00:00", False),
        }.get(field["type"], ())
