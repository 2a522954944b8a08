"""Which of the module's texts visitors of the public pages see.

They are read in Arabic too, a language in which nobody works with the module: the rest of it is
not translated.
"""

import re

#: Templates of public pages; those of the web client have other names.
PAGES = (
    r"form_page_\w+",
    r"consent_(public_body|preferences|purpose_choices|withdraw_all|unsubscribe|confirm)",
    r"consent_(all_choices|link_\w+|refused|notice_page)",
    r"privacy_page\w*",
    r"consent_public_body_privacy",
    r"portal_(my|my_home|breadcrumbs)_privacy",
)

#: Code that speaks to visitors.
CODE = (
    r"controllers/collection/(?!import_)",
    r"controllers/consent/(links|notice|preferences|public)\.py",
    r"controllers/public_pages\.py",
    r"controllers/privacy/(page|pages|confirm|portal)\.py",
    r"models/collection/intake/(form|question)\.py",
    r"models/consent/pages/hosts\.py",
    r"models/privacy/identity/words\.py",
)

#: The questions that the forms ask which come with the module.
QUESTIONS = (
    "name company email phone product need function segment headcount region deadline budget"
    " constraints integrations decision_maker"
).split()

#: The lists among their answers; regions and software keep their names in every language.
LISTS = ("segment", "headcount", "constraint")

MODULE = "crm_customer_sheet"

SEEN = re.compile(
    "|".join(
        (
            rf"model_terms:ir\.ui\.view,arch_db:{MODULE}\.({'|'.join(PAGES)})$",
            rf"code:addons/{MODULE}/({'|'.join(CODE)})",
            rf"model:customer\.sheet\.form,(name|intro|success):{MODULE}\.form_(?!.*demo)",
            rf"model:customer\.sheet\.form\.line,step_title:{MODULE}\.form_(?!.*demo)",
            rf"model:customer\.sheet\.consent\.purpose,(name|description):{MODULE}\.",
            rf"model:customer\.sheet\.question,(name|hint|example):{MODULE}\.question_"
            rf"({'|'.join(QUESTIONS)})$",
            rf"model:customer\.sheet\.option,name:{MODULE}\.option_({'|'.join(LISTS)})_",
            rf"model(_terms)?:mail\.template,(subject|body_html):{MODULE}\.mail_template_"
            r"(form_draft|complete|consent_link|consent_opt_in|request_confirm)$",
        )
    )
)


def see(entry):
    """Return whether visitors see an entry of the template."""
    return any(SEEN.match(place) for place, _line in entry.occurrences)
