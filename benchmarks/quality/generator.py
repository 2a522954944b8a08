"""Customers with their truth: who is who in data as messy as real ones. Seeded.

A *record* is ``(entity, facts)``; two records of one entity are duplicates.  What makes it hard:
typos, other spellings, swapped names, people who moved or changed their phone, corrupt postal
codes and towns; and those who look like twins without being any: households with one phone and
one address, namesakes, colleagues with one switchboard and one role mailbox, establishments of
one SIREN, subsidiaries with one domain.  A duplicate keeps its name in some form and at least
one of e-mail, phone, address, date of birth or company number: nothing could find the others.
"""

import random

from .companies import Companies
from .noisy import Noisy
from .people import People
from .sites import Sites


def people(count, seed, rare=0.0):
    """Return records of ``count`` private persons, a third of whom are there twice or more.

    :param rare: the share of family names that are made up: a big database needs more names,
        and more postal codes, than the lists here have
    """
    return People(random.Random(f"people {seed}"), rare).records(count)


def companies(count, seed, rare=0.0):
    """Return records of ``count`` companies and of people who work for them."""
    return Companies(random.Random(f"companies {seed}"), rare).records(count)


def noisy(count, seed, rare=0.3):
    """Return so many records of people of whom name, birth date, town and e-mail are known."""
    return Noisy(random.Random(f"noisy {seed}"), rare).records(count)


def sites(count, seed, rare=0.3):
    """Return so many records of places: name, street, phone, sometimes the town."""
    return Sites(random.Random(f"sites {seed}"), rare).records(count)
