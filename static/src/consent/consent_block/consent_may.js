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
 * channel; nothing where that is not known.
 */
export const mayContact = (consents, channel) => consents?.may?.[channel];

/** "Call: refused 14/11/2026" */
export const mayText = (may, channel) => VERBS[channel](may.label);

export const mayQuestion = (channel) => QUESTIONS[channel]();
