from odoo.tests import TransactionCase

from ..people import people, person


class MatchCase(TransactionCase):
    """A rep, a rival, a steward; contacts and leads of France and Morocco, keys made at once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rep, cls.rival = person(cls.env, "keeper"), person(cls.env, "keeper", "sheet_rival")
        cls.steward, cls.outsider = people(cls.env, "steward", "outsider")
        cls.france = cls.env.ref("base.fr")
        cls.morocco = cls.env.ref("base.ma")
        cls.keys = cls.env["customer.sheet.match.key"]
        cls.pairs = cls.env["customer.sheet.duplicate"]
        cls.dirty = cls.env["customer.sheet.match.dirty"]
        cls.profiles = cls.env["customer.sheet.match.profile"]

    def contact(self, user=None, **values):
        """Create a contact as the sales rep; in France unless said otherwise."""
        contacts = self.env["res.partner"].with_user(user or self.rep)
        return contacts.create({"name": "Ada", "country_id": self.france.id, **values})

    def company(self, name, **values):
        """Create a company."""
        return self.contact(name=name, is_company=True, **values)

    def lead(self, user=None, **values):
        """Create a lead as the sales rep; in France unless said otherwise."""
        leads = self.env["crm.lead"].with_user(user or self.rep)
        return leads.create({"name": "Request", "country_id": self.france.id, **values})

    def find(self, values, user=None, model="res.partner", record=None, typology=None):
        """Return what the form of a new record (or of ``record``) would show."""
        exclude = {"model": model, "id": record.id if record else False}
        values = {"country_id": self.france.id, **values}
        return self.keys.with_user(user or self.rep).find(values, typology, exclude)

    def match(self):
        """Let the job match what changed, and return the open pairs."""
        self.env["res.partner"]._sheet_match_flush()
        self.env.flush_all()
        while self.pairs._match_dirty():
            pass
        return self.pairs.search([("state", "in", ("new", "review"))])

    def pair_of(self, first, second):
        """Return the pair of two records, if the job found it."""
        nodes = sorted(self.pairs._node(record) for record in (first, second))
        return self.pairs.search([("node1", "=", nodes[0]), ("node2", "=", nodes[1])])
