from lxml.builder import E

from odoo import api, models

from ..gate.hosts import ASK_KEY

#: Context key of what a gate asks for: codes of questions with ";" between them. The web client
#: loads views with its language and keys of this ending only.
GATE_KEY = "sheet_gate_view_ref"


class CrmLead(models.Model):
    """What the dialog of a gate needs: a save that may ask, and the fields that are missing."""

    _inherit = "crm.lead"

    # -- somebody to ask -----------------------------------------------------

    def web_save(self, vals, *args, **kwargs):
        """Save what a person has typed, chosen or dragged in the web client.

        There a gate that only warns asks first; the context says where that has been done.
        """
        asking = {ASK_KEY: self.env.context.get(ASK_KEY, True)}
        leads = self.with_context(**asking) if "stage_id" in vals else self
        return super(CrmLead, leads).web_save(vals, *args, **kwargs)

    # -- the form of the dialog: the fields that are missing, question by question --

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        arch, view = super()._get_view(view_id, view_type, **options)
        asked = self.env.context.get(GATE_KEY)
        place = None
        if view_type == "form" and asked and isinstance(asked, str):
            place = arch.find("div[@name='sheet_gate']")
        if place is not None:
            for number, code in enumerate(asked.split(";")):
                for group in self._sheet_gate_groups(f"sheet_gate_{number}", code):
                    place.addprevious(group)
        return arch, view

    @api.model
    def _sheet_gate_groups(self, name, code):
        """Return the group of the input that answers a question, and one of the other inputs."""
        inputs = self._sheet_gate_inputs(self._sheet_own_first(self._sheet_fill_columns(code)))
        groups = {name: inputs[:1], f"{name}_more": inputs[1:]}
        label = self._sheet_question_label(code)
        for group, its_inputs in groups.items():
            if its_inputs:
                yield E.group(
                    *self._sheet_gate_currencies(its_inputs),
                    *(
                        node
                        for names in its_inputs
                        for node in self._sheet_gate_input(names, label if group == name else "")
                    ),
                    name=group,
                )

    @api.model
    def _sheet_own_first(self, names):
        """Return the fields of the sheet before stock's: they are the words of the question."""
        return sorted(names, key=lambda name: not name.startswith("sheet_"))

    @api.model
    def _sheet_gate_inputs(self, names):
        """Return lists of the fields that make one input: "from" and "to" of a range do."""
        inputs = []
        for name in names:
            start = [name.removesuffix("_max") + "_min"]
            if start in inputs:
                inputs[inputs.index(start)].append(name)
            else:
                inputs.append([name])
        return inputs

    @api.model
    def _sheet_gate_currencies(self, inputs):
        fields_ = [self._fields[name] for names in inputs for name in names]
        currencies = {f.get_currency_field(self) for f in fields_ if f.type == "monetary"}
        return [E.field(name=name, invisible="1") for name in sorted(currencies)]

    @api.model
    def _sheet_gate_input(self, names, label):
        """Return the nodes of one input, with the words of the question where they are given."""
        nodes = [self._sheet_gate_field(name) for name in names]
        if len(nodes) == 1:
            if label:
                nodes[0].set("string", label)
            return nodes
        (first, start), (last, end) = zip(names, nodes, strict=True)
        starts, ends = self.env._("from"), self.env._("to")
        label = label or self._fields[first]._description_string(self.env)
        return [
            E.label({"for": first}, string=label),
            E.div(
                E.label({"for": first, "class": "o_sheet_gate_range"}, string=starts),
                start,
                E.label({"for": last, "class": "o_sheet_gate_range"}, string=ends),
                end,
                {"class": "o_row"},
            ),
        ]

    @api.model
    def _sheet_gate_field(self, name):
        """Return the node of a field; an amount that nobody has typed is empty."""
        node = self._sheet_fill_column(name)
        if self._fields[name].type == "monetary":
            node.set("widget", "sheet_amount")
        return node
