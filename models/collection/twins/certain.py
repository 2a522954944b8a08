"""Which matches are beyond doubt the same customer."""

#: The band of matches that leave no doubt.
CERTAIN = "certain"

#: Reasons that are enough to propose, though not to merge: who writes their own name and address.
SAME_PERSON = {"email.same", "name.same"}


def is_certain(match):
    """Tell whether a match, as the matching gives it, is beyond doubt the same customer."""
    reasons = {reason["code"] for reason in match["reasons"]}
    is_same = match["band"] == CERTAIN or (match["band"] == "probable" and reasons >= SAME_PERSON)
    return is_same and match["kind"] == "duplicate" and not match.get("archived")
