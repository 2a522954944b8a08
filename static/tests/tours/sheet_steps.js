/** Steps that several journeys share, on desktop and on a phone. */

export const openSheet = () => ({
    content: "open the customer sheet",
    trigger: ".o_notebook .nav-link[name=customer_sheet]",
    run: "click",
});

/** How many questions the ring says are answered. */
export const answered = () => parseInt(document.querySelector(".o_sheet_ring_count").textContent);

export const type = (fieldName, value) => ({
    content: `type into ${fieldName}`,
    trigger: `.o_field_widget[name=${fieldName}]:not(.o_readonly_modifier) :is(input, textarea)`,
    run: `edit ${value} && press Tab`,
});

/** Types a date; one that is set is a button until it is clicked. */
export const typeDate = (fieldName, value) => [
    {
        content: `edit ${fieldName}`,
        trigger: `.o_field_widget[name=${fieldName}] :is(input, button)`,
        run: "click",
    },
    type(fieldName, value),
];

/** Chooses a value of a selection. */
export const choose = (fieldName, label) => [
    {
        content: `open the choices of ${fieldName}`,
        trigger: `.o_field_widget[name=${fieldName}] .o_select_menu_toggler`,
        run: "click",
    },
    {
        trigger: `.o_select_menu_item:contains(${label})`,
        run: "click",
    },
];

/** Chooses a value of a controlled list; a phone shows it as a page of its own. */
export const pick = (fieldName, label) => [
    {
        content: `look for the value of ${fieldName}`,
        trigger: `.o_field_widget[name=${fieldName}] input`,
        isActive: ["desktop"],
        run: `edit ${label}`,
    },
    {
        isActive: ["desktop"],
        trigger: `.o-autocomplete--dropdown-item a:contains(${label})`,
        run: "click",
    },
    {
        content: `open the list of ${fieldName}`,
        trigger: `.o_field_widget[name=${fieldName}] input`,
        isActive: ["mobile"],
        run: "click",
    },
    {
        isActive: ["mobile"],
        trigger: `.modal .o_kanban_record:contains(${label})`,
        run: "click",
    },
];

export const tallyOf = (title) =>
    `.o_horizontal_separator:has(span:contains(${title})) .o_sheet_tally`;

/** A phone shows the links of a number all the time, a desk when one is in its field. */
export const refusedToCall = () => ({
    content: "a refusal is said in words beside the number, which is no link any more",
    trigger: ".o_consent_mark[data-channel=phone]:contains(refused)",
    run() {
        for (const link of document.querySelectorAll(".o_field_phone a")) {
            if (link.getClientRects().length) {
                throw new Error(`A number that was refused is a link: ${link.outerHTML}`);
            }
        }
    },
});
