"""What is said of registers, in sentences."""

from .answer import NotFound, Unavailable


def of_answer(env, answer):
    """Return why there is no answer; ``""`` where there is one."""
    if isinstance(answer, NotFound):
        return _not_found(env, answer)
    if not isinstance(answer, Unavailable):
        return ""
    if answer.wait and answer.reason in ("busy", "asked_to_wait"):
        return env._(
            "The register may not be asked more often. Try again in %(minutes)s min.",
            minutes=max(round(answer.wait / 60), 1),
        )
    return _reasons(env).get(answer.reason, env._("The register gives no answer. Try again later."))


def _not_found(env, answer):
    if answer.source == "vies":
        return env._("VIES says that this VAT number is not valid.")
    return env._("The register does not know this number.")


def _reasons(env):
    return {
        "off": env._("This register is switched off. An administrator can switch it on."),
        "no_key": env._("This register needs a key. An administrator can type it in."),
        "not_a_number": env._(
            "The register does not know numbers like this one. Check the digits."
        ),
        "too_short": env._("Type at least three characters to search for."),
        "busy": env._(
            "The register is being asked by many people just now. Try again in a moment."
        ),
        "asked_to_wait": env._("The register asks to come back later. Try again in a moment."),
        "unreachable": env._(
            "The register cannot be reached. Nothing has changed; try again later."
        ),
        "slow": env._(
            "The register took too long to answer. Nothing has changed; try again later."
        ),
        "refused": env._(
            "The register refuses to answer. An administrator can check its address and key."
        ),
        "failing": env._("The register is out of order. Nothing has changed; try again later."),
        "nonsense": env._(
            "The register answered with something that cannot be used. Nothing has changed; try"
            " again later."
        ),
        "not_understood": env._("The register did not understand the question. Check the number."),
        "requester": env._(
            "The register refuses the VAT number of your own company. Check it in its settings."
        ),
        "no_verdict": env._(
            "The tax office of that country does not answer, which says nothing of the number. Try"
            " again later."
        ),
    }


def of_warning(env, code):
    """Return what a warning means."""
    return {
        "closed": env._("The register says that this company has closed."),
        "place_closed": env._(
            "The register says that this place of the company has closed. The company lives on."
        ),
        "masked": env._("This company has asked the register not to show some of its data."),
        "by_hand": env._(
            "No program may ask this register. Open its page, and type what you read there."
        ),
    }.get(code, "")


def recipient(env, code):
    """Return what a register gets to know, and who runs it."""
    return {
        "france": env._(
            "The name or number that is looked up goes to the French state (Direction"
            " interministérielle du numérique), together with the name of your company and the"
            " address of your server."
        ),
        "sirene": env._(
            "The number that is looked up goes to INSEE, France, together with your key, the name"
            " of your company and the address of your server."
        ),
        "vies": env._(
            "The VAT number that is looked up goes to the European Commission and to the tax office"
            " of its country, together with your own VAT number, the name of your company and the"
            " address of your server."
        ),
        "cbe": env._(
            "The number that is looked up goes to cbeapi.be, a private company in Belgium, together"
            " with your key, the name of your company and the address of your server."
        ),
        "morocco": env._(
            "Nothing is sent. Whoever opens the official page visits it from their own browser."
        ),
    }[code]


def licence(env, code):
    """Return on which terms its data may be used."""
    return {
        "france": env._("Licence Ouverte 2.0 (INSEE, INPI, DGFiP)"),
        "sirene": env._("Licence Ouverte 2.0 (INSEE)"),
        "vies": env._("Reuse allowed with the source named (European Commission)"),
        "cbe": env._("Terms of cbeapi.be; from the Crossroads Bank for Enterprises"),
        "morocco": "",
    }[code]
