"""Whether two requests of one customer are about two things. Plain Python."""

import re
from typing import NamedTuple

from ..keys.name import fold_name

_WORD_RE = re.compile(r"[^\W_]+")
_APOSTROPHE_RE = re.compile("['’ʼ`´]")

#: Words of a title or a need that do not say what it is about.
EMPTY_WORDS = frozenset(
    (
        "a about affaire an and at au aux avec by call ce ces cette client contact customer d"
        " dans de deal demand demande des devis du en enquiry et etre for form formulaire from fw"
        " fwd il in info information informations infos inquiry interesse interested j je l la le"
        " lead les leur m ma mail mes mme mon mr mrs ms my n need new nos notre nous nouveau"
        " nouvelle of offer offre on opportunite opportunity or ou our par pas piste pour project"
        " projet proposal proposition prospect qu que question qui quotation quote rappel re"
        " renseignement renseignements request rv s sa se ses site son sur t the their to tr un"
        " une vos votre vous we web website with your"
    ).split()
)
#: Amounts further apart than that are not two estimates of one thing.
APART = 1.5


class Deal(NamedTuple):
    """What is known of a request: nothing of it has to be."""

    title: str = ""
    need: str = ""
    product: int = 0
    amount: float = 0.0
    customer: str = ""  # how the customer is called: no title says anything by naming it


def differ(one, two):
    """Tell whether two requests are clearly not the same, whoever asks.

    >>> roof, audit = Deal("Ada Leroy: new roof", customer="Ada Leroy"), Deal("Energy audit")
    >>> differ(roof, audit), differ(roof, Deal("Roof")), differ(roof, Deal("Ada's opportunity"))
    (True, False, False)
    >>> differ(Deal("Site A"), Deal("Site B")), differ(Deal("Site A"), Deal("Site"))
    (True, False)
    >>> differ(Deal("Desks", "12 desks"), Deal("Web form", "12 desks for the Lyon office"))
    False
    >>> differ(Deal(amount=900), Deal(amount=1000)), differ(Deal(amount=900), Deal(amount=20000))
    (False, True)
    """
    if one.product and two.product and one.product != two.product:
        return True
    if min(one.amount, two.amount) > 0 and max(one.amount, two.amount) > APART * min(
        one.amount, two.amount
    ):
        return True
    names = _words(one.customer) | _words(two.customer)
    needs = _words(one.need) - names, _words(two.need) - names
    if all(needs):
        return 2 * len(needs[0] & needs[1]) < min(map(len, needs))
    titles = _words(one.title) - names, _words(two.title) - names
    return all(titles) and not (titles[0] <= titles[1] or titles[1] <= titles[0])


def _words(text):
    text = _APOSTROPHE_RE.sub(" ", text or "")  # before they go with their word: "l'audit"
    words = _WORD_RE.findall(fold_name(text))
    letter = {word for word in words[-1:] if len(word) == 1}  # "Lot A", "Site A"
    return set(words) - EMPTY_WORDS | letter
