"""What a person gave themselves, knowingly or by what they did (GDPR, Art. 20): no judgement of
ours, no note, nothing that was worked out or bought."""

from ...sheet.fields import HOSTS

#: Of a contact or a lead: kinds of data that people give of themselves.
_KINDS = frozenset({"identity", "personal", "professional", "location"})
#: What is worked out of them, or chosen by us.
_OURS = ("complete_name", "commercial_company_name", "sheet_reference", "ref", "name")
#: Records that a person makes by what they do.
_ACTS = frozenset(
    {
        "customer.sheet.submission",
        "customer.sheet.answer",
        "sale.order",
        "sale.order.line",
        "event.registration",
        "survey.user_input",
        "survey.user_input.line",
        "rating.rating",
        "website.visitor",
        "website.track",
        "res.partner.bank",
    }
)


def is_provided(row, value):
    """Tell whether a person gave a value of one of their rows, as a :class:`Reader` reads them."""
    name = row["table"]
    if name in HOSTS:
        is_title = name == "crm.lead" and value["field"] == "name"
        return (
            value["category"] in _KINDS
            and value["field"] not in _OURS
            or (value["field"] == "name" and not is_title)
        )
    if name == "mail.message":
        return any(each["field"] == "email_from" for each in row["values"])  # they wrote it
    return name in _ACTS
