"""How often each level is found on the sets that the shipped weights were chosen on.

Prints what stands in ``models/duplicates/match/usual.py``.  To be run after a change of the
levels, the keys or the shipped weights, in ``odoo shell`` of a new database:

    from odoo.addons.crm_customer_sheet.benchmarks.quality import usual
    usual.show(env)
"""

from collections import Counter

from . import febrl, generator, measure

#: The sets by kind; each kind counts as much as another.
SEEDS = (1, 2, 3)
KINDS = {
    "people": [(generator.people, 3000, seed) for seed in SEEDS],
    "companies": [(generator.companies, 3000, seed) for seed in SEEDS],
    "noisy": [(generator.noisy, 1500, seed) for seed in SEEDS],
    "sites": [(generator.sites, 3000, seed) for seed in SEEDS],
    "febrl": [(febrl.load, 1), (febrl.load, 2)],
}
#: A kind in which fewer pairs were compared says nothing of a comparison.
LEAST_PAIRS = 20


def show(env):
    """Print the shares of all levels, and leave the database as it was."""
    for code, (duplicates, others) in shares(env).items():
        print(f'    "{code}": ({duplicates:.4f}, {others:.4f}),')
    env.cr.rollback()


def shares(env):
    """Return ``{code: (share among duplicates, share among other pairs)}``, by comparison.

    A pair is a duplicate as far as the shipped weights say so, as it will be when they are what
    learning starts from: what they get wrong, they get wrong there, too.
    """
    sums = {}
    for sets in KINDS.values():
        counts = sum((_counts(env, make(*given)) for make, *given in sets), Counter())
        for comparison, codes in _by_comparison(code for code, _side in counts).items():
            totals = [sum(counts[code, side] for code in codes) for side in (0, 1)]
            if min(totals) >= LEAST_PAIRS:
                for code in codes:
                    found = sums.setdefault(comparison, {}).setdefault(code, [0.0, 0.0])
                    for side in (0, 1):
                        found[side] += counts[code, side] / totals[side]
    return {
        code: [
            share / sum(each[side] for each in found.values()) for side, share in enumerate(both)
        ]
        for _comparison, found in sorted(sums.items())
        if len(found) > 1
        for code, both in found.items()
    }


def _by_comparison(codes):
    found = {}
    for code in sorted(set(codes)):
        found.setdefault(code.partition(".")[0], []).append(code)
    return found


def _counts(env, records):
    """Return how often each level is found, ``{(code, 0 for duplicates or 1): pairs}``."""
    measure.load(env, records)
    measure.prepare(env)
    learnings, plan = env["customer.sheet.match.learning"], env["customer.sheet.match.rule"]._plan()
    learnings._compare(learnings._sample()[0], plan)
    counts = Counter()
    known = learnings._can_be_learned(plan)
    for levels, bits, count in learnings._patterns(plan, known):
        odds = bits + sum(known[code] for code in levels) - plan.thresholds["probable"]
        likely = 1 / (1 + 2**-odds)
        for code in levels:
            counts[code, 0] += count * likely
            counts[code, 1] += count * (1 - likely)
    return counts
