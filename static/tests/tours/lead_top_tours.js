import { registry } from "@web/core/registry";
import { refusedToCall } from "./sheet_steps";

const OURS = [
    ".o_sheet_top",
    ".o_sheet_point",
    ".o_widget_sheet_why",
    ".o_widget_sheet_proposals",
    ".o_widget_sheet_matches",
].join(",");

const rectOf = (selector) => document.querySelector(selector).getBoundingClientRect();

/** How much lower the tabs are than they would be without us. */
function lowered() {
    const top = () => rectOf(".o_notebook_headers").top;
    const style = document.createElement("style");
    style.textContent = `${OURS} { display: none !important; }`;
    const withUs = top();
    document.head.append(style);
    const lower = withUs - top();
    style.remove();
    return lower;
}

/** Stock's own bars of tabs and of the chatter reach further: they scroll. */
const FITTING =
    ".o_form_view :is(.o_field_widget, .o_sheet_ring, .o_sheet_top *, .o_sheet_point *)";

const fitsTheScreen = () => ({
    content: "nothing reaches beyond the screen",
    trigger: ".o_form_view .o_form_sheet",
    run() {
        for (const el of document.querySelectorAll(FITTING)) {
            const { right, width } = el.getBoundingClientRect();
            if (width && right > window.innerWidth && !el.closest(".visually-hidden")) {
                throw new Error(`${el.outerHTML.slice(0, 200)} ends at ${right}`);
            }
        }
    },
});

const said = () => [
    refusedToCall(),
    {
        content: "a mistyped address is told at its field",
        trigger: ".o_sheet_check_reason:contains(looks mistyped)",
    },
];

/** The top of a lead is hardly higher than stock's, and tells everything. */
registry.category("web_tour.tours").add("crm_customer_sheet_lead_top", {
    steps: () => [
        ...said(),
        {
            content: "and nowhere else",
            trigger: ".o_form_view:not(:has(.o_sheet_proposals))",
        },
        {
            content: "the count, what comes next, how far it is qualified, and the score",
            trigger: ".o_sheet_ring_count:contains(of)",
        },
        {
            trigger: ".o_sheet_top:has([name=sheet_next_action]):has(.o_sheet_score)",
            run() {
                const lower = lowered();
                if (!(lower <= 60)) {
                    throw new Error(`The tabs are ${lower} px lower than without us`);
                }
            },
        },
    ],
});

/** A phone shows all of it, without a collision. */
registry.category("web_tour.tours").add("crm_customer_sheet_lead_top_phone", {
    steps: () => [
        ...said(),
        fitsTheScreen(),
        {
            content: "the count stands clear of the stages",
            trigger: ".o_sheet_ring_count:contains(of)",
            run() {
                const ring = rectOf(".o_sheet_ring button");
                const stages = rectOf(".o_statusbar_status");
                if (ring.right > stages.left && ring.bottom > stages.top) {
                    throw new Error("The ring and the stages collide");
                }
            },
        },
    ],
});

registry.category("web_tour.tours").add("crm_customer_sheet_contact_top_phone", {
    steps: () => [...said(), fitsTheScreen()],
});
