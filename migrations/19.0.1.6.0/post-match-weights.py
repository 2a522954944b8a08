#: By finding, the weight that was shipped and the one that is.
WEIGHTS = {
    "birth.near": (4, 10),
    "birth.same": (15, 14),
    "email.different": (-1.5, -2.5),
    "email.near": (3, 8),
    "email.same": (12, 12.5),
    "firm.near": (6, 7.5),
    "firm.part": (3, 5.5),
    "firm.sound": (7.5, 9.5),
    "household.address": (-2, -4),
    "name.different": (-8, -6),
    "name.initial": (4, 5.5),
    "name.near": (7.5, 9),
    "name.part": (2.5, 4.5),
    "name.word": (-1, -3.5),
    "phone.different": (-1.5, -2),
    "place.city": (2.5, 3),
    "place.near": (1, 2.5),
    "rarity": (4, 3.5),
    "shared.phone": (-8, -9),
    "site.elsewhere": (-6, -5),
    "street.different": (-2, -3.5),
    "street.near": (5, 6.5),
    "street.same": (5.5, 7.5),
}


def migrate(cr, version):
    """Give findings their new weights, where nobody chose one of his own."""
    for code, (shipped, weight) in WEIGHTS.items():
        cr.execute(
            "UPDATE customer_sheet_match_rule SET weight = %s"
            " WHERE code = %s AND abs(weight - %s) < 0.05",
            [weight, code, shipped],
        )
