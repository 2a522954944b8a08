"""Which matches are beyond doubt the same customer."""

#: The band of matches that leave no doubt.
CERTAIN = "certain"

#: Reasons that are enough to propose, though not to merge: who writes their own name, or only
#: the last one, and their own address; or a part of the name, address and number.
SAME_PERSON = (
    {"email.same", "name.same"},
    {"email.same", "name.single"},
    {"email.same", "phone.same", "name.part"},
)
#: ... unless one of these speaks against it.
OTHERS = {"civility.different", "birth.different"}
#: What says who somebody is: where nothing of it is known, the address alone does.
NAMED = ("name.", "firm.", "employer.", "civility.")


def is_certain(match, address_is_enough=False):
    """Tell whether a match, as the matching gives it, is beyond doubt the same customer.

    :param address_is_enough: whoever says nothing but a personal address is its owner.  Not so
        where anybody can type any address.
    """
    if match["kind"] != "duplicate" or match.get("archived"):
        return False
    if match["band"] == CERTAIN:
        return True
    reasons = {reason["code"] for reason in match["reasons"]}
    if match["band"] != "probable" or reasons & OTHERS:
        return False
    is_nameless = not any(code.startswith(NAMED) for code in reasons)
    return any(reasons >= each for each in SAME_PERSON) or (
        address_is_enough and is_nameless and "email.same" in reasons
    )
