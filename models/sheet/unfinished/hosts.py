from odoo import api, models, tools

from ..actor import actors

#: So many records created in one call are finished at once; more of them after the commit.
FEW = 20

#: The field that says which catalogue was in force.
VERSION = "sheet_catalogue_version_id"

#: Never left: whoever types one part of a name would lose the other.
AT_ONCE = {VERSION, "sheet_first_name", "sheet_last_name"}

#: Key of what this transaction leaves for later: ``{(model, name of a field): ids}``.
LEFT = "crm_customer_sheet.unfinished.left"

#: Key of the records that are being finished: ``{model: ids}``.
FINISHING = "crm_customer_sheet.unfinished.finishing"


class CustomerSheetMixin(models.AbstractModel):
    """Many records that are created at once are stored first and finished after the commit.

    An import, or a program that creates a list, does not wait for what nobody looks at before it
    has ended: what a sheet computes stays empty, which reads "not yet", and the job of
    ``customer.sheet.unfinished`` has the same computes run for it, as who created the records.
    Whoever needs a value in the transaction itself calls :meth:`_sheet_finish` first.

    A value that somebody gives is stored at once, and so is all that Odoo itself computes.
    """

    _inherit = "customer.sheet.mixin"

    @api.model
    @tools.ormcache()
    def _sheet_computed(self):
        """Return the names of the stored fields of a sheet that are computed."""
        return [
            name
            for name, field in self._fields.items()
            if name.startswith("sheet_") and field.store and field.compute
        ]

    @api.model
    def _create(self, data_list):
        left = self._sheet_leave(data_list)
        records = super()._create(data_list)
        for name in left:
            self._sheet_left().setdefault((self._name, name), set()).update(records.ids)
        return records

    @api.model
    def _sheet_leave(self, data_list):
        """Leave what is computed of many new records for later; return the names of the fields.

        A field that one of them gives a value is computed for the others now: an empty value
        that was given must stay.  Which catalogue was in force is known only now.  A program
        that creates leads as superuser goes on with them at once, as Odoo's assignment does.
        """
        if len(data_list) <= FEW or (self.env.su and self._name == "crm.lead"):
            return []
        given = {name for data in data_list for name in data["stored"]} | AT_ONCE
        together = self.pool.field_computed
        left = [
            name
            for name in self._sheet_computed()
            if given.isdisjoint(field.name for field in together[self._fields[name]])
        ]
        version = self.env["customer.sheet.catalogue.version"]._current_id()
        protected = {self._fields[name] for name in (VERSION, *left)}
        for data in data_list:
            data["stored"].setdefault(VERSION, version)
            data["protected"] |= protected
        return left

    @api.model
    def _sheet_left(self):
        """Return what this transaction leaves for later, to be changed in place."""
        hooks = self.env.cr.precommit
        if LEFT not in hooks.data:
            hooks.data[LEFT] = {}
            hooks.add(self._sheet_keep_left)
        return hooks.data[LEFT]

    @api.model
    def _sheet_keep_left(self):
        """Let what is left stay so whatever is done before the commit; the last thing to do."""
        hooks = self.env.cr.precommit
        if hooks:
            hooks.add(self._sheet_keep_left)
        else:
            self.env.flush_all()

    @api.model
    def _sheet_left_ids(self):
        """Return the ids of the records of which this transaction leaves something for later."""
        left = self.env.cr.precommit.data.get(LEFT, {})
        return set().union(*(ids for (model, _name), ids in left.items() if model == self._name))

    def _compute_field_value(self, field):
        """Compute nothing that is left for later, whatever asks for it."""
        left = self.env.cr.precommit.data.get(LEFT)
        ids = left.get((self._name, field.name)) if left else None
        if not ids:
            return super()._compute_field_value(field)
        now = self.browse(id_ for id_ in self._ids if id_ not in ids)
        return super(CustomerSheetMixin, now)._compute_field_value(field) if now else None

    # -- finishing -------------------------------------------------------------

    def _sheet_finish(self, names=None):
        """Compute of these records what this transaction has left for later.

        Whoever reads a computed value of records that may have just been created asks for it
        first.  Costs nothing where nothing is left.

        :param names: only these fields, which must not be computed from others that are left
        """
        left = self.env.cr.precommit.data.get(LEFT)
        if not left:
            return
        done = []
        for (model, name), ids in left.items():
            here = ids.intersection(self._ids) if model == self._name else ()
            if here and (names is None or name in names):
                ids -= here
                done.append(name)
                self.env.add_to_compute(self._fields[name], self.browse(here))
        self.modified(done)

    def _sheet_finish_later(self):
        """Have the job finish these records, which have just been created."""
        ids = self._sheet_left_ids().intersection(self.ids)
        if ids:
            left = self.env.cr.precommit.data[LEFT]
            names = [n for (model, n), some in left.items() if model == self._name and some & ids]
            self.env["customer.sheet.unfinished"].sudo().create(
                {
                    "host": self._name,
                    "record_ids": sorted(ids),
                    "names": names,
                    "user_id": self.env.uid,
                    "company_id": self.env.company.id,
                    "actors": " ".join(actors()),
                }
            )
            self.env["customer.sheet.chore"]._wake("prompt")

    def _sheet_finish_left(self, names):
        """Compute these fields, which the transaction that created the records left.

        What somebody has answered meanwhile stays.  Write dates stay as they are.
        """
        if not self:
            return
        data = self.env.cr.precommit.data
        data.pop(LEFT, None)
        data[FINISHING] = {self._name: set(self.ids)}
        users = [str(record.write_uid.id) if record.write_uid else None for record in self]
        dates = [str(record.write_date) for record in self]
        answered, names = [], [name for name in names if name in self._fields]
        for name in names:
            field = self._fields[name]
            empty = self if field.readonly else self.filtered(lambda r, n=name: not r[n])
            self.env.add_to_compute(field, empty)
            answered.append(([field], self - empty))
        with self.env.protecting(answered):
            self.modified(names)
        self.env.flush_all()
        self._sheet_update_from({"id": self.ids, "write_uid": users, "write_date": dates})
        self.invalidate_recordset(["write_uid", "write_date"])

    def _sheet_is_finishing(self):
        """Tell whether the job is just finishing the record: it is as new as can be."""
        return self.id in self.env.cr.precommit.data.get(FINISHING, {}).get(self._name, ())
