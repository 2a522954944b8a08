"""The life of a contact and of a lead: what happens when one is created or saved, in which order.

This file holds the only ``create``, ``write``, ``load`` and ``copy_data`` of both hosts.  Each part
of a room that has to do with that is a *listener*.  It has a line in :data:`LISTENERS` here, and
in its room up to three methods on ``customer.sheet.mixin`` or on a host:

``_sheet_watches()``
    adds ``{listener: names of fields}``: a write of one of them wakes the listener; with
    :data:`NEW` among them it is woken by new records, too;
``_sheet_prepare_<listener>(change)``
    before Odoo stores anything: may change ``change.vals_list``, and asks ``change.keep`` for the
    values before that it wants to see afterwards.  What a change means is added here, so that one
    write stores all;
``_sheet_saved_<listener>(change)``
    once Odoo has stored the values: looks at ``self``, the records, and does what follows.

A write that wakes nobody goes straight to Odoo.
"""

from odoo import api, models, tools

from .actor import acting, actor
from .rooms import off

#: What a listener watches that is woken by new records.
NEW = "<new>"

#: All listeners in the order in which they prepare, and then follow: ``{name: what it does}``.
#: The gate comes late on purpose: it judges what a linked contact has just filled, too, and what
#: the memory has just cleared.  A gate that was not asked looks once the first call is planned,
#: since with its own activity nothing would be planned any more.  Rules see all else done.
LISTENERS = {
    "protected": "leaves out values that only the system writes",
    "erased": "refuses a person on a record that was erased",
    "names": "names a person who is created with a first and last name alone",
    "numbers": "stores phone numbers and company ids in one form",
    "answers": "forgets what was said about a former value (not known yet, confirmed)",
    "cards": "learns anew in which country a company is, once its own contact says another",
    "dates": "refuses a deadline in the past that a person sets",
    "memory": "takes a verification back, notes when an answer changed",
    "sensitive": "looks through texts that people type",
    "match": "has the keys for finding duplicates made anew after the commit",
    "sale": "makes a prospect who has bought a new customer",
    "handover": "fills what is empty on a lead or its contact from the other one",
    "consent": "lets the person behind a lead be the one behind its new contact",
    "gate": "refuses, or warns of, a stage whose gate is not passed",
    "worth": "notes what is known of a lead that becomes qualified",
    "next_action": "scores again when a lead is opened or closed",
    "calls": "plans the first call, and hands it to a new owner",
    "unasked": "notes new leads that stand behind a gate they do not pass",
    "routing": "lets the routing rules look",
}


def printed():
    """Return the listeners in their order as a list in Markdown, for the documents."""
    lines = enumerate(LISTENERS.items(), 1)
    return "".join(f"{number}. `{name}` {does}.\n" for number, (name, does) in lines)


class Change:
    """One creation or one write of records of a host, as the listeners see it.

    :ivar records: the records; none yet while a creation is prepared
    :ivar vals_list: their values: of each new record, or of the write; copies, free to change
    :ivar added: names of more fields to which Odoo itself gave a value (a won lead is active)
    :ivar is_new: whether the records are being created
    :ivar actor: who acts, see :func:`.actor.actor`
    :ivar notes: ``{listener: anything}`` that it wants to know again once all is stored
    """

    def __init__(self, records, vals_list, is_new=False):
        self.records = records
        self.vals_list = [dict(vals) for vals in vals_list]
        self.added = set()
        self.is_new = is_new
        self.actor = actor()
        self.notes = {}
        self._before = {}

    @property
    def names(self):
        """The names of the fields that whoever creates or writes gives a value."""
        return set().union(*self.vals_list)

    def keep(self, names):
        """Read these fields as they are before the write; ask while preparing."""
        for name in set(names) - self._before.keys():
            if not self._is_list(name):
                self._before[name] = {record.id: record[name] for record in self.records.sudo()}

    def before(self, name):
        """Return ``{id: value}`` of a field before the write, which a listener had kept."""
        return self._before[name]

    def differs(self, name):
        """Return the records of which the write changes a field that was kept.

        Lists are never read for that: they always differ.
        """
        if self._is_list(name):
            return self.records
        field = self.records._fields[name]

        def cached(value, record):
            return field.convert_to_cache(value, record, validate=False)

        [vals], before = self.vals_list, self.before(name)
        return self.records.filtered(
            lambda each: cached(vals[name], each) != cached(before[each.id], each)
        )

    def _is_list(self, name):
        return self.records._fields[name].type in ("one2many", "many2many")


