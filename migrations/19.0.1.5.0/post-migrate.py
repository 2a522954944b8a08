from odoo.tools import SQL
from odoo.tools.sql import column_exists

PROFILES = "customer_sheet_match_profile"
TEXTS = (
    *("name", "typed", "turned", "sound", "letters", "spoken", "stem", "firm", "firm_sound"),
    *("email", "mailbox", "domain", "company", "establishment", "vat"),
    *("zip", "city", "street_number", "street", "birth"),
)


def migrate(cr, version):
    """Have NULL where nothing is known of a record, and the first letters of names as bits."""
    if not column_exists(cr, PROFILES, "initials"):  # made by this version
        return
    texts = SQL(", ").join(
        SQL("%s = NULLIF(%s, '')", SQL.identifier(name), SQL.identifier(name)) for name in TEXTS
    )
    cr.execute(
        SQL(
            "UPDATE customer_sheet_match_profile p SET %s, phones = NULLIF(phones, '{}'),"
            " others = NULLIF(others, '{}'), first_letters = (SELECT"
            " bit_or(1 << ascii(letter) %% 31)"
            " FROM regexp_split_to_table(p.initials, '') letter WHERE letter <> '')",
            texts,
        )
    )
    cr.execute("ALTER TABLE customer_sheet_match_profile DROP COLUMN initials")
