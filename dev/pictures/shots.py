"""What the pictures show: who looks, at what, how wide, and what is pressed before."""

from typing import NamedTuple

DESKTOP, SHORT, PHONE = (1366, 860), (1366, 460), (375, 780)
RING = ".o_sheet_ring button, button.o_sheet_ring"


class Shot(NamedTuple):
    """A picture.

    ``place`` is a path, or a name of `places.py`.  ``press`` are selectors, pressed one after the
    other once they are there; ``text=...`` is a button or tab by its words.  ``seen`` must be
    there before the picture is taken.
    """

    name: str
    place: str
    press: tuple = ()
    seen: str = ".o_form_view, .o_list_view, .o_kanban_view"
    login: str = "sales"
    lang: str = "en_US"
    size: tuple = DESKTOP


SHOTS = [
    Shot("sheet_lead", "atlas_meca_hvac", ("text=Customer sheet",), ".o_sheet_ring"),
    Shot("ring_lead", "plastiques_hainaut_air", (RING,), ".o_popover"),
    Shot("matches_lead", "karima_tazi"),
    Shot("merge_screen", "karima_tazi", ("text=Merge",), login="steward"),
    Shot("consent_block", "atlas_meca_hvac", ("text=Customer sheet",), ".o_consent_block"),
    Shot("gate_dialog", "brasserie_bottling", ("text=Qualified",), ".modal"),
    Shot("quality_contact", "spreadsheet_garage"),
    Shot("quality_check", "check", login="steward"),
    Shot("routing_why", "routed", ("text=why?",), ".modal", login="admin"),
    Shot(
        "fill_gaps",
        "gaps",
        (".modal footer .btn-primary",),
        ".o_list_view",
        login="steward",
        size=SHORT,
    ),
    Shot("duplicates_queue", "duplicates", login="steward", size=SHORT),
    Shot("catalogue_publish", "questions", ("text=Publish",), ".modal", login="admin"),
    Shot("form_editor", "form", login="admin"),
    Shot("lead_phone_fr", "plastiques_hainaut_air", lang="fr_FR", size=PHONE),
    Shot(
        "ring_phone_fr",
        "plastiques_hainaut_air",
        (RING,),
        ".modal, .o_bottom_sheet",
        "sales",
        "fr_FR",
        PHONE,
    ),
    Shot(
        "interview_phone_fr",
        "karima_tazi",
        ("text=Commencer",),
        lang="fr_FR",
        size=PHONE,
    ),
    Shot("sequence_fr", "sequence", lang="fr_FR", size=PHONE),
    Shot("preferences_phone_fr", "preferences", ("text=Français",), "html[lang=fr-FR]", size=PHONE),
]