class CustomerSheetMixin(models.AbstractModel):
    """How the listeners are woken and told."""

    _inherit = "customer.sheet.mixin"

    @api.model
    def _sheet_watches(self):
        """Return ``{listener: names of fields}``; each room adds its own."""
        return {"protected": self._sheet_protected_fields()}

    @api.model
    @tools.ormcache()
    def _sheet_watched(self):
        """Return ``{name of a field: its listeners}``, kept in Odoo's cache."""
        watched, asleep = {}, off(self.env, "listeners")
        for listener, names in self._sheet_watches().items():
            for name in names if listener not in asleep else ():
                watched.setdefault(name, set()).add(listener)
        return watched

    @api.model
    def _sheet_listeners(self, names):
        """Return the listeners to wake, in their order: without a query, once known."""
        watched = self._sheet_watched()
        if watched.keys().isdisjoint(names):
            return []
        woken = set().union(*(watched.get(name, ()) for name in names))
        return [listener for listener in LISTENERS if listener in woken]

    def _sheet_prepare(self, listeners, change):
        """Let the listeners see, and change, what is going to be stored."""
        for listener in listeners:
            if prepare := getattr(self, f"_sheet_prepare_{listener}", None):
                prepare(change)

    def _sheet_prepare_added(self, listeners, change, added):
        """Wake who watches a value that a listener has added, too; return all that are awake."""
        awake = {*listeners, *self._sheet_listeners(added)}
        more = [name for name in LISTENERS if name in awake - {*listeners, "protected"}]
        self._sheet_prepare(more, change)
        return [name for name in LISTENERS if name in awake]

    def _sheet_saved(self, listeners, change):
        """Let the listeners follow what has been stored."""
        for listener in listeners:
            if follow := getattr(self, f"_sheet_saved_{listener}", None):
                follow(change)

    @api.model
    def _sheet_create(self, create, vals_list):
        """Create records by Odoo's own ``create``."""
        listeners = self._sheet_listeners([NEW])
        change = Change(self.browse(), vals_list, is_new=True)
        self.browse()._sheet_prepare(listeners, change)
        change.records = create([dict(vals) for vals in change.vals_list])
        change.records._sheet_saved(listeners, change)
        change.records._sheet_finish_later()
        return change.records

    def _sheet_write(self, write, vals):
        """Write values by Odoo's own ``write``."""
        listeners = self._sheet_listeners(vals)
        if not listeners:
            return write(vals)
        change = Change(self, [vals])
        self._sheet_prepare(listeners, change)
        listeners = self._sheet_prepare_added(listeners, change, change.names - vals.keys())
        [prepared] = change.vals_list
        stored = dict(prepared)
        result = write(stored)
        # Odoo tidies values in place, takes some away and adds others
        change.added = stored.keys() - prepared.keys()
        prepared.update({name: stored[name] for name in prepared.keys() & stored.keys()})
        self._sheet_saved(listeners, change)
        return result

    @api.model
    def load(self, fields, data):
        with acting("import"):
            return super().load(fields, data)

    def copy_data(self, default=None):
        return self._sheet_copy_data(super().copy_data, default)


class ResPartner(models.Model):
    _inherit = "res.partner"

    @api.model_create_multi
    def create(self, vals_list):
        return self._sheet_create(super().create, vals_list)

    def write(self, vals):
        return self._sheet_write(super().write, vals)


class CrmLead(models.Model):
    _inherit = "crm.lead"

    @api.model_create_multi
    def create(self, vals_list):
        return self._sheet_create(super().create, vals_list)

    def write(self, vals):
        return self._sheet_write(super().write, vals)
