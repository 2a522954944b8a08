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
 * channel; false where nothing is known of the person.
 */
export function mayContact(consents, channel) {
    const cell = prospectingCell(consents, channel);
    const known = consents?.may?.[channel];
    if (known) {
        return { ...known, date: cell?.date };
    }
    const { date, reasons } = cell || {};
    return cell ? { state: stateOf(cell), label: _t("not now"), reasons, date } : false;
}

function stateOf(cell) {
    if (cell.allowed) {
        return "yes";
    }
    if (isGiven(cell)) {
        return "limited";
    }
    return isRefused(cell) || cell.requirement === "forbidden" ? "refused" : "ask";
}

/** "Call: refused 14/11/2026" */
export function mayText(may, channel) {
    return VERBS[channel](answerText(may));
}

export const mayQuestion = (channel) => QUESTIONS[channel]();

function answerText({ date, label, state }) {
    switch (state) {
        case "yes":
            return _t("yes");
        case "ask":
            return _t("ask first");
        case "refused":
            return date ? _t("refused %s", dateText(date)) : _t("refused");
        default:
            return label;
    }
}
