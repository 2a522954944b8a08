from odoo import api, fields, models
from odoo.fields import Domain

from ...sheet.called import called
from .rights import groups_that_may

#: Roles with which one is to be able to do it.
ACTING = ("r", "a")


class CustomerSheetCharterLine(models.Model):
    """One field of the RACI charter: which part a group has in an act, and who can really do it.

    What people can do is read from the access rights in force, whenever somebody looks.  Whoever
    is to do a thing and cannot, or can do it without a part in it, is a difference; the control
    *charter* counts them.
    """

    _name = "customer.sheet.charter.line"
    _inherit = ["customer.sheet.evidence.mixin"]
    _description = "Line of the Charter"
    _order = "act, group_id"
    _rec_name = "act"

    _sheet_editable = frozenset({"role"})

    act = fields.Selection(
        [
            ("create", "Create sheets"),
            ("change", "Change sheets"),
            ("merge", "Merge duplicates"),
            ("delete", "Delete sheets"),
            ("export", "Export customer data"),
            ("publish", "Publish the catalogue"),
            ("review", "Review the data"),
            ("erase", "Erase people"),
        ],
        "What",
        required=True,
        readonly=True,
    )
    group_id = fields.Many2one(
        "res.groups", "Who", required=True, readonly=True, index=True, ondelete="cascade"
    )
    role = fields.Selection(
        [
            ("r", "Does it"),
            ("a", "Answers for it"),
            ("c", "Is asked"),
            ("i", "Is told"),
        ],
        "Part in it",
        help="Whoever does it, or answers for it, is to have the rights. Nobody else is.",
    )
    member_count = fields.Integer("People", compute="_compute_rights")
    able_count = fields.Integer("Can do it", compute="_compute_rights")
    difference = fields.Selection(
        [("missing", "Cannot, but is to"), ("excess", "Can, but is not to")],
        compute="_compute_rights",
        search="_search_difference",
    )
    people = fields.Char("Whom it concerns", compute="_compute_rights")

    _act_group_unique = models.Constraint(
        "UNIQUE (act, group_id)", "This group already has its part in it."
    )

    @api.depends("act", "group_id", "role")
    def _compute_rights(self):
        may = groups_that_may(self.env)
        acting = self._acting_groups()
        for line in self:
            members = line.sudo().group_id.all_user_ids.filtered(
                lambda user: user.active and not user.share and user.id != 1
            )
            able = members.filtered(
                lambda user, act=line.act: (
                    not may.get(act, set()).isdisjoint(user.all_group_ids._ids)
                )
            )
            if line.role == "r":
                kind, concerned = "missing", members - able
            elif line.role in ACTING:
                kind, concerned = False, members[:0]
            else:
                entitled = acting.get(line.act, set())
                kind = "excess"
                concerned = able.filtered(
                    lambda user, entitled=entitled: entitled.isdisjoint(user.all_group_ids._ids)
                )
            line.member_count, line.able_count = len(members), len(able)
            line.difference = kind if concerned else False
            line.people = ", ".join(concerned.sorted("name").mapped("name"))

    @api.model
    def _acting_groups(self):
        """Return ``{act: ids of the groups that do it or answer for it}``."""
        lines = self.sudo()._read_group(
            Domain("role", "in", ACTING), ["act"], ["group_id:array_agg"]
        )
        return {act: set(groups) for act, groups in lines}

    @api.model
    def _search_difference(self, operator, value):
        if operator != "in":
            return NotImplemented
        lines = self.search(Domain.TRUE)
        return Domain("id", "in", lines.filtered(lambda line: line.difference in value).ids)

    @called()
    def action_print(self):
        """Return the action that prints the whole charter."""
        report = self.env.ref("crm_customer_sheet.customer_sheet_charter_report")
        return report.report_action(self.search(Domain.TRUE))

    def _printed(self):
        """Return the groups, and ``[(act, the line of each group)]``, as a table shows them."""
        groups = self.group_id.sorted("id")
        acts = dict(self._fields["act"]._description_selection(self.env))
        lines = {(line.act, line.group_id): line for line in self}
        return groups, [
            (label, [lines.get((act, group), self.browse()) for group in groups])
            for act, label in acts.items()
        ]
