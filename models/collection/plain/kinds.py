"""What a field asks of somebody outside: its kind, how a browser fills it, how much it holds."""

from ...sheet.profile.hosts import NEED_LENGTH

#: Lists of which a visitor may be shown the values.
OPTION, PRODUCT = "customer.sheet.option", "product.template"
LISTS = {OPTION, PRODUCT, "res.country", "res.lang"}

#: Of several fields that hold an answer: those that come first, and those that hold what a
#: salesperson expects, not what the customer says.
FIRST = {"sheet_linkedin"}
EXPECTED = {"expected_revenue", "date_deadline"}

WEB_ADDRESSES = {"website", "sheet_linkedin", "sheet_facebook", "sheet_instagram"}

#: Tokens by which browsers and password managers fill a field (HTML, "autofill").
AUTOCOMPLETE = {
    "name": "name",
    "contact_name": "name",
    "sheet_civility_id": "honorific-prefix",
    "sheet_first_name": "given-name",
    "sheet_last_name": "family-name",
    "sheet_birthdate": "bday",
    "company_name": "organization",
    "partner_name": "organization",
    "function": "organization-title",
    "email": "email",
    "email_from": "email",
    "phone": "tel",
    "street": "address-line1",
    "zip": "postal-code",
    "city": "address-level2",
    "country_id": "country",
    "lang": "language",
    "lang_id": "language",
    "website": "url",
}

LENGTHS = {"text": 250, "long_text": 5000, "email": 254, "phone": 64, "url": 500}
LENGTH_OF_FIELD = {"sheet_need": NEED_LENGTH}

LARGEST = {"integer": 2**31 - 1, "amount": 10**12}

_OF_TYPE = {
    "char": "text",
    "text": "long_text",
    "html": "long_text",
    "date": "date",
    "integer": "integer",
    "float": "amount",
    "monetary": "amount",
    "selection": "choice",
}
_OF_ROLE = {"email": "email", "phone": "phone", "phone2": "phone"}


def kind_of(field, role=""):
    """Return the kind of a field, ``""`` for one of which nobody outside can be asked.

    :param role: what the quality room checks it as
    """
    if field.type == "many2one":
        return "choice" if field.comodel_name in LISTS else ""
    if field.type == "many2many":
        return "choices" if field.comodel_name == OPTION else ""
    if field.type == "char" and field.name in WEB_ADDRESSES:
        return "url"
    return _OF_ROLE.get(role) or _OF_TYPE.get(field.type, "")


def longest(kind, name):
    """Return how many characters an answer may have; nothing for what is no text."""
    return LENGTH_OF_FIELD.get(name) or LENGTHS.get(kind)


def rank(name):
    """Return what puts the fields of one question in order, the one to fill first."""
    return (name not in FIRST, name)
