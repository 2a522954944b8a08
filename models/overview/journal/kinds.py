"""What a line of the journal can be about."""

#: Somebody of ours and the customer have been in touch.
CONTACT_KINDS = ("email", "sms", "call", "meeting", "note")

#: What the customer has written, or read.
WRITTEN = frozenset({"email", "sms"})


def kind_words(env):
    """Return ``{kind: (word for one, word for many)}``, in the order in which they are offered."""
    return {
        "email": (env._("E-mail"), env._("E-mails")),
        "sms": (env._("Text message"), env._("Text messages")),
        "note": (env._("Note"), env._("Notes")),
        "call": (env._("Phone call"), env._("Phone calls")),
        "meeting": (env._("Meeting"), env._("Meetings")),
        "activity": (env._("Activity"), env._("Activities")),
        "lead": (env._("Lead"), env._("Leads and opportunities")),
        "stage": (env._("Stage"), env._("Stages")),
        "owner": (env._("Salesperson"), env._("Salespersons")),
        "quote": (env._("Quotation"), env._("Quotations")),
        "order": (env._("Order"), env._("Orders")),
        "signature": (env._("Signature"), env._("Signatures")),
        "invoice": (env._("Invoice"), env._("Invoices")),
        "credit": (env._("Credit note"), env._("Credit notes")),
        "payment": (env._("Payment"), env._("Payments")),
        "mailing": (env._("Mailing"), env._("Mailings")),
        "visit": (env._("Visit to the website"), env._("Visits to the website")),
        "survey": (env._("Survey"), env._("Surveys")),
        "event": (env._("Event"), env._("Events")),
        "ticket": (env._("Ticket"), env._("Tickets")),
        "task": (env._("Task"), env._("Tasks")),
        "form": (env._("Form"), env._("Forms")),
        "document": (env._("Document"), env._("Documents")),
        "consent": (env._("Consent"), env._("Consents")),
        "merge": (env._("Merged sheet"), env._("Merged sheets")),
    }
