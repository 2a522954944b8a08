from lxml import etree

from odoo import SUPERUSER_ID, api
from odoo.tools import SQL, file_open, split_every

MODULE = "crm_customer_sheet"
LISTS = ("data", "header_data", "identification_data")
#: Numbers that may have another E.164 form since one number has one: overseas ones of the
#: French plan, and those of San Marino.
SHARED = r"^\+33(262|263|269|508|590|594|596|639|69|70[89]|97)|^\+(262|508|59[046])|^\+390549"
#: What programs add, and what they leave of a number that they took for a quantity.
SPOILT = r"[.,]0+\s*$|[eE]\+?\d|^\s*[=\u0027\u0022]"
BATCH = 5000


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
                "SELECT id FROM %s WHERE phone_sanitized ~ %s OR phone ~ %s",
                SQL.identifier(model._table),
                SHARED,
                SPOILT,
            )
        )
        for ids in split_every(BATCH, [id_ for (id_,) in env.cr.fetchall()]):
            records = model.browse(ids)
            env.add_to_compute(model._fields["phone_sanitized"], records)
            records._recompute_recordset(["phone_sanitized"])
            env.flush_all()
            env.invalidate_all()


def _format_blacklist(env):
    """Let a refusal follow its number; where both forms are refused, one row is enough."""
    rows = env["phone.blacklist"].with_context(active_test=False).search([])
    known = set(rows.mapped("number"))
    for row in rows:
        number = env.user._phone_format(number=row.number)
        if number and number != row.number and number not in known:
            known.add(number)
            row.number = number
