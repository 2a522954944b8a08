from functools import partial

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .walk_common import HOSTS, MODULE, WalkCase

TEXT = [
    *((operator, "O'Neil %_\\") for operator in ("=", "!=", "ilike", "not ilike", "=ilike")),
    *(("in", ["a", False]), ("not in", ["a", "b"]), ("in", []), ("in", [7, "a"]), ("=", 7)),
]
NUMBER = [
    *((operator, 7) for operator in ("=", "!=", "<", ">", "<=", ">=")),
    *((operator, 0) for operator in ("=", "!=")),
    *(("in", [1, 2]), ("not in", [0, 3]), ("in", []), ("in", [2**40, 0.5]), ("=", 2**31)),
]
DAY = [
    *((operator, "2026-02-28") for operator in ("=", "<", ">", "<=", ">=")),
    *((">=", "today"), ("<", "today +1d"), ("<=", "2026-02-28 12:00:00")),
]
RELATION = [
    *(("in", [1, 2]), ("not in", [1, 2]), ("in", []), ("in", [False])),
    *(("=", 1), ("!=", 1), ("=", "a"), ("ilike", "a"), ("not ilike", "a")),
    *(("any", [("id", "!=", 0)]), ("not any", [("display_name", "ilike", "a")])),
]
RELATIONS = ("many2one", "many2many", "one2many")
#: Types whose values are not what somebody searches by.
NOT_SHOWN = (*RELATIONS, "json")
#: What the web client's custom filter, search box and pasted domains send for a type of field.
OPERATORS = {
    "boolean": [("=", True), ("!=", True), ("in", [True]), ("in", [True, False])],
    **dict.fromkeys(("char", "text", "html"), TEXT),
    "json": [("=", "a"), ("!=", "a"), ("ilike", "a"), ("not ilike", "a")],
    **dict.fromkeys(("integer", "float", "monetary", "many2one_reference"), NUMBER),
    **dict.fromkeys(("date", "datetime"), DAY),
    **dict.fromkeys(RELATIONS, RELATION),
}
SET = [("=", False), ("!=", False)]
#: Types that the client lets people group by.
GROUPED = set("boolean char date datetime integer many2one many2many selection".split())
PERIODS = ("day", "week", "month", "quarter", "year")


@tagged("post_install", "-at_install")
class TestWalkSearches(WalkCase):
    """C2: what the module calls searchable, sortable or groupable is so."""

    def test_every_searchable_field_answers_every_operator(self):
        for records, name, field in self._fields("searchable"):
            plain = records._fields[name].store and field["type"] not in NOT_SHOWN
            for condition in SET if plain else self._conditions(field):
                domain = [(name, *condition)]
                self._step(records, f"where {domain}", "search", domain, limit=1)

    def test_what_is_found_is_what_is_shown(self):
        for records, name, field in self._fields("searchable"):
            definition = records._fields[name]
            if definition.store or definition._module != MODULE or field["type"] in NOT_SHOWN:
                continue  # Odoo's own search
            every = records.with_context(active_test=False).search([])
            for condition in self._conditions(field):
                domain = [(name, *condition)]
                found = every.search([("id", "in", every.ids), *domain])
                shown = self.step(f"{name}", partial(every.filtered_domain, domain), allowed=())
                if shown is not None and found != shown:
                    self.faults.append(f"{records._name} where {domain}: {found} is not {shown}")

    def test_a_title_is_found_as_it_is_read(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        for model in self.env.registry["customer.sheet.titled.mixin"]._inherit_children:
            for lang in ("en_US", "fr_FR"):
                record = self.env[model].with_context(lang=lang).search([], limit=1)
                name = record.name
                self.assertTrue(name, model)
                for operator, text in (
                    *(("=", name), ("ilike", name.upper()), ("ilike", name[2:-2])),
                    *(("in", [name, "other"]), ("=ilike", f"{name[:4]}%")),
                ):
                    found = record.search([("name", operator, text)])
                    self.assertIn(record, found, (operator, text))
                    self.assertNotIn(record, record.search(["!", ("name", operator, text)]))
                self.assertIn(record.id, [each for each, _name in record.name_search(name)])
                self.assertFalse(record.search([("name", "=", f"not {name}")]))

    def test_every_sortable_field_sorts(self):
        for records, name, _field in self._fields("sortable"):
            for order in (name, f"{name} desc"):
                self._step(records, f"by {order}", "search", [], order=order, limit=1)

    def test_every_groupable_field_groups(self):
        for records, name, field in self._fields("groupable"):
            if field["type"] in GROUPED:
                dated = field["type"] in ("date", "datetime")
                for by in [f"{name}:{period}" for period in PERIODS] if dated else [name]:
                    self._step(records, f"grouped by {by}", "web_read_group", [], [by], ["__count"])

    def test_every_model_is_found_by_name(self):
        for records in self._readable(self.own_models()):
            named = records._rec_name or records._rec_names_search or records._transient
            self.assertTrue(named, records._name)
            for operator in ("ilike", "not ilike", "=", "!=", "in", "not in", "=ilike"):
                for text in ("a", "O'Neil %_\\", "", "7%"):
                    value = [text] if operator in ("in", "not in") else text
                    what = f"named {operator} {value!r}"
                    self._step(records, what, "name_search", value, [], operator)

    def test_every_menu_has_a_search_box(self):
        menus = self.env["ir.ui.menu"].search([("action", "=like", "ir.actions.act_window,%")])
        models = {menu.action.res_model for menu in menus} & set(self.own_models())
        shown = {model for model in models if not self.env[model]._transient}
        searched = self.env["ir.ui.view"].search([("type", "=", "search")]).mapped("model")
        self.assertEqual(shown - set(searched), set())

    # -- what to try -----------------------------------------------------------

    def _step(self, records, what, method, *args, **options):
        """Call a method; a result is wanted, unless the user may not read what is asked for."""
        call = partial(getattr(records, method), *args, **options)
        self.step(f"{records._name} {what}", call, allowed=AccessError)

    def _readable(self, models):
        """Yield each model as somebody who may read it."""
        for model in models:
            for user in self.users.values():
                records = self.env[model].with_user(user)
                if records.has_access("read"):
                    yield records
                    break

    def _fields(self, quality):
        """Yield each field of ours that is said to have this quality."""
        for records in self._readable([*self.own_models(), *self.extended_models()]):
            for name, field in records.fields_get().items():
                if self.is_ours(records._name, name) and field.get(quality):
                    yield records, name, field

    def _conditions(self, field):
        """Return what the client sends about a field of this type."""
        if field["type"] != "selection":
            return [*OPERATORS.get(field["type"], ()), *SET]
        values = [value for value, _label in field["selection"]] or ["none"]
        return [
            *(("=", value) for value in values),
            *(("!=", values[0]), ("in", values), ("in", values[:1]), ("not in", values[:1])),
            *(("in", [values[0], False]), ("in", []), ("=", "a value that was"), *SET),
        ]

    def test_no_two_fields_have_one_label(self):
        """C4: in a custom filter or an export nobody could tell them apart."""
        for model in (*self.own_models(), *HOSTS):
            fields = self.env.registry[model]._fields
            named = {}
            for name, field in fields.items():
                former = named.setdefault(field.string, name)
                if former != name and any(self.is_ours(model, each) for each in (former, name)):
                    self.faults.append(f"{model}: {former} and {name} are “{field.string}”")
