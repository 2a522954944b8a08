"""How often each level is found on the sets that the shipped weights were chosen on.

Prints what stands in ``models/duplicates/match_usual.py``.  To be run after a change of the
levels, the keys or the shipped weights, in ``odoo shell`` of a new database:

    from odoo.addons.crm_customer_sheet.benchmarks.quality import usual
    usual.show(env)
"""

from collections import Counter

from . import febrl, generator, judge

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
        for (code, side), count in counts.items():
            total = sum(n for each, n in counts.items() if _is_beside(each, code, side))
            if total >= LEAST_PAIRS:
                sums.setdefault(code, [0.0, 0.0])[side] += count / total
    return {code: _of_all(sums, code) for code in sorted(sums)}


def _is_beside(each, code, side):
    return each[1] == side and each[0].partition(".")[0] == code.partition(".")[0]


def _of_all(sums, code):
    """Return the shares of a level among those of its comparison, over all kinds."""
    beside = [each for each in sums if each.partition(".")[0] == code.partition(".")[0]]
    return [sums[code][side] / sum(sums[each][side] for each in beside) for side in (0, 1)]


def _counts(env, records):
    """Return how often each level is found, ``{(code, 0 for duplicates or 1): pairs}``."""
    judge.load(env, records)
    judge.prepare(env)
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
