import base64
from pathlib import Path

from odoo.tests import TransactionCase

from ...people import people

FILES = Path(__file__).with_name("files")


class FileCase(TransactionCase):
    """A rep and a steward with files to import."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rep, cls.rival, cls.steward = people(cls.env, "rep", "rival", "steward")
        cls.env.company.country_id = cls.env.ref("base.fr")

    def begin(self, data, name="clients.csv", user=None, host="crm.lead"):
        """Take a file as the rep does."""
        desk = self.env["customer.sheet.import"].with_user(user or self.rep)
        data = data.encode() if isinstance(data, str) else data
        return desk.browse(desk.begin(name, base64.b64encode(data).decode(), host)["id"])

    def nasty(self, name, user=None):
        """Take one of the nasty files."""
        return self.begin((FILES / name).read_bytes(), name, user)

    def cells(self, desk):
        """Return ``{line: cells}`` of what was read."""
        return {row.line: row.cells for row in desk.sudo().row_ids}

    def found(self, desk, header=None):
        """Return ``{code: (count, lines)}`` of the findings of a column, or of the file."""
        part = desk.desk()["audit"]
        if header is not None:
            (part,) = [each for each in part["columns"] if each["header"] == header]
        return {each["code"]: (each["count"], each["lines"]) for each in part["findings"]}
