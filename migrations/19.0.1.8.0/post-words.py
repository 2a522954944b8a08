from odoo import SUPERUSER_ID, api

#: Questions that had another name than their field: former name, name, French name.
NAMES = {
    "typology": ("B2C or B2B", "Typology", "Typologie"),
    "source": ("Source", "Contact source", "Source du contact"),
    "first_contact_date": ("First contact on", "First contact date", "Date du premier contact"),
    "first_contact_place": ("First contact at", "First contact place", "Lieu du premier contact"),
    "owner": ("Owner", "Salesperson", "Vendeur"),
    "function": ("Function", "Job position", "Poste"),
    "order_count": ("Orders", "Orders placed", "Commandes passées"),
    "user_count": ("Users", "Software users", "Utilisateurs du logiciel"),
}


def migrate(cr, version):
    """Call each question like its field, and a switch that was there twice by one name."""
    env = api.Environment(cr, SUPERUSER_ID, {"lang": "en_US"})
    renamed = _rename(env)
    if renamed:
        _publish(env, renamed)
    rule = env.ref("crm_customer_sheet.routing_rule_hot", raise_if_not_found=False)
    if rule and not rule.is_on and rule.name == "Call hot leads today":
        rule.unlink()  # what the setting "Call hot leads" does


def _rename(env):
    """Return ``{code: {lang: name}}`` of the questions that still had their former name."""
    installed = {lang for lang, _name in env["res.lang"].get_installed()}
    renamed = {}
    for code, (former, name, french) in NAMES.items():
        question = env.ref(f"crm_customer_sheet.question_{code}", raise_if_not_found=False)
        if question and question.name == former:
            names = {lang: french for lang in installed if lang.startswith("fr")} | {"en_US": name}
            question.update_field_translations("name", names)
            renamed[code] = names
    return renamed


def _publish(env, renamed):
    """Put the names in force; nothing that counts has changed, so that no sheet is recomputed."""
    versions = env["customer.sheet.catalogue.version"]
    current = versions._current()
    snapshot = [
        {**entry, "name": {**entry["name"], **_known(renamed.get(entry["code"], {}), entry)}}
        for entry in current.snapshot or ()
    ]
    if snapshot:
        number = versions.search_count([]) + 1
        name = env._("Version %(number)s", number=number)
        current.copy({"name": name, "note": env._("Wording only"), "snapshot": snapshot})
    env.registry.clear_cache()


def _known(names, entry):
    return {lang: name for lang, name in names.items() if lang in entry["name"]}
