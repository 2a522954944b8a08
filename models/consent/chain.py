#!/usr/bin/env python3
"""How the consent ledger is made tamper-evident, and a verifier that needs nothing else.

This one file is used by the ledger itself and travels, unchanged, in every proof pack, where it
is called ``verify.py``.  It runs with plain Python 3.8 or later, without network or Odoo::

    python verify.py FOLDER [SEAL_HASH ...]

It prints each check and ends with 0 when all hold, 1 when one does not.  A seal hash is what the
privacy officer received by mail on the day of the seal: give one (in single quotes) to make sure
that the pack belongs to that very ledger.

* An *event* is a small dictionary.  Its hash covers the event and the hash of the event before:
  the events of one person form a chain (:func:`link`).
* The readable part of an event (address, name, browser...) is held apart.  The event carries a
  *commitment* to it: an HMAC under a key of that person.  When the person is erased, readable
  part and key are destroyed; the chain still holds, and nothing can be guessed from it.
* Once a day a *seal* takes the last hash of every chain that moved as the leaves of a Merkle
  tree (RFC 9162, section 2.1) and keeps its root.  Seals form a chain too, and leave the
  database by mail: whoever cuts off the end of a chain, or a whole chain, contradicts a seal.

A pack shows that what it holds is what the ledger held, and in which order.  What came after the
last seal of the pack, or concerns another person, only the ledger itself can tell.
"""

import hashlib
import hmac
import json
import re
import sys
from datetime import datetime, timedelta
from pathlib import Path

VERSION = "$1$"
FORMAT = "customer-sheet-consent-pack/1"
#: What a seal's hash covers.
SEAL_KEYS = ("date", "root", "leaf_count", "event_count")


def canonical(data):
    """Return the one way of writing ``data`` (dictionaries, lists, texts, numbers) as bytes.

    JSON in UTF-8: keys in the order of their code points, no spaces.

    >>> canonical({"b": None, "a": "é"}).decode()
    '{"a":"é","b":null}'
    """
    text = json.dumps(
        data, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )
    return text.encode()


def link(previous_hash, data):
    """Return the hash of ``data`` that follows ``previous_hash`` (empty for the first).

    >>> first = link("", {"state": "given"})
    >>> first
    '$1$361d97ce4bf528fd42305fa16ba9efd2833cd32f4c7a0f8023e69571ce92a60b'
    >>> link(first, {"state": "withdrawn"}) == link("", {"state": "withdrawn"})
    False
    """
    before = (previous_hash or "").encode()
    return VERSION + hashlib.sha256(before + b"\n" + canonical(data)).hexdigest()


def commitment(key_hex, data):
    """Return the HMAC-SHA256 of ``data`` under a key: proof of it, once one has the key.

    >>> commitment("00" * 32, {"ip": "192.0.2.0"})[:16]
    '2911baf3f6b4c022'
    """
    return hmac.new(bytes.fromhex(key_hex), canonical(data), hashlib.sha256).hexdigest()


def keyed(pepper, text):
    """Return the HMAC-SHA256 of a text: recognises it again, tells it to nobody.

    >>> keyed("pepper", "ada@example.com") == keyed("salt", "ada@example.com")
    False
    """
    return hmac.new(pepper.encode(), text.encode(), hashlib.sha256).hexdigest()


# -- Merkle tree: RFC 9162, section 2.1 -----------------------------------------------------------


def leaf(text):
    """Return the hash of a leaf, in hexadecimal as all hashes here."""
    return hashlib.sha256(b"\x00" + text.encode()).hexdigest()


def _node(left, right):
    both = bytes.fromhex(left) + bytes.fromhex(right)
    return hashlib.sha256(b"\x01" + both).hexdigest()


def _level_above(nodes):
    """Pair the nodes; a last one without a neighbour moves up as it is."""
    above = [_node(*nodes[i : i + 2]) for i in range(0, len(nodes) - 1, 2)]
    return above + nodes[len(above) * 2 :]


