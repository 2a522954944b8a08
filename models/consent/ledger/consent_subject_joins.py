from odoo import api, fields, models
from odoo.exceptions import UserError


class CustomerSheetConsentSubject(models.Model):
    """People who turn out to be one, and the way back."""

    _inherit = "customer.sheet.consent.subject"

    def _join(self, others):
        """Note that ``others`` are this person: from now on the stricter decision stands.

        :return: the subjects that were joined, for :meth:`_split`
        """
        self.ensure_one()
        [(_root, joined)] = self._join_groups([(self, others)])
        return joined

    @api.model
    def _join_groups(self, groups):
        """Join many at once, with a number of queries that does not grow with them.

        :param groups: list of ``(subject, others)``
        :return: list of ``(root, joined subjects)``, in the order of ``groups``
        """
        subjects = self.sudo()
        roots = subjects.union(*(one | others for one, others in groups))._roots()
        now, done = fields.Datetime.now(), []
        for one, others in groups:
            root = subjects.browse(_root_of(roots, one.id))
            joined = subjects.browse(dict.fromkeys(_root_of(roots, each) for each in others.ids))
            joined -= root
            roots.update(dict.fromkeys(joined.ids, root.id))
            done.append((root, joined))
        pairs = [(r, other) for r, joined in done for other in joined]
        subjects._note_pairs(pairs, "joined", effective_at=now)
        for root, joined in done:
            joined.write({"joined_into_id": root.id, "joined_on": now})
        subjects.union(*(root | joined for root, joined in done if joined))._joins_changed()
        return done

    def _split(self, others):
        """Take a join back: what each said before it stands again for each."""
        self.ensure_one()
        parted = others.sudo().filtered(lambda other: other.joined_into_id == self)
        if parted != others:
            raise UserError(self.env._("These people are not joined with this one."))
        root = self.sudo()
        root._note_pairs([(root, other) for other in parted], "split")
        parted.write({"joined_into_id": False, "joined_on": False})
        (root | parted)._joins_changed()

    def _joins_changed(self):
        """Let the links and states of these people, and of whoever was joined before, follow."""
        if not self:
            return
        family = self.env["customer.sheet.consent.state"]._roots_of(self.ids)
        links = self.env["customer.sheet.consent.subject.link"].sudo()
        for link in links.search([("subject_id", "in", list(family))]):
            link.root_id = family[link.subject_id.id]
        self.env["customer.sheet.consent.state"]._rebuild(self.ids)

    @api.model
    def _note_pairs(self, pairs, state, **more):
        """Write the event into the chains of both of each pair: who stands for whom is said too.

        :param pairs: list of ``(root, other)``
        """
        both = [turn for one, two in pairs for turn in ((one, two, "root"), (two, one, "part"))]
        self.env["customer.sheet.consent.event"]._append(
            [
                {
                    "subject_id": one.id,
                    "state": state,
                    "method": "system",
                    "actor_kind": "user",
                    "related_subject": two.uuid,
                    "identity": place,
                    **more,
                }
                for one, two, place in both
            ]
        )


def _root_of(roots, subject_id):
    """Return who a subject is, by ``{id: next}`` as joins of the same batch have changed it."""
    while (following := roots.get(subject_id, subject_id)) != subject_id:
        subject_id = following
    return subject_id
