import { _t } from "@web/core/l10n/translation";

const MARKS = {
    unknown: "fa-circle-o",
    stated: "fa-circle",
    confirmed: "fa-check-circle",
};

/** Mark of the state of a pillar; the state is also said in words. */
export const markOf = ({ state, is_old }) => (is_old ? "fa-clock-o" : MARKS[state]);

/** The state of a pillar as its button says it. */
export function pillarStateText({ state, days, is_old }) {
    if (state === "unknown") {
        return _t("unknown");
    }
    if (state === "stated") {
        return _t("stated");
    }
    if (is_old) {
        return _t("confirmed %s d: check again", days);
    }
    return days ? _t("confirmed %s d", days) : _t("confirmed today");
}

/** How long ago it was confirmed, in a sentence. */
export function confirmedText({ days, is_old }) {
    if (is_old) {
        return _t("confirmed %s days ago: check again", days);
    }
    if (!days) {
        return _t("confirmed today");
    }
    return days === 1 ? _t("confirmed yesterday") : _t("confirmed %s days ago", days);
}
