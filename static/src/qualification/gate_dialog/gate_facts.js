import { _t } from "@web/core/l10n/translation";

/** Name under which the server's refusal of a stage reaches the web client. */
export const GATE_REFUSED =
    "odoo.addons.crm_customer_sheet.models.qualification.gate.exceptions.GateRefused";

/** Context in which a gate that only warns does not ask: the person has decided. */
export const ANYWAY = { sheet_gate_ask: false };

/**
 * @param {Object} facts of a refusal
 * @returns {Object[]} one entry per lead: a lead may stand before several gates
 */
export function leadsOf(facts) {
    const leads = new Map();
    for (const { id, name, gate_id, still, missing, met } of facts.leads) {
        const lead = leads.get(id) || { id, name, gateIds: [], still: 0, missing: [], met: [] };
        lead.gateIds.push(gate_id);
        lead.still += still;
        lead.missing.push(...missing);
        lead.met.push(...met);
        leads.set(id, lead);
    }
    return [...leads.values()];
}

/** Whether the gates only warn: the person may move the leads all the same. */
export function isWarning({ leads }) {
    return leads.every(({ mode }) => mode === "warn");
}

/** The refusal that concerns one lead only, in the form of the whole refusal. */
export function factsOfLead(facts, leadId) {
    const leads = facts.leads.filter((lead) => lead.id === leadId);
    return { ...facts, leads, passed: [] };
}

export function isAnswered(option) {
    return option.state === "filled";
}

/** Codes of the questions that would satisfy the criteria, each once. */
export function openCodes(criteria) {
    const open = criteria.flatMap(({ any_of }) => any_of.filter((option) => !isAnswered(option)));
    return [...new Set(open.map(({ code }) => code))];
}

export function missingTitle(stage, count) {
    if (!count) {
        return _t("Nothing is missing any more to enter “%s”", stage);
    }
    if (count === 1) {
        return _t("To enter “%s”, 1 thing is missing", stage);
    }
    return _t("To enter “%(stage)s”, %(count)s things are missing", { stage, count });
}

/** Of how many of the missing criteria the gate makes do, in words, where not all are needed. */
export function stillText({ still, missing }) {
    if (still >= missing.length) {
        return "";
    }
    return still > 1 ? _t("%s of these are enough.", still) : _t("One of these is enough.");
}

/**
 * Sorts the answers of a criterion into what a person sees at once and what is behind "or...":
 * one question for each way to satisfy it, of many ways the first ones.
 */
export function arrange({ any_of, needed }) {
    const ways = new Set();
    const shown = [];
    const others = [];
    for (const option of any_of) {
        const isNew = !ways.has(option.item) && ways.size < Math.max(needed, 2);
        if (isNew && !isAnswered(option)) {
            ways.add(option.item);
        }
        (isNew || isAnswered(option) ? shown : others).push(option);
    }
    return { shown, others };
}

/** How many of a criterion's ways are needed, in words; "" where there is only one. */
export function neededText({ any_of, needed }) {
    if (new Set(any_of.map(({ item }) => item)).size < 2) {
        return "";
    }
    return needed > 1 ? _t("%s of these are needed", needed) : _t("one is enough");
}

/** What is there already, for a criterion that is met. */
export function metText({ any_of }) {
    return any_of
        .filter(isAnswered)
        .map(({ value }) => value)
        .join(" · ");
}

/** A criterion in one line, for where its fields are not shown. */
export function criterionText({ criterion, any_of }) {
    const labels = [...new Set(any_of.map(({ label }) => label))].join(", ");
    return labels === criterion ? labels : `${criterion} (${labels})`;
}
