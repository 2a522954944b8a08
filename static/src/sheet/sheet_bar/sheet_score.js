import { user } from "@web/core/user";

/** A score (0-100) the way the user's language writes a percentage: "72%", "72 %". */
export function formatScore(score) {
    const style = { style: "percent", maximumFractionDigits: 0 };
    return new Intl.NumberFormat(user.lang, style).format(score / 100);
}
