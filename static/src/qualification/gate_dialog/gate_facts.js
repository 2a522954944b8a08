import { _t } from "@web/core/l10n/translation";

/** Name under which the server's refusal of a stage reaches the web client. */
export const GATE_REFUSED =
    "odoo.addons.crm_customer_sheet.models.qualification.gate.exceptions.GateRefused";

/**
 * @param {Object} facts of a refusal
 * @returns {Object[]} one entry per lead: a lead may stand before several gates
 */
export function leadsOf(facts) {
    const leads = new Map();
    for (const { id, name, gate_id, missing, met } of facts.leads) {
        const lead = leads.get(id) || { id, name, gateIds: [], missing: [], met: [] };
        lead.gateIds.push(gate_id);
        lead.missing.push(...missing);
        lead.met.push(...met);
        leads.set(id, lead);
    }
    return [...leads.values()];
}

/** The refusal that concerns one lead only, in the form of the whole refusal. */
export function factsOfLead(facts, leadId) {
    const leads = facts.leads.filter((lead) => lead.id === leadId);
    return { ...facts, leads, passed: [] };
}

export function criterionKey({ gate, criterion }) {
    return `${gate}/${criterion}`;
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

/** How many of a criterion's alternatives are needed, in words; fields are alternatives too. */
export function neededText({ any_of, needed }) {
    if (any_of.flatMap(({ fields }) => fields).length < 2) {
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
