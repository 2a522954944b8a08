import { deserializeDate, deserializeDateTime } from "@web/core/l10n/dates";
import { formatCurrency } from "@web/core/currency";
import { _t } from "@web/core/l10n/translation";

const { DateTime } = luxon;

export const KIND_ICONS = {
    email: "fa-envelope-o",
    sms: "fa-commenting-o",
    call: "fa-phone",
    meeting: "fa-users",
    note: "fa-pencil",
};

/** A moment as one says it, with the year where it is another; a day is the same everywhere. */
export function momentText(at, isDay = false) {
    const moment = isDay ? deserializeDate(at.slice(0, 10)) : deserializeDateTime(at);
    const year = moment.year === DateTime.local().year ? {} : { year: "numeric" };
    return moment.toLocaleString({ day: "numeric", month: "short", ...year });
}

/** "12,400 € + $ 300" */
export function amountsText(amounts) {
    return amounts
        .map(({ amount, currency }) => formatCurrency(amount, currency, { trailingZeros: false }))
        .join(" + ");
}

function lateText(days) {
    return days > 1 ? _t("%s days late", days) : _t("late since yesterday");
}

/** The amounts; of what is late, for how long; else the name of what stands alone. */
export function businessText({ amounts, count, is_late, names, since }) {
    const days = Math.floor(DateTime.local().diff(DateTime.fromISO(since), "days").days);
    return [
        amounts.length ? amountsText(amounts) : names.join(", "),
        is_late ? lateText(days) : amounts.length && count === 1 && names[0],
    ]
        .filter(Boolean)
        .join(" · ");
}
