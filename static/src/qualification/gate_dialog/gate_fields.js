import { _t } from "@web/core/l10n/translation";
import { user } from "@web/core/user";
import { parseXML } from "@web/core/utils/xml";
import { extractFieldsFromArchInfo } from "@web/model/relational_model/utils";
import { FormArchParser } from "@web/views/form/form_arch_parser";
import { loadSubViews } from "@web/views/form/form_controller";

const LEAD = "crm.lead";

/**
 * Loads the fields that answer some questions, as a form of the lead shows them.
 *
 * @param {Object} services {view, isSmall}
 * @param {string[]} codes of the questions
 * @returns {Promise<{archInfos: Object, activeFields: Object, fields: Object}>} "archInfos" by
 *  code, {first, more}: each question is drawn by renderers of its own, beside what is said about
 *  it; "more" are the other fields that would do, if there are any
 */
export async function loadGateFields({ view, isSmall }, codes) {
    const { views, relatedModels, fields } = await view.loadViews({
        resModel: LEAD,
        views: [[false, "form"]],
        context: {
            ...user.context,
            form_view_ref: "crm_customer_sheet.crm_lead_view_form_gate",
            sheet_gate_view_ref: codes.join(";"),
        },
    });
    const arch = parseXML(views.form.arch);
    const archInfos = {};
    const activeFields = {};
    const load = async (name) => {
        const group = arch.querySelector(`group[name="${name}"]`);
        if (!group) {
            return;
        }
        const archInfo = new FormArchParser().parse(asForm(group), relatedModels, LEAD);
        setOwnIds(archInfo, name);
        await loadSubViews(archInfo.fieldNodes, fields, {}, LEAD, view, isSmall);
        Object.assign(activeFields, extractFieldsFromArchInfo(archInfo, fields).activeFields);
        return archInfo;
    };
    for (const [number, code] of codes.entries()) {
        const name = `sheet_gate_${number}`;
        archInfos[code] = { first: await load(name), more: await load(`${name}_more`) };
    }
    return { archInfos, activeFields, fields };
}

/** The form behind shows the same fields: a label would lead to its input. */
function setOwnIds(archInfo, prefix) {
    for (const node of archInfo.xmlDoc.querySelectorAll("field[field_id]")) {
        const id = node.getAttribute("field_id");
        const ownId = `${prefix}_${id}`;
        node.setAttribute("field_id", ownId);
        archInfo.fieldNodes[ownId] = archInfo.fieldNodes[id];
        delete archInfo.fieldNodes[id];
    }
}

function asForm(group) {
    const form = group.ownerDocument.createElement("form");
    form.append(group.cloneNode(true));
    return form;
}

/** Why a question that has some answer counts as open, in words. */
export function openReason({ state, value }) {
    switch (state) {
        case "unknown":
            return _t("Marked as not known yet. That does not pass the gate.");
        case "placeholder":
            return _t("“%s” looks like filler", value);
        case "invalid":
            return value ? _t("“%s” is not valid", value) : _t("Not valid");
        default:
            return "";
    }
}
