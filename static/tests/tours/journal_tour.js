import { registry } from "@web/core/registry";

const line = (text) => `.o_sheet_journal_line:contains(${text})`;

registry.category("web_tour.tours").add("crm_customer_sheet_journal", {
    steps: () => [
        {
            content: "the journal is loaded when its tab is opened",
            trigger: ".o_notebook_headers a[name=sheet_journal]",
            run: "click",
        },
        {
            content: "it tells of the company, its people and their leads",
            trigger: `.o_sheet_journal:has(${line("Nice to meet you")}) ${line("They hesitate")}`,
        },
        {
            content: "nothing reaches beyond the screen",
            trigger: ".o_sheet_journal",
            run() {
                for (const el of document.querySelectorAll(".o_sheet_journal *")) {
                    const { right, width } = el.getBoundingClientRect();
                    if (width > 1 && right > window.innerWidth) {
                        throw new Error(`${el.outerHTML.slice(0, 200)} ends at ${right}`);
                    }
                }
            },
        },
        {
            content: "look for words",
            trigger: ".o_sheet_journal_search",
            run: "edit hesitate",
        },
        {
            content: "only what holds them is left",
            trigger: `.o_sheet_journal:not(:has(${line("Nice to meet you")})) ${line("They hesitate")}`,
        },
        {
            content: "open the lead that it is about",
            trigger: `${line("They hesitate")} .o_sheet_journal_open`,
            run: "click",
        },
        {
            content: "its journal is its customer's",
            trigger: ".o_form_view:has([name=stage_id]) .o_notebook_headers a[name=sheet_journal]",
            run: "click",
        },
        {
            trigger: `.o_sheet_journal ${line("Nice to meet you")}`,
        },
    ],
});
