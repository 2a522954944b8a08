/**
 * Sorts the open questions of a sheet into what the ring's list shows.
 *
 * @param {Object} gaps as in the field "sheet_gaps": what counts now comes first
 * @param {Object} answers what `sheet_answers()` returned, by question code
 * @returns {{now: Object[], flags: Object[], unknown: Object[], next: Object[]}} "now" in
 *  groups {label, items} by section, "next" in groups by stage, the others plain items
 */
export function groupGaps({ items, flags = [] }, answers) {
    const isUnknown = (item) => answers[item.code]?.state === "unknown";
    const open = items.filter((item) => !isUnknown(item));
    return {
        now: groupByLabel(
            open.filter((item) => item.now),
            "section_label"
        ),
        flags,
        unknown: items.filter(isUnknown),
        next: groupByLabel(
            open.filter((item) => !item.now),
            "stage"
        ),
    };
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
