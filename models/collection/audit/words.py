"""What an audit finds, in words: a consultant's report, one sentence a finding."""


def kinds(env):
    """Return what a column can look like, by code."""
    return {
        "empty": env._("Nothing"),
        "email": env._("E-mail addresses"),
        "phone": env._("Phone numbers"),
        "website": env._("Web addresses"),
        "date": env._("Dates"),
        "siret": env._("SIRET numbers"),
        "siren": env._("SIREN numbers"),
        "ice": env._("ICE numbers"),
        "vat": env._("VAT numbers"),
        "zip": env._("Postal codes"),
        "number": env._("Numbers"),
        "yes_no": env._("Yes or no"),
        "list": env._("Values of a list"),
        "text": env._("Text"),
    }


def findings(env):
    """Return the sentence of each finding, by code, the most harmful first."""
    return {
        "scientific": env._(
            "%(count)s of %(of)s cells: digits are lost, as in 7.32829E+13. Ask for the file with"
            " this column formatted as text: what is lost cannot be put back."
        ),
        "lost_zeros": env._(
            "%(count)s of %(of)s cells: the first zero is missing, because a spreadsheet took the"
            " number for a quantity. It is put back where country and length prove it."
        ),
        "two_orders": env._(
            "%(count)s of %(of)s cells: day and month stand the other way round than in the rest of"
            " the column. Dates that can be read both ways may be wrong."
        ),
        "bad_dates": env._("%(count)s of %(of)s cells: there is no such day."),
        "future": env._("%(count)s of %(of)s cells: this day is still to come."),
        "broken": env._(
            "%(count)s of %(of)s cells: accents are broken, as in “HÃ©lÃ¨ne”. If all are, choose"
            " another encoding in the first step."
        ),
        "same_email": env._(
            "%(count)s rows are about %(customers)s customers: they have the same e-mail address."
        ),
        "same_phone": env._(
            "%(count)s rows are about %(customers)s customers: they have the same phone number."
        ),
        "same_number": env._(
            "%(count)s rows are about %(customers)s companies: they have the same number in"
            " “%(header)s”."
        ),
        "same_name": env._(
            "%(count)s rows seem to be about %(customers)s customers: name and place are the same."
        ),
        "several": env._(
            "%(count)s of %(of)s cells hold several values. The first counts; the others are kept"
            " in the notes."
        ),
        "floats": env._(
            "%(count)s of %(of)s cells: the number ends with “.0”, which a program has added. It is"
            " taken off."
        ),
        "no_country": env._(
            "%(count)s of %(of)s numbers are written without a country. They count as numbers of the"
            " country in their row, else of your company's."
        ),
        "strangers": env._("%(count)s of %(of)s cells hold something else than the rest."),
        "filler": env._(
            "%(count)s of %(of)s cells say nothing, as “N/A”, “xxx” or “test”. They count as empty."
        ),
        "sensitive": env._(
            "%(count)s of %(of)s cells speak of health, religion, opinions or other private matters,"
            " or insult. The law hardly ever allows to keep that: take it out before the import."
        ),
        "free_mail": env._(
            "%(count)s of %(of)s addresses are of personal mail providers. They say nothing about a"
            " company."
        ),
        "quoted": env._(
            "%(count)s of %(of)s cells begin with a sign that another program has added (' or =)."
            " It is taken off."
        ),
        "no_header": env._("The column has no title, but %(count)s cells."),
        "header_twice": env._(
            "%(count)s columns have a title that stands twice. Look at their examples before you"
            " choose what each becomes."
        ),
        "titles_again": env._("%(count)s rows are the titles again. They are left out."),
        "total": env._("%(count)s rows look like a total, not like a customer."),
    }
