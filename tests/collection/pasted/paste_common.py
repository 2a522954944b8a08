from odoo.tests import TransactionCase

from ...people import people

NOTES = """Appel avec Nadia Benali, responsable achats chez Chaudronnerie Vasseur
45 salariés
budget entre 10 et 15 000 €
mise en service avant fin mars 2099
décideur : M. Vasseur
06 78 12 34 90 / 01 42 68 53 00
nadia.benali@vasseur-chaudronnerie.fr
"""

SIGNATURE = """<p>Bonjour, c'est d'accord pour jeudi.</p>
<p>Nadia Benali<br/>Responsable QHSE<br/>Chaudronnerie Vasseur<br/>Tél. 06 78 12 34 90</p>
<blockquote>&gt; Sofia Martin<br/>&gt; 06 99 88 77 66</blockquote>"""


class PasteCase(TransactionCase):
    """A rep with a lead of their own, in France and in euros."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        euro = cls.env.ref("base.EUR")
        euro.active = True
        cls.env.company.write({"country_id": cls.env.ref("base.fr").id, "currency_id": euro.id})
        cls.rep, cls.rival = people(cls.env, "rep", "rival")
        cls.lead = cls.env["crm.lead"].with_user(cls.rep).create({"name": "Request"})

    def paste(self, text=NOTES, user=None, **values):
        """Return the dialog after it has read a text, as a rep."""
        pastes = self.env["customer.sheet.paste"].with_user(user or self.rep)
        paste = pastes.create({"text": text, **values})
        paste.action_read()
        return paste

    def said(self, paste):
        """Return ``{code: what it says}`` of the first answer to each question."""
        said = {}
        for line in paste.line_ids:
            said.setdefault(line.question_id.code, line.value)
        return said
