"""What a line of the journal can be about."""

#: Somebody of ours and the customer have been in touch.
CONTACT_KINDS = ("email", "sms", "call", "meeting", "note")


def kind_labels(env):
    """Return ``{kind: label}`` of all kinds, in the order in which they are offered."""
    return {
        "email": env._("E-mails"),
        "sms": env._("Text messages"),
        "note": env._("Notes"),
        "call": env._("Calls"),
        "meeting": env._("Meetings"),
        "activity": env._("Activities"),
        "lead": env._("Leads and opportunities"),
        "stage": env._("Stages"),
        "owner": env._("Salespersons"),
        "quote": env._("Quotations"),
        "order": env._("Orders"),
        "signature": env._("Signatures"),
        "invoice": env._("Invoices"),
        "credit": env._("Credit notes"),
        "payment": env._("Payments"),
        "mailing": env._("Mailings"),
        "visit": env._("Visits to the website"),
        "survey": env._("Surveys"),
        "event": env._("Events"),
        "ticket": env._("Tickets"),
        "task": env._("Tasks"),
        "form": env._("Forms"),
        "document": env._("Documents"),
        "consent": env._("Consents"),
        "merge": env._("Merges"),
    }
