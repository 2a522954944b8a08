"""Words that tell a person, their function and a company apart, folded."""

import re
from functools import cache
from pathlib import Path

CIVILITIES = frozenset(
    "m mr mme mlle mrs ms miss dr pr me monsieur madame mademoiselle maitre docteur professeur sir"
    " prof doctor".split()
)
PARTICLES = frozenset(
    "de da du des del di der den van von la le el al ben bin ait ould o d'".split()
)

#: A function begins with one of these in French and some other languages.
_FUNCTION_STARTS = (
    "directeur directrice directions? responsable gerante? chef cheffe presidente?"
    " vice-presidente? pdg dg dga"
    " daf dsi drh dircom rssi dpo adjointe? administrateur administratrice acheteur acheteuse"
    " assistante?"
    " associee? attachee? chargee? collaborateur collaboratrice commerciale? comptable conducteur"
    " conductrice"
    " conseillere? conseiller consultante? controleur controleuse coordinateur coordinatrice"
    " courtier"
    " courtiere dirigeante? fondateur fondatrice co-fondateur cofondateur cofondatrice gestionnaire"
    " ingenieure? maire notaire avocate? architecte pharmacien pharmacienne proprietaire secretaire"
    " technicien technicienne technico-commerciale? animateur animatrice delegue deleguee econome"
    " exploitante? referente? superviseur zaakvoerder bestuurder geschaftsfuhrer geschaftsfuhrerin"
    " juriste expert experte expert-comptable auditeur auditrice redacteur redactrice formateur"
    " formatrice"
    " vendeur vendeuse magasinier logisticien logisticienne approvisionneur approvisionneuse"
    " dessinateur"
    " dessinatrice projeteur mecanicien electricien boulanger agriculteur agricultrice eleveur"
    " viticulteur"
    " restaurateur hotelier intendante? proviseur medecin dentiste veterinaire opticien libraire"
    " graphiste"
    " developpeur developpeuse enseignante? infirmiere? artisan chercheur chercheuse metreur"
    " monteur"
    " leiter leiterin einkauf einkaufer inkoper manager ceo cto cfo coo cio cmo cpo evp svp vp md"
    " head chief office"
).split()
#: In English it holds one of these.
_FUNCTION_WORDS = (
    "manager director officer president owner founder co-founder partner engineer buyer lead leader"
    " assistant administrator coordinator supervisor specialist analyst consultant accountant"
    " attorney advisor adviser architect technician secretary executive controller planner"
    " representative associate chairman chairwoman principal superintendent purchaser"
    " solicitor barrister surveyor foreman scientist technologist nurse dentist broker clerk"
    " developer designer producer estimator ceo cto cfo coo cio head"
).split()
_STARTS_RE = re.compile(rf"(?:{'|'.join(_FUNCTION_STARTS)})\b")
_HOLDS_RE = re.compile(rf"\b(?:{'|'.join(_FUNCTION_WORDS)})\b")

