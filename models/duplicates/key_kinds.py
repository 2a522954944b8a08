"""What records may have in common, and how its hash is held."""

from odoo import fields


class BigInteger(fields.Integer):
    """A number of 64 bits, as PostgreSQL's ``hashtextextended`` returns."""

    _column_type = ("int8", "int8")


class Owner(fields.Many2one):
    """A record that a key belongs to, without the foreign key that costs more than the key.

    Seven keys of each record would each be checked on every save.  Nothing depends on it: what a
    key finds is read from the profile, whose row goes with its record.
    """

    def update_db_foreign_key(self, model, column):
        """Add none."""


KIND_NAMES = [
    ("email", "E-mail address"),
    ("phone", "Phone number"),
    ("company", "Legal entity"),
    ("establishment", "Establishment"),
    ("vat", "VAT number"),
    ("other", "Other identifier"),
    ("domain", "Domain"),
    ("name", "Sound of the name"),
    ("firm", "Company name"),
    ("place", "Name and postal code"),
    ("birth", "Date of birth"),
    ("street", "Street address"),
]
