"""What goes into a proof pack: the record in public terms, and a ZIP of all files."""

import io
import zipfile

#: The same pack is the same file: no time of packing in it.
_EPOCH = (1980, 1, 1, 0, 0, 0)

CONTEXT = {
    "dpv": "https://w3id.org/dpv#",
    "dpv-27560": "https://w3id.org/dpv/schema/dpv-27560#",
    "eu-gdpr": "https://w3id.org/dpv/legal/eu/gdpr#",
    "pd": "https://w3id.org/dpv/pd#",
    "dct": "http://purl.org/dc/terms/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
}

STATUSES = {
    "requested": "dpv:ConsentRequested",
    "given": "dpv:ConsentGiven",
    "refused": "dpv:ConsentRefused",
    "withdrawn": "dpv:ConsentWithdrawn",
    "renewed": "dpv:RenewedConsentGiven",
    "expired": "dpv:ConsentExpired",
    "annulled": "dpv:ConsentInvalidated",
}

PURPOSES = {
    "prospecting": "dpv:DirectMarketing",
    "newsletter": "dpv:DirectMarketing",
    "loyalty": "dpv:CustomerRelationshipManagement",
    "customer": "dpv:CustomerManagement",
    "precontract": "dpv:EstablishContractualAgreement",
}

LEGAL_BASES = {
    "consent": ["dpv:Consent", "eu-gdpr:A6-1-a"],
    "contract": ["dpv:ContractPerformance", "eu-gdpr:A6-1-b"],
    "precontract": ["dpv:EnterIntoContract", "eu-gdpr:A6-1-b"],
    "legitimate_interest": ["dpv:LegitimateInterest", "eu-gdpr:A6-1-f"],
    "legal_obligation": ["dpv:LegalObligation", "eu-gdpr:A6-1-c"],
}

PERSONAL_DATA = {
    "email": "pd:EmailAddress",
    "phone": "pd:TelephoneNumber",
    "sms": "pd:TelephoneNumber",
    "post": "pd:PhysicalAddress",
}


def json_ld(head, controllers, decisions):
    """Return the consent record as JSON-LD: W3C DPV in the layout of ISO/IEC TS 27560:2023.

    Fields of the standard that the notice tells (recipients, storage, rights...) are not
    repeated: the notice itself is in the pack under its hash.

    :param head: ``uuid``, ``others`` (numbers joined with it), ``created`` and ``lang``
    :param controllers: list of ``{"@id", "name", "address", "email", "phone", "website"}``
    :param decisions: list, in time, of ``{"state", "purpose", "label", "description", "channel",
        "basis", "at", "expires", "how", "who", "controller", "notice", "hash"}``
    """
    processes = {}
    for decision in decisions:
        if not decision["purpose"]:  # joins and erasures decide nothing
            continue
        key = decision["purpose"], decision["channel"], decision["controller"]
        process = processes.setdefault(key, _process(decision))
        _add(process, decision)
    return {
        "@context": CONTEXT,
        "@id": f"urn:uuid:{head['uuid']}",
        "@type": ["dpv:ConsentRecord"],
        "dct:conformsTo": "dpv-27560:record-eu-gdpr",
        "dpv:hasIdentifier": head["uuid"],
        "dct:created": head["created"],
        "dct:creator": controllers[0]["@id"],
        "dct:language": head["lang"][:2],
        "dpv:hasDataSubject": {
            "@type": ["dpv:DataSubject"],
            "dpv:hasIdentifier": head["uuid"],
            "dct:identifier": head["others"],
        },
        "dpv:hasEntity": [_entity(controller) for controller in controllers],
        "dpv:hasProcess": list(processes.values()),
    }


def _entity(controller):
    contact = {
        "@type": "schema:ContactPoint",
        "schema:email": controller["email"],
        "schema:telephone": controller["phone"],
        "schema:url": controller["website"],
    }
    entity = {
        "@id": controller["@id"],
        "@type": ["dpv:DataController"],
        "dpv:hasName": controller["name"],
        "schema:address": controller["address"],
        "schema:contactPoint": {key: value for key, value in contact.items() if value},
    }
    return {key: value for key, value in entity.items() if value}


def _process(decision):
    purpose = {
        "@type": ["dpv:Purpose"],
        "skos:broader": PURPOSES.get(decision["purpose"], "dpv:Purpose"),
        "skos:prefLabel": decision["label"],
        "skos:definition": decision["description"],
    }
    channel = decision["channel"]
    return {
        "@type": "dpv:Process",
        "dpv:hasPurpose": [{key: value for key, value in purpose.items() if value}],
        "dpv:hasPersonalData": [PERSONAL_DATA[channel]] if channel else [],
        "dpv:hasDataController": [decision["controller"]],
        "dpv:hasLegalBasis": [],
        "dpv:hasConsentStatus": [],
    }


def _add(process, decision):
    """Add a decision to its process, in the terms that DPV has for it."""
    for basis in LEGAL_BASES.get(decision["basis"], ()):
        if basis not in process["dpv:hasLegalBasis"]:
            process["dpv:hasLegalBasis"].append(basis)
    act = {
        "dct:identifier": decision["hash"],
        "dpv:isIndicatedAtTime": decision["at"],
        "dpv:hasIndicationMethod": decision["how"],
        "dpv:isIndicatedBy": decision["who"],
    }
    if decision["expires"]:
        act["dpv:hasDuration"] = {
            "@type": ["dpv:UntilTimeDuration"],
            "rdf:value": decision["expires"],
        }
    if decision["notice"]:
        act["dpv:hasNotice"] = {
            "@type": ["dpv:PrivacyNotice"],
            "dpv:hasIdentifier": f"sha256:{decision['notice']}",
            "schema:url": f"notices/{decision['notice']}.html",
        }
    if decision["state"] in STATUSES:
        act = {"@type": [STATUSES[decision["state"]], "dpv:ExpressedConsent"], **act}
        process["dpv:hasConsentStatus"].append(act)
    elif decision["state"] == "objected":
        # an objection is no consent: it exercises Art. 21 GDPR
        process.setdefault("dpv:hasRight", []).append({"@type": ["eu-gdpr:A21"], **act})
    else:
        process.setdefault("dpv:hasNotice", []).append({"@type": ["dpv:PrivacyNotice"], **act})


def zipped(files):
    """Return the ZIP of ``{name: bytes}``; the same files make the same ZIP.

    >>> zipped({"b": b"2", "a": b"1"}) == zipped({"a": b"1", "b": b"2"})
    True
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, files[name])
    return buffer.getvalue()


def safe_name(name):
    """Return a file name that unpacks anywhere.

    >>> safe_name("../scan: n° 2.pdf"), safe_name(""), safe_name("CON.txt")
    ('_scan_ n° 2.pdf', 'document', '_CON.txt')
    """
    kept = "".join(sign if sign.isalnum() or sign in " .-_°()" else "_" for sign in name or "")
    kept = kept.strip(" .")[-100:]
    stem = kept.split(".")[0].upper()
    reserved = (
        stem in ("CON", "PRN", "AUX", "NUL") or stem[:3] in ("COM", "LPT") and stem[3:].isdigit()
    )
    return ("_" + kept if reserved else kept) or "document"
