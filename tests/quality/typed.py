"""What people type, as hypothesis makes it up; the same examples in every run."""

from hypothesis import settings
from hypothesis import strategies as st

quick = settings(deadline=None, derandomize=True, max_examples=300)


def texts_of(words, most=6):
    """Return a strategy: some of these words in a row, which are separated by spaces."""
    return st.lists(st.sampled_from(words.split()), max_size=most).map(" ".join)


company_names = st.one_of(
    st.text(),
    texts_of(
        "sarl atlas au s.a.r.l. SAS sa de la l'europe d'avocats MARTIN dupont et fils & btp"
        " gmbh ß (SARL) - , nv société S. A."
    ),
)
