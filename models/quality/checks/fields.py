"""How the results of the checks are declared and worded."""

from odoo import fields

from ...sheet.fields import SHEET_FIELD
from . import checks

STATUSES = [
    ("unchecked", "Not checked"),
    ("valid", "Valid"),
    ("doubtful", "Doubtful"),
    ("invalid", "Invalid"),
]

#: Why a value is not simply valid; the codes come from ``tools``.
REASONS = [
    # e-mail
    ("no_at", "The “@” is missing"),
    ("several_at", "There is more than one “@”"),
    ("no_domain", "Nothing follows the “@”"),
    ("no_dot", "The part after the “@” has no dot"),
    ("bad_local", "The part before the “@” is not allowed"),
    ("bad_domain", "The part after the “@” is not a domain name"),
    ("space", "There is a space inside the address"),
    ("reserved", "This domain is reserved for examples and never receives mail"),
    ("looks_mistyped", "The domain looks mistyped"),
    ("never_answers", "Nobody reads this address"),
    ("no_mail_server", "This domain receives no mail"),
    ("refuses_mail", "This domain refuses all mail"),
    ("disposable", "Throw-away address"),
    ("bounced", "Messages to this address came back"),
    # phone
    ("not_a_number", "This is not a phone number"),
    ("too_short", "Too short"),
    ("too_long", "Too long"),
    ("no_such_number", "No such number exists"),
    ("no_country", "The country is needed to tell; fill it in or type the + prefix"),
    ("bad_country_code", "No country has this prefix"),
    ("premium", "Calling this number costs extra"),
    ("other_country", "Valid in another country only"),
    ("possible_only", "Not in any range of numbers known to be in use"),
    ("short_number", "A service number that only works inside its country"),
    ("several", "Several values in one field: only the first is checked"),
    # company ids
    ("no_rule", "No rule is known for this country"),
    ("wrong_length", "The number of digits is wrong"),
    ("wrong_check_digit", "The check digit does not match: a digit is mistyped"),
    ("not_an_id", "This is not an identification number"),
    ("filler", "Made up, only to fill the field"),
    ("other_register", "A number of another register (D-U-N-S, FINESS...), not the company ID"),
    ("lost_zero", "Right with a zero before it: a spreadsheet may have dropped it"),
    (
        "digits_cut",
        "A spreadsheet has cut digits off (as in 3.56E+13): copy the number from its source",
    ),
    ("exempt", "No number, as stated"),
    ("pending", "Being registered"),
    ("company_id", "This is the company ID, not the VAT number"),
    ("no_suffix", "The ending that tells the tax is missing (TVA, MWST, IVA)"),
    ("number_differs", "The VAT number and the company ID belong to two companies"),
    ("not_registered", "The register of VAT numbers does not know it"),
    ("siren_differs", "The VAT number belongs to another SIREN"),
    ("bce_differs", "The VAT number belongs to another enterprise number"),
]

#: Attributes of what the checks write.
CHECKED = {"compute": "_compute_sheet_quality", "store": True, "copy": False, **SHEET_FIELD}


def status(string):
    """Return the status of one value."""
    return fields.Selection(STATUSES, string, **CHECKED)


def reason(string, kind):
    """Return why a value of a kind has its status: only what its check may say."""
    said = [(code, words) for code, words in REASONS if code in checks.REASONS[kind]]
    return fields.Selection(said, string, **CHECKED)