def merkle_root(leaves):
    """Return the root over the leaf hashes, which stands for all of them in their order.

    >>> merkle_root([leaf("a")]) == leaf("a")
    True
    """
    nodes = list(leaves)
    while len(nodes) > 1:
        nodes = _level_above(nodes)
    return nodes[0] if nodes else hashlib.sha256(b"").hexdigest()


def merkle_proof(leaves, index):
    """Return the hashes that lead from the leaf at ``index`` to the root (RFC 9162, 2.1.3.1)."""
    nodes, proof = list(leaves), []
    if not 0 <= index < len(nodes):
        raise IndexError(index)
    while len(nodes) > 1:
        if index ^ 1 < len(nodes):
            proof.append(nodes[index ^ 1])
        nodes, index = _level_above(nodes), index // 2
    return proof


def merkle_verify(leaf_hash, index, size, proof, root):
    """Return whether the leaf stands at ``index`` of the ``size`` leaves under ``root``.

    RFC 9162, 2.1.3.2, step by step.

    >>> leaves = [leaf(text) for text in "abcde"]
    >>> merkle_verify(leaf("c"), 2, 5, merkle_proof(leaves, 2), merkle_root(leaves))
    True
    >>> merkle_verify(leaf("x"), 2, 5, merkle_proof(leaves, 2), merkle_root(leaves))
    False
    """
    if not 0 <= index < size:
        return False
    position, last, found = index, size - 1, leaf_hash
    for sibling in proof:
        if last == 0:
            return False
        if position & 1 or position == last:
            found = _node(sibling, found)
            while not position & 1 and position:
                position, last = position >> 1, last >> 1
        else:
            found = _node(found, sibling)
        position, last = position >> 1, last >> 1
    return last == 0 and hmac.compare_digest(found, root)


def leaf_text(uuid, sequence, head_hash):
    """Return what a seal says of one chain: how many events it has, and the hash of the last."""
    return f"{uuid} {sequence} {head_hash}"


def seal_record(seal):
    """Return the part of a seal that its hash covers."""
    return {key: seal[key] for key in SEAL_KEYS}


# -- proof packs ----------------------------------------------------------------------------------


def verify_pack(folder, seal_hashes=()):
    """Yield ``(holds, words)`` for each check of the proof pack unpacked in ``folder``.

    :param seal_hashes: seal hashes known from elsewhere (a mail), to be found in the pack
    :raise OSError, ValueError: there is no readable pack in the folder
    """
    folder = Path(folder)
    events = json.loads((folder / "events.json").read_text("utf-8"))
    inclusion = json.loads((folder / "inclusion.json").read_text("utf-8"))
    chains = events["chains"]
    yield events["format"] == FORMAT, f"the pack is written as {FORMAT}"
    yield bool(chains), "the pack holds the events of a person"
    for chain in chains:
        yield from _check_chain(chain)
    yield from _check_notices(folder, chains)
    yield from _check_documents(folder, chains)
    yield from _check_seals(inclusion["seals"])
    yield from _check_inclusion(chains, inclusion)
    known = {seal["hash"] for seal in inclusion["seals"]}
    for seal_hash in seal_hashes:
        yield seal_hash in known, f"the pack holds the seal {seal_hash}"


def _check_chain(chain):
    before, erased_at = "", 0
    for event in chain["events"]:
        if event["record"]["state"] == "erased":
            erased_at = event["record"]["sequence"]
    for sequence, event in enumerate(chain["events"], 1):
        record = event["record"]
        name = f"chain {chain['uuid']}, event {sequence}"
        what = [record.get(key) for key in ("state", "purpose_code", "channel", "effective_at")]
        words = ", ".join(str(part) for part in what if part)
        yield (
            (record["subject"], record["sequence"]) == (chain["uuid"], sequence),
            f"{name} stands where it says ({words})",
        )
        yield event["prev_hash"] == before, f"{name} follows the event before"
        yield link(event["prev_hash"], record) == event["hash"], f"{name} has the hash it should"
        yield _check_payload(chain, event, name, erased=sequence < erased_at)
        before = event["hash"]


