"""Reading what a register says: whatever comes, a text or nothing comes out of it."""

from datetime import date, timezone

from dateutil.parser import isoparse

from ....tools.text.clean_text import clean

#: What stands where somebody has asked not to be told about; and where a state does not say.
MASKED = ("[NON-DIFFUSIBLE]", "[ND]")
UNSAID = {"---"}
#: No field of a register is longer.
LONGEST = 250


def at(data, *path):
    """Return what stands at a path of names, ``None`` where nothing does.

    >>> at({"siege": {"siret": "1"}}, "siege", "siret"), at({"siege": []}, "siege", "siret")
    ('1', None)
    """
    for name in path:
        data = data.get(name) if isinstance(data, dict) else None
    return data


def text(data, *path):
    """Return the text at a path, also of a whole number; ``""`` for all else and what is masked.

    >>> text({"code_postal": 4120}, "code_postal"), text({"nom": "[ND]"}, "nom"), text({}, "x")
    ('4120', '', '')
    """
    value = at(data, *path)
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    said = clean(value)
    return "" if len(said) > LONGEST or said in UNSAID or is_masked(said) else said


def texts(data, *names):
    """Return the texts of several fields, those that are there, as one.

    >>> texts({"numero_voie": "12", "type_voie": None, "libelle_voie": "LES FORGES"},
    ...     "numero_voie", "type_voie", "libelle_voie")
    '12 LES FORGES'
    """
    return " ".join(filter(None, (text(data, name) for name in names)))


def items(data, *path):
    """Return the objects of a list at a path."""
    value = at(data, *path)
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def is_masked(said):
    """Tell whether a text stands for one that must not be told."""
    return any(mask in said for mask in MASKED)


def day(data, *path):
    """Return a day as ISO writes it, ``""`` where there is none.

    >>> day({"date_fermeture": "2024-02-30"}, "date_fermeture"), day({"d": "2024-02-29"}, "d")
    ('', '2024-02-29')
    """
    said = text(data, *path)[:10]
    try:
        return date.fromisoformat(said).isoformat()
    except ValueError:
        return ""


def moment(data, *path):
    """Return a moment (UTC, without its zone, as Odoo keeps it), ``None`` where there is none.

    >>> moment({"at": "2026-11-29T11:12:05.113+01:00"}, "at")
    datetime.datetime(2026, 11, 29, 10, 12, 5)
    """
    try:
        said = isoparse(text(data, *path))
        said = said.astimezone(timezone.utc) if said.tzinfo else said
    except (ValueError, OverflowError):
        return None
    return said.replace(tzinfo=None, microsecond=0)
