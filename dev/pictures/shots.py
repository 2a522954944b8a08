"""What the pictures show: who looks, at what, how wide, and what is pressed before."""

from typing import NamedTuple

DESKTOP, SHORT, PHONE, PAPER = (1366, 860), (1366, 460), (375, 780), (820, 1160)
RING = ".o_sheet_ring button, button.o_sheet_ring"
PROPOSED = ".o_sheet_proposals_toggle"


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
    Shot("merge_screen", "karima_tazi", ("text=Merge",), ".o_sheet_merge_body", "steward"),
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
    Shot("journal", "plastiques_hainaut_air", ("text=Journal",), ".o_sheet_journal"),
    Shot(
        "documents",
        "atlas_meca_hvac",
        ("text=Customer sheet",),
        ".o_sheet_documents",
        size=SHORT,
    ),
    Shot(
        "brief_phone_fr",
        "plastiques_hainaut_air",
        (".o_form_view .o_button_more", "button[name=action_sheet_brief]"),
        ".o_sheet_brief",
        lang="fr_FR",
        size=(375, 470),
    ),
    Shot("printed_sheet", "printed", seen="main, body", size=PAPER),
    Shot("dashboard", "dashboard", login="steward"),
    Shot("segment_reach", "segment", ("text=Who may be",), ".modal", login="steward", size=SHORT),
    Shot("set_up", "dashboard", ("text=Set-up",), ".o_form_view", login="admin"),
    Shot(
        "first_steps",
        "dashboard",
        ("text=Set-up", "text=First steps"),
        ".modal",
        login="admin",
        size=SHORT,
    ),
    Shot("review", "review", login="steward"),
    Shot(
        "charter",
        "charter",
        ("tr.o_group_header:nth-child(4)",),
        "tr.o_data_row",
        login="steward",
        size=SHORT,
    ),
    Shot(
        "charter_fr",
        "charter",
        ("tr.o_group_header:nth-child(4)",),
        "tr.o_data_row",
        "steward",
        "fr_FR",
        SHORT,
    ),
    Shot("privacy_due", "privacy", seen=".o_sheet_due li", login="privacy"),
    Shot("privacy_request", "request", login="privacy"),
    Shot("privacy_certificate", "erasure", login="privacy"),
    Shot("privacy_register", "register", login="privacy"),
    Shot("privacy_due_fr", "privacy", seen=".o_sheet_due li", login="privacy", lang="fr_FR"),
    Shot("privacy_request_fr", "request", login="privacy", lang="fr_FR"),
    Shot("privacy_certificate_fr", "erasure", login="privacy", lang="fr_FR"),
    Shot("privacy_register_fr", "register", login="privacy", lang="fr_FR"),
    Shot("sheet_lead_fr", "atlas_meca_hvac", ("text=Fiche client",), ".o_sheet_ring", lang="fr_FR"),
    Shot(
        "consent_block_fr",
        "atlas_meca_hvac",
        ("text=Fiche client",),
        ".o_consent_block",
        lang="fr_FR",
    ),
    Shot("duplicates_queue_fr", "duplicates", login="steward", lang="fr_FR", size=SHORT),
    Shot("matches_lead_fr", "karima_tazi", lang="fr_FR"),
    Shot(
        "merge_screen_fr",
        "karima_tazi",
        ("text=Fusionner",),
        ".o_sheet_merge_body",
        "steward",
        "fr_FR",
    ),
    Shot("gate_dialog_fr", "brasserie_bottling", ("text=Qualifié",), ".modal", lang="fr_FR"),
    Shot("quality_contact_fr", "spreadsheet_garage", lang="fr_FR"),
    Shot("quality_check_fr", "check", login="steward", lang="fr_FR"),
    Shot(
        "fill_gaps_fr",
        "gaps",
        (".modal footer .btn-primary",),
        ".o_list_view",
        "steward",
        "fr_FR",
        SHORT,
    ),
    Shot(
        "journal_fr", "plastiques_hainaut_air", ("text=Journal",), ".o_sheet_journal", lang="fr_FR"
    ),
    Shot("printed_sheet_fr", "printed_fr", seen="main, body", size=PAPER),
    Shot(
        "segment_reach_fr",
        "segment",
        ("text=À qui écrire",),
        ".modal",
        "steward",
        "fr_FR",
        SHORT,
    ),
    Shot(
        "first_steps_fr",
        "dashboard",
        ("text=Mise en place", "text=Premiers pas"),
        ".modal",
        "admin",
        "fr_FR",
        SHORT,
    ),
    Shot("dashboard_fr", "dashboard", login="steward", lang="fr_FR"),
    Shot(
        "set_up_fr",
        "dashboard",
        ("text=Mise en place",),
        ".o_form_view",
        login="admin",
        lang="fr_FR",
    ),
    Shot("review_fr", "review", login="steward", lang="fr_FR"),
    Shot("catalogue_publish_fr", "questions", ("text=Publier",), ".modal", "admin", "fr_FR"),
    Shot("form_editor_fr", "form", login="admin", lang="fr_FR"),
    Shot("routing_why_fr", "routed", ("text=pourquoi",), ".modal", "admin", "fr_FR"),
    Shot(
        "documents_fr",
        "atlas_meca_hvac",
        ("text=Fiche client",),
        ".o_sheet_documents",
        lang="fr_FR",
        size=SHORT,
    ),
    *(
        Shot(name, place, press, seen, lang=lang, size=SHORT)
        for name, place, press, seen in (
            ("register_lookup", "looked_up", (PROPOSED,), ".o_sheet_proposals_table"),
            ("import_audit", "import", (), ".o_sheet_import_findings"),
        )
        for name, lang in ((name, "en_US"), (f"{name}_fr", "fr_FR"))
    ),
    Shot("preferences_phone_fr", "preferences", ("text=Français",), "html[lang=fr-FR]", size=PHONE),
]
