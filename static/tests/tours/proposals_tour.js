import { registry } from "@web/core/registry";

const row = (label) => `.o_sheet_proposal:has(th:contains(${label}))`;
const EMAIL = ".o_group .o_field_widget[name=email_from] input";

registry.category("web_tour.tours").add("crm_customer_sheet_proposals", {
    steps: () => [
        {
            content: "the form says that something is proposed, and no more",
            trigger: ".o_sheet_proposals_toggle[aria-expanded=false]:contains(3 proposed answers)",
            run: "click",
        },
        {
            content: "what stands, what is proposed and who said it are read together",
            trigger: `${row("E-mail")}:contains(ada@atlasmeca.fr):contains(ada@elsewhere.fr):contains(Ada)`,
        },
        {
            content: "nothing reaches beyond the screen",
            trigger: ".o_sheet_proposals_table",
            run() {
                for (const el of document.querySelectorAll(".o_sheet_proposals *")) {
                    const { right, width } = el.getBoundingClientRect();
                    if (width && right > window.innerWidth) {
                        throw new Error(`${el.outerHTML.slice(0, 200)} ends at ${right}`);
                    }
                }
            },
        },
        {
            content: "accept the e-mail",
            trigger: `${row("E-mail")} .o_sheet_proposal_accept`,
            run: "click",
        },
        {
            content: "it is written",
            trigger: `.o_form_view:has(.o_sheet_proposals_toggle:contains(2 proposed answers)) ${EMAIL}:value(ada@elsewhere.fr)`,
        },
        {
            content: "take it back",
            trigger: ".o_notification:contains(Accepted) button:contains(Undo)",
            run: "click",
        },
        {
            content: "the former address stands",
            trigger: `.o_form_view:has(.o_sheet_proposals_toggle:contains(3 proposed answers)) ${EMAIL}:value(ada@atlasmeca.fr)`,
        },
        {
            content: "accept what fills gaps",
            trigger: ".o_sheet_proposals_empty:enabled",
            run: "click",
        },
        {
            content: "one is left",
            trigger: ".o_sheet_proposals_toggle:contains(1 proposed answer)",
        },
        {
            content: "keep mine",
            trigger: `${row("E-mail")} .o_sheet_proposal_keep:enabled`,
            run: "click",
        },
        {
            content: "nothing is left",
            trigger: ".o_form_view:not(:has(.o_sheet_proposals))",
        },
    ],
});
