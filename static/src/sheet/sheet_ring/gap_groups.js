import { _t } from "@web/core/l10n/translation";

/**
 * Sorts the open questions of a sheet into what the ring's list shows, each question once.
 *
 * @param {Object} gaps as in the field "sheet_gaps": what counts now comes first
 * @param {Object} answers what `sheet_answers()` returned, by question code
 * @returns {{gates: Object[], now: Object[], flags: Object[], unknown: Object[], next: Object[]}}
 *  "gates" as the server tells them, "now" in groups {label, items} by section, "next" in groups
 *  by stage, the others plain items
 */
export function groupGaps({ items, flags = [], gates = [] }, answers) {
    const isUnknown = (item) => answers[item.code]?.state === "unknown";
    const criteria = gates.flatMap(({ missing }) => missing);
    const asked = new Set(criteria.flatMap((criterion) => criterion.items.map(({ code }) => code)));
    const wanted = items.filter(({ code }) => !asked.has(code));
    const open = wanted.filter((item) => !isUnknown(item));
    return {
        gates,
        now: groupByLabel(
            open.filter((item) => item.now),
            "section_label"
        ),
        flags: flags.filter(({ code }) => !asked.has(code)),
        unknown: wanted.filter(isUnknown),
        next: groupByLabel(
            open.filter((item) => !item.now),
            "stage"
        ),
    };
}

/** How many of the answers to a gate's criterion are enough, in words. */
export function enoughText({ needed, items }) {
    if (needed >= items.length) {
        return "";
    }
    if (needed > 1) {
        return _t("%s of these are enough", needed);
    }
    return items.length === 2 ? _t("one of the two is enough") : _t("one of these is enough");
}

/** Groups in the order of their first item: the server sorted them. */
function groupByLabel(items, key) {
    const groups = new Map();
    for (const item of items) {
        const group = groups.get(item[key]) || { label: item[key], items: [] };
        group.items.push(item);
        groups.set(item[key], group);
    }
    return [...groups.values()];
}
