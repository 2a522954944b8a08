"""The hash chain, the commitments and the Merkle tree of the consent ledger."""

import hashlib
import json

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ...models.consent.chain import (
    canonical,
    commitment,
    keyed,
    leaf,
    link,
    merkle_proof,
    merkle_root,
    merkle_verify,
)

SETTINGS = settings(max_examples=60, deadline=None, derandomize=True)
#: Every shape of tree up to 64 leaves, and the first ones beyond.
SIZES = 70

scalars = st.none() | st.booleans() | st.integers() | st.text(max_size=20)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=12,
)
records = st.dictionaries(st.text(max_size=8), values, max_size=8)
keys = st.binary(min_size=32, max_size=32).map(bytes.hex)


def flipped(text, bit):
    """Return a hash in hexadecimal with one bit turned over."""
    number = int(text, 16) ^ (1 << bit)
    return f"{number:064x}"


def rfc_root(leaves):
    """Return the root as RFC 9162 defines it: split at the largest power of two, recursively."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\x00" + leaves[0].encode()).digest()
    split = 1 << (len(leaves) - 1).bit_length() - 1
    halves = rfc_root(leaves[:split]) + rfc_root(leaves[split:])
    return hashlib.sha256(b"\x01" + halves).digest()


@tagged("post_install", "-at_install")
class TestConsentChain(BaseCase):
    @SETTINGS
    @given(records, st.randoms(use_true_random=False))
    def test_the_order_of_keys_does_not_count(self, record, chance):
        items = list(record.items())
        chance.shuffle(items)
        self.assertEqual(canonical(dict(items)), canonical(record))

    @SETTINGS
    @given(records)
    def test_the_canonical_form_says_all_and_comes_back(self, record):
        back = json.loads(canonical(record).decode())
        self.assertEqual(canonical(back), canonical(record))
        self.assertEqual(back, record)

    def test_the_canonical_form_is_this_one_for_ever(self):
        record = {"é": "à\n", "a": [1, None, True], "Z": {"y": "", "x": "\u2028"}}
        written = '{"Z":{"x":"\u2028","y":""},"a":[1,null,true],"é":"à\\n"}'
        self.assertEqual(canonical(record), written.encode())
        with self.assertRaises(ValueError):
            canonical({"a": float("nan")})

    @SETTINGS
    @given(st.lists(records, min_size=1, max_size=6), st.data())
    def test_any_change_shows_in_every_hash_that_follows(self, chain, data):
        def hashes(chain):
            found = [""]
            for record in chain:
                found.append(link(found[-1], record))
            return found[1:]

        at = data.draw(st.integers(0, len(chain) - 1))
        edited = [dict(record) for record in chain]
        edited[at]["edited by"] = "somebody"
        before, after = hashes(chain), hashes(edited)
        self.assertEqual(before[:at], after[:at])
        self.assertFalse(set(before[at:]) & set(after[at:]))

    def test_the_first_link_follows_nothing(self):
        self.assertEqual(link("", {}), link(None, {}))
        self.assertEqual(link("", {}), "$1$" + hashlib.sha256(b"\n{}").hexdigest())

    @SETTINGS
    @given(keys, keys, records)
    def test_a_commitment_needs_its_key(self, key, other, record):
        self.assertEqual(commitment(key, record), commitment(key, dict(record)))
        self.assertEqual(commitment(key, record) == commitment(other, record), key == other)

    def test_an_address_is_recognised_under_the_same_pepper_only(self):
        self.assertEqual(keyed("pepper", "ada@atlas.fr"), keyed("pepper", "ada@atlas.fr"))
        self.assertNotEqual(keyed("pepper", "ada@atlas.fr"), keyed("salt", "ada@atlas.fr"))
        self.assertNotEqual(keyed("pepper", "ada@atlas.fr"), keyed("pepper", "bob@atlas.fr"))


@tagged("post_install", "-at_install")
class TestMerkleTree(BaseCase):
    def test_every_leaf_of_every_tree_is_proved(self):
        for size in range(1, SIZES + 1):
            leaves = [leaf(f"{size} {index}") for index in range(size)]
            root = merkle_root(leaves)
            for index, one in enumerate(leaves):
                proof = merkle_proof(leaves, index)
                self.assertTrue(merkle_verify(one, index, size, proof, root), (size, index))
                self.assertLessEqual(len(proof), (size - 1).bit_length())

    def test_the_root_is_that_of_the_rfc(self):
        for size in range(SIZES + 1):
            texts = [f"leaf {index}" for index in range(size)]
            self.assertEqual(merkle_root(map(leaf, texts)), rfc_root(texts).hex())

    @SETTINGS
    @given(st.integers(1, SIZES), st.data())
    def test_any_altered_bit_is_refused(self, size, data):
        leaves = [leaf(f"{index}") for index in range(size)]
        index = data.draw(st.integers(0, size - 1))
        bit = data.draw(st.integers(0, 255))
        root, proof = merkle_root(leaves), merkle_proof(leaves, index)
        self.assertFalse(merkle_verify(flipped(leaves[index], bit), index, size, proof, root))
        self.assertFalse(merkle_verify(leaves[index], index, size, proof, flipped(root, bit)))
        for step in range(len(proof)):
            forged = [*proof[:step], flipped(proof[step], bit), *proof[step + 1 :]]
            self.assertFalse(merkle_verify(leaves[index], index, size, forged, root))

    @SETTINGS
    @given(st.integers(2, SIZES), st.data())
    def test_a_leaf_is_proved_in_its_own_place_only(self, size, data):
        leaves = [leaf(f"{index}") for index in range(size)]
        index, other = data.draw(
            st.lists(st.integers(0, size - 1), min_size=2, max_size=2, unique=True)
        )
        root, proof = merkle_root(leaves), merkle_proof(leaves, index)
        self.assertFalse(merkle_verify(leaves[index], other, size, proof, root))
        self.assertFalse(merkle_verify(leaves[other], index, size, proof, root))
        self.assertFalse(merkle_verify(leaves[index], index, size, proof[:-1], root))
        self.assertFalse(merkle_verify(leaves[index], index, size, [*proof, root], root))
        self.assertFalse(merkle_verify(leaves[index], size, size, proof, root))
        self.assertFalse(merkle_verify(leaves[index], -1, size, proof, root))

    def test_the_root_depends_on_the_order_and_on_the_number_of_leaves(self):
        leaves = [leaf(text) for text in "abcde"]
        roots = {
            merkle_root(some)
            for some in (leaves, leaves[::-1], leaves[:-1], [*leaves, leaves[-1]], [])
        }
        self.assertEqual(len(roots), 5)

    def test_an_inner_node_is_no_leaf(self):
        leaves = [leaf(text) for text in "abcd"]
        left, right = merkle_root(leaves[:2]), merkle_root(leaves[2:])
        self.assertFalse(merkle_verify(left, 0, 4, [right], merkle_root(leaves)))
        self.assertNotEqual(leaf(left + right), merkle_root(leaves))

    def test_no_proof_of_what_is_not_there(self):
        with self.assertRaises(IndexError):
            merkle_proof([], 0)
        with self.assertRaises(IndexError):
            merkle_proof([leaf("a")], -1)
