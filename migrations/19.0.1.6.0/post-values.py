from lxml import etree

from odoo import SUPERUSER_ID, api
from odoo.tools import SQL, file_open

MODULE = "crm_customer_sheet"
LISTS = ("data", "header_data", "identification_data")
#: Numbers that may have another E.164 form since one number has one.
SHARED_CODES = r"^\\+(33|39|262|508|590|594|596)"
SPOILT = r"[.,]0+\\s*$|[eE]\\+?\\d|^\\s*[=\u0027\u0022]"


def migrate(cr, version):
    """Give the shipped lists their other spellings; format again the numbers that change."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    _fill_aliases(env)
    _format_phones(env)
    _format_blacklist(env)


def _fill_aliases(env):
    """Data files do not touch records that are already there, as people may have changed them."""
    for name in LISTS:
        with file_open(f"{MODULE}/data/sheet/customer_sheet_option_{name}.xml", "rb") as source:
            records = etree.parse(source).findall(".//record")
        for record in records:
            aliases = " ".join((record.findtext("field[@name='aliases']") or "").split())
            option = env.ref(f"{MODULE}.{record.get('id')}", raise_if_not_found=False)
            if aliases and option and not option.aliases:
                option.aliases = aliases


def _format_phones(env):
    """Recompute the E.164 form of contacts and leads whose number has another one now."""
    for name in ("res.partner", "crm.lead"):
        model = env[name]
        env.cr.execute(
            SQL(
                "SELECT id FROM %s WHERE phone_sanitized ~ %s OR phone ~ %s"
                " OR (phone_sanitized IS NULL AND phone ~ %s)",
                SQL.identifier(model._table),
                SHARED_CODES,
                SPOILT,
                "[0-9]{6}",
            )
        )
        records = model.browse(id_ for (id_,) in env.cr.fetchall())
        env.add_to_compute(model._fields["phone_sanitized"], records)
        records._recompute_recordset(["phone_sanitized"])


def _format_blacklist(env):
    """Let a refusal follow its number; where both forms are refused, one row is enough."""
    rows = env["phone.blacklist"].with_context(active_test=False).search([])
    known = set(rows.mapped("number"))
    for row in rows:
        number = env.user._phone_format(number=row.number)
        if number and number != row.number and number not in known:
            known.add(number)
            row.number = number
