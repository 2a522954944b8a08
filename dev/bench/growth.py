"""What only a large database shows: each list and filter of ours beside Odoo's plain list."""

from .. import console, database, paths

ROUNDS = 5
WARM_UP = 1


def measure(comparison, contacts, leads):
    """Return ``{request: {"cpu", "seconds", "queries", "plain"}}``, each of the best round.

    ``plain`` are the seconds of Odoo's list that it is compared with, ``None`` for that itself.
    """
    name = _prepared(comparison, contacts, leads)
    console.step("Measuring lists and filters")
    found, plain = {}, None
    with comparison.worker(name) as ask:
        for request, is_plain in ask(call="requests"):
            answers = [ask(call="request", name=request) for _round in range(WARM_UP + ROUNDS)]
            found[request] = min(answers[WARM_UP:], key=lambda answer: answer["seconds"])
            plain = found[request]["seconds"] if is_plain else plain
            found[request]["plain"] = None if is_plain else plain
    return found


def _prepared(comparison, contacts, leads):
    """Return the name of a large database with the module and filled sheets."""
    bench = comparison.bench
    name = comparison.copy(database.dependencies_template(bench), "growth")
    database.update(bench, name, "Installing", ["-i", paths.MODULE], comparison.addons)
    console.step(f"Making {contacts:,} contacts and {leads:,} leads with their sheets")
    with comparison.worker(name) as ask:
        ask(call="fill", contacts=contacts, leads=leads)
        ask(call="fill_sheets")
        ask(call="grow")
    comparison.tidy(name)
    with comparison.worker(name) as ask:
        console.step("Scoring them")
        ask(call="refresh", publish=True)
    comparison.tidy(name)
    return name
