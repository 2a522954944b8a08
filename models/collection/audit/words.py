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
        "vat": env._("VAT registration numbers"),
        "zip": env._("Postal codes"),
        "number": env._("Plain numbers"),
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
            "%(count)s rows share their e-mail address with another row. Customers behind them:"
            " %(customers)s."
        ),
        "same_phone": env._(
            "%(count)s rows share their phone number with another row. Customers behind them:"
            " %(customers)s."
        ),
        "same_number": env._(
            "%(count)s rows share their number in “%(header)s” with another row. Companies behind"
            " them: %(customers)s."
        ),
        "same_name": env._(
            "%(count)s rows have the same name and place as another row. Customers behind them:"
            " %(customers)s."
        ),
        "several": env._(
            "%(count)s of %(of)s cells: several values stand in one cell, and a field takes one."
        ),
        "floats": env._(
            "%(count)s of %(of)s cells: the number ends with “.0”, which a program has added. It is"
            " taken off."
        ),
        "no_country": env._(
            "%(count)s of %(of)s cells: the number has no country. It counts as one of the country"
            " in its row, else of your company's."
        ),
        "strangers": env._(
            "%(count)s of %(of)s cells: something else stands here than in the rest of the column."
        ),
        "filler": env._(
            "%(count)s of %(of)s cells: it says nothing, as “N/A”, “xxx” or “test”, and counts as"
            " empty."
        ),
        "sensitive": env._(
            "%(count)s of %(of)s cells: words about health, religion, opinions, other private"
            " matters, or insults. The law hardly ever allows to keep them: take them out before"
            " the import."
        ),
        "free_mail": env._(
            "%(count)s of %(of)s cells: the address is of a personal mail provider and says nothing"
            " about a company."
        ),
        "quoted": env._(
            "%(count)s of %(of)s cells: another program has put ' or = in front, which is taken"
            " off."
        ),
        "no_header": env._("The column has no title. Filled cells: %(count)s."),
        "header_twice": env._(
            "The same title stands above several columns (%(count)s). Look at their examples before"
            " you choose what each becomes."
        ),
        "titles_again": env._(
            "The titles stand again within the rows, and are left out: %(count)s times."
        ),
        "gap": env._(
            "Empty rows part the rows (%(count)s times). If another table begins behind them, take"
            " it out of the file: its rows are read under the same titles."
        ),
        "total": env._("Rows that look like a total, not like a customer: %(count)s."),
    }
