import { deserializeDate, formatDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";

const ISO_DATE = /^\d{4}-\d{2}-\d{2}$/;
const GRANTS = ["given", "renewed"];
const REFUSALS = ["refused", "withdrawn", "objected"];

export const isGiven = (cell) => GRANTS.includes(cell.state);
export const isRefused = (cell) => REFUSALS.includes(cell.state);

/** Mark of a cell; the state is also said in words. */
export function markOf(cell) {
    if (isRefused(cell)) {
        return "fa-ban text-danger";
    }
    if (cell.allowed) {
        return "fa-check text-success";
    }
    if (isGiven(cell)) {
        return "fa-exclamation-triangle text-warning";
    }
    return cell.requested ? "fa-hourglass-half text-muted" : "fa-minus text-muted";
}

/** A date as the user reads it; the server may have written it so already. */
export function dateText(date) {
    return ISO_DATE.test(date || "") ? formatDate(deserializeDate(date)) : date || "";
}

/** What the table says of one purpose and channel: "given", "legitimate interest"... */
export function cellWords(cell) {
    if (cell.words) {
        return cell.words;
    }
    if (cell.allowed) {
        return cell.basis || _t("allowed");
    }
    return cell.requested ? _t("asked") : _t("no decision");
}

/** The date that belongs to these words. */
export function cellDate(cell) {
    return dateText(cell.date || (cell.allowed ? "" : cell.requested));
}

/** The answers that one may note, in the words of the buttons. */
export function decisionsFor(cell) {
    const against = isGiven(cell)
        ? { state: "withdrawn", label: _t("Withdrawn") }
        : { state: "objected", label: _t("Objection") };
    return [
        { state: "given", label: _t("Given") },
        { state: "refused", label: _t("Refused") },
        against,
    ];
}
