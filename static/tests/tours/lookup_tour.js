import { registry } from "@web/core/registry";

const DIALOG = ".o_sheet_lookup_dialog";

/** In any language: a name is typed, one company chosen, and what the register says decided. */
registry.category("web_tour.tours").add("crm_customer_sheet_lookup", {
    steps: () => [
        {
            content: "the company is on a tab of the opportunity",
            trigger: ".o_notebook_headers [name=lead]",
            run: "click",
        },
        {
            content: "look it up",
            trigger: ".o_sheet_lookup[data-field=partner_name]",
            run: "click",
        },
        {
            content: "by another name",
            trigger: `${DIALOG} input`,
            run: "edit ateliers du verdon",
        },
        {
            content: "ask again",
            trigger: `${DIALOG} .o_sheet_lookup_search:enabled`,
            run: "click",
        },
        {
            content: "it is told where it is",
            trigger: `${DIALOG} .o_sheet_lookup_candidate:contains(Castellane):enabled`,
            run: "click",
        },
        {
            content: "what the register says stands beside what stands here",
            trigger: `${DIALOG} .o_sheet_proposal:contains(Ateliers du Verdon) .o_sheet_proposal_accept:enabled`,
            run: "click",
        },
        {
            content: "it is accepted",
            trigger: `${DIALOG}:not(:has(.o_sheet_proposal:contains(Ateliers du Verdon)))`,
        },
        {
            content: "nothing reaches beyond the screen",
            trigger: `${DIALOG} .o_sheet_proposal`,
            run() {
                for (const el of document.querySelectorAll(`${DIALOG} *`)) {
                    const { right, width } = el.getBoundingClientRect();
                    if (width && right > window.innerWidth) {
                        throw new Error(`${el.outerHTML.slice(0, 200)} ends at ${right}`);
                    }
                }
            },
        },
        {
            content: "the rest waits",
            trigger: ".o_sheet_lookup_close",
            run: "click",
        },
        {
            content: "on the sheet",
            trigger: ".o_form_view:not(:has(.modal)) .o_sheet_proposals_toggle",
        },
        {
            content: "with its new name",
            trigger: ".o_field_widget[name=partner_name] input:value(Ateliers du Verdon)",
        },
    ],
});