def _check_payload(chain, event, name, erased):
    expected, payload = event["record"]["payload_commitment"], event.get("payload")
    if payload is None and not expected:
        return True, f"{name} has no readable part"
    if payload is None:
        return erased, f"{name}: its readable part was {'erased' if erased else 'REMOVED'}"
    found = commitment(chain["key"], payload)
    return found == expected, f"{name} has the readable part it commits to"


def _hashes(chains, name):
    """Return the SHA-256 hashes that the events hold under ``name``."""
    found = {event["record"].get(name) for chain in chains for event in chain["events"]}
    return sorted(digest for digest in found if digest and re.fullmatch("[0-9a-f]{64}", digest))


def _sha256(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _check_notices(folder, chains):
    """Each notice that the person was shown is there, word for word."""
    for digest in _hashes(chains, "notice_sha256"):
        path = folder / "notices" / f"{digest}.html"
        holds = path.is_file() and _sha256(path) == digest
        yield holds, f"notice {digest} is the text that was shown"


def _check_documents(folder, chains):
    """Each document that an event refers to is the one that was handed over, if it is there."""
    for digest in _hashes(chains, "evidence_sha256"):
        files = [path for path in folder.glob(f"evidence/{digest}/*") if path.is_file()]
        for path in files:
            yield _sha256(path) == digest, f"document {path.name} is the one that was kept"
        if not files:
            yield True, f"document {digest} is not part of this pack"


def _check_seals(seals):
    before = seals[0]["prev_hash"] if seals else ""
    for seal in seals:
        words = f"seal of {seal['date']}, hash {seal['hash']}"
        yield seal["prev_hash"] == before, f"{words} follows the seal before"
        yield link(before, seal_record(seal)) == seal["hash"], f"{words} is intact"
        before = seal["hash"]


def _check_inclusion(chains, inclusion):
    """Each chain stands in the seals as it is here; events after the last seal are named."""
    seals = {seal["hash"]: seal for seal in inclusion["seals"]}
    hashes = {
        (chain["uuid"], sequence): event["hash"]
        for chain in chains
        for sequence, event in enumerate(chain["events"], 1)
    }
    sealed = dict.fromkeys((chain["uuid"] for chain in chains), 0)
    for proof in inclusion["proofs"]:
        uuid, sequence, seal = proof["uuid"], proof["sequence"], seals[proof["seal"]]
        one = leaf(leaf_text(uuid, sequence, hashes.get((uuid, sequence))))
        yield (
            merkle_verify(one, proof["index"], seal["leaf_count"], proof["path"], seal["root"]),
            f"chain {uuid}, events 1 to {sequence}: included in the seal of {seal['date']}",
        )
        sealed[uuid] = max(sealed.get(uuid, 0), sequence)
    last_seal = max((_time(seal["date"]) for seal in seals.values()), default=None)
    for chain in chains:
        for event in chain["events"][sealed[chain["uuid"]] :]:
            yield _check_unsealed(chain, event["record"], last_seal)


def _check_unsealed(chain, record, last_seal):
    """What was recorded after the last seal awaits the next; a day of grace for long imports."""
    late = last_seal and _time(record["recorded_at"]) < last_seal - timedelta(days=1)
    name = f"chain {chain['uuid']}, event {record['sequence']}"
    return not late, f"{name} is {'MISSING from the seals' if late else 'awaiting the next seal'}"


def _time(text):
    """Read ``2026-09-12T08:30:00Z`` or ``2026-09-12 08:30:00``, in UTC as all times here."""
    return datetime.fromisoformat(text[:19])


def main(arguments=None):
    """Check a pack, print each check, return the exit status."""
    arguments = sys.argv[1:] if arguments is None else arguments
    if not arguments or arguments[0].startswith("-"):
        sys.stdout.write(f"{__doc__}\n")
        return 1
    results = []
    try:
        for holds, words in verify_pack(arguments[0], arguments[1:]):
            results.append(holds)
            sys.stdout.write(f"{'ok    ' if holds else 'FAILED'} {words}\n")
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        results.append(False)
        sys.stdout.write(f"FAILED this is not a complete proof pack: {error!r}\n")
    sys.stdout.write(f"{len(results)} checks, {results.count(False)} failed.\n")
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
