import {
    dateText,
    isGiven,
    isRefused,
} from "@crm_customer_sheet/consent/consent_block/consent_words";
import { _t } from "@web/core/l10n/translation";

const VERBS = {
    email: (answer) => _t("Write: %s", answer),
    phone: (answer) => _t("Call: %s", answer),
    sms: (answer) => _t("SMS: %s", answer),
};

const QUESTIONS = {
    email: () => _t("May I write to them for prospecting?"),
    phone: () => _t("May I call them for prospecting?"),
    sms: () => _t("May I send them text messages for prospecting?"),
};

export const MAY_ICONS = {
    yes: "fa-check text-success",
    limited: "fa-clock-o text-warning",
    ask: "fa-question text-warning",
    refused: "fa-ban text-danger",
};

/** What the ledger says of prospecting on a channel. */
export function prospectingCell(consents, channel) {
    const line = consents?.lines?.find(({ purpose }) => purpose === "prospecting");
    return line?.cells[channel];
}

/**
 * Returns `{state, label, reasons}`: whether one may contact the person for prospecting on a
 * channel; false where nothing is known.
 */
export function mayContact(consents, channel) {
    return consents?.may ? consents.may[channel] : mayOfCell(prospectingCell(consents, channel));
}

/** The same, of what the ledger says. */
function mayOfCell(cell) {
    if (!cell) {
        return false;
    }
    const { reasons } = cell;
    if (cell.allowed) {
        return { state: "yes", label: _t("yes"), reasons };
    }
    if (isGiven(cell)) {
        return { state: "limited", label: _t("not now"), reasons };
    }
    if (isRefused(cell)) {
        return { state: "refused", label: _t("refused %s", dateText(cell.date)), reasons };
    }
    return { state: "ask", label: _t("ask first"), reasons };
}

/** "Call: refused 14/11/2026" */
export const mayText = (may, channel) => VERBS[channel](may.label);

export const mayQuestion = (channel) => QUESTIONS[channel]();