#: Words with which a company is named, never a person.
COMPANY_RE = re.compile(
    r"\b(?:groupe|group|societe|ste|ets|etablissements?|entreprise|cabinet|etude|garage|hotel"
    r"|restaurant"
    r"|clinique|hopital|imprimerie|menuiserie|boulangerie|patisserie|biscuiterie|laiteries?"
    r"|brasserie"
    r"|fromageries?|scierie|transports?|papeteries?|verrer?ies?|verreries?|ateliers?|fonderies?"
    r"|aciers"
    r"|industries?|systems?|foods?|engineering|consulting|services|solutions|technologies|holding"
    r"|partners|associes|fils|freres|sons|brothers|mutuelle|cooperative|theatre|domaine|chateau"
    r"|port"
    r"|bakery|farms?|growers|dairies|mills|plastics|joinery|catering|interiors|gyms|schools|trust"
    r"|dental|ceramics|aggregates|outfitters|machines|brewing|shipping|stores|packaging|castings"
    r"|logistics|logistique|distribution|construction|batiment|immobilier|conseil|traiteur|paysages"
    r"|piscines|optique|metallerie|chaudronnerie|emballages|conserves|textiles?|cosmetics"
    r"|cosmetiques"
    r"|energies?|froid|habitat|medical|pharma|auto|automobiles?|media|studio|lab|labs|agency|agence"
    r"|association|fondation|foundation|university|universite|ecole|lycee|college|mairie|ville)\b"
)
#: Words with which a mail begins or ends: whoever writes stands below the latter.
GREETINGS = frozenset(
    "bonjour bonsoir hello hi hey dear cher chere chers madame monsieur salut coucou good merci"
    " thanks"
    " thank parfait super ok oui yes non no".split()
)
_CLOSING_RE = re.compile(
    r"(?:tres |bien )?(?:cordialement|cdlt|cdt|sincerement|amicalement)|salutations"
    r"|bien a (?:vous|toi)"
    r"|(?:bonne|belle|excellente) (?:journee|soiree|fin|reception|semaine)|a bientot|merci|d'avance"
    r"|(?:kind(?:est)?|best|warm) ?regards|regards|best wishes|best$|sincerely|yours|cheers"
    r"|(?:many )?thanks|thank you|respectfully|mit freundlichen|met vriendelijke|dans l'attente|--$"
    r"|have a (?:great|good|nice)|veuillez|salut"
)
_MONTHS_AND_DAYS = frozenset(
    "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre january"
    " february march april may june july august september october november december lundi mardi"
    " mercredi jeudi vendredi samedi dimanche monday tuesday wednesday thursday friday saturday"
    " sunday noel christmas".split()
)
#: Words of labels and of notes that no name begins with.
_NOT_NAMES = frozenset(
    "tel telephone phone mobile mob port portable gsm fax mail email e-mail web site website fixe"
    " std"
    " standard siret siren tva vat ice bce rcs ape naf budget decideur client prospect contact"
    " societe"
    " message objet sujet subject date rdv visite appel call note notes besoin projet project"
    " effectif"
    " echeance adresse address ville city rue avenue boulevard zone zi za service department"
    " direction"
    " envoye sent le la les l' i'm un une nous vous je il elle on she he we you they i it the"
    " this that our your"
    " my commande facture devis ref reference nouvelle nouveau demande suite pouvez please pas non"
    " c'est ce cette mon ma mes notre nos votre vos pour avec chez dans sur sous par et ou mais"
    " donc"
    " vu rencontre discute echange appele met visited spoke decision decisionnaire presents present"
    " needs need wants budgets rappeler ligne directe office".split()
)


@cache
def first_names():
    """Return the usual first names."""
    lines = Path(__file__).with_name("first_names.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(" ".join(line for line in lines if line[:1] != "#").split())


def is_first_name(word):
    """Tell whether a folded word is a usual first name, "marie-laure" included.

    >>> is_first_name("marie-laure"), is_first_name("atlas")
    (True, False)
    """
    return word.split("-")[0] in first_names()


def is_function(words):
    """Tell whether folded words name what somebody does in a company.

    >>> [is_function(words) for words in ("responsable achats", "head of ops", "atlas meca")]
    [True, True, False]
    """
    if len(words) > 70 or any(sign.isdigit() for sign in words) or words.endswith((".", "!", "?")):
        return False
    return bool(_STARTS_RE.match(words) or _is_english_function(words))


def _is_english_function(words):
    return len(words.split()) <= 6 and bool(_HOLDS_RE.search(words)) and "'" not in words


def is_closing(words):
    """Tell whether a folded line ends a letter."""
    return len(words) < 80 and bool(_CLOSING_RE.match(words))


def may_name(word):
    """Tell whether a folded word may be one of a name."""
    return word not in _NOT_NAMES and word not in _MONTHS_AND_DAYS and word not in GREETINGS
