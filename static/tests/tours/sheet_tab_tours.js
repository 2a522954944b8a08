import { registry } from "@web/core/registry";
import { stepUtils } from "@web_tour/tour_utils";
import { openSheet, type } from "./sheet_steps";

const PHONE = "+33 1 42 68 53 00";

/** A step that fails unless a field of the form holds a value. */
const holds = (name, value) => ({
    content: `${name} holds ${value}`,
    trigger: `.o_field_widget[name=${name}] .o_input:value(${value})`,
});

const saves = () =>
    performance.getEntriesByType("resource").filter(({ name }) => name.includes("/web_save"));

registry.category("web_tour.tours").add("crm_customer_sheet_tab", {
    steps: () => [
        {
            content: "the form has come without its page",
            trigger: ".o_form_view:not(:has([name=sheet_need])) .o_sheet_ring button",
        },
        type("phone", PHONE),
        openSheet(),
        holds("sheet_need", "Audit"),
        holds("phone", PHONE),
        type("sheet_decision_maker", "Nora"),
        {
            content: "nothing has been saved by opening the tab",
            trigger: ".o_form_dirty",
            run() {
                if (saves().length) {
                    throw new Error("The form was saved by opening the tab.");
                }
            },
        },
        ...stepUtils.saveForm(),
        {
            content: "both halves in one go",
            trigger: ".o_form_saved",
            run() {
                if (saves().length !== 1) {
                    throw new Error(`${saves().length} saves instead of one.`);
                }
            },
        },
        type("sheet_decision_maker", "Somebody else"),
        type("phone", "1"),
        {
            content: "discard both",
            trigger: ".o_form_button_cancel",
            run: "click",
        },
        holds("sheet_decision_maker", "Nora"),
        holds("phone", PHONE),
    ],
});

registry.category("web_tour.tours").add("crm_customer_sheet_tab_pager", {
    steps: () => [
        {
            content: "open the first of two leads",
            trigger: ".o_data_row td[name=name]:contains(Lead A)",
            run: "click",
        },
        openSheet(),
        holds("sheet_need", "Need of A"),
        { trigger: ".o_pager_next", run: "click" },
        holds("sheet_need", "Need of B"),
        {
            content: "with its sector",
            trigger: "[name=sheet_sector_saas]:not(:has([name=sheet_nace_code]))",
        },
        { trigger: ".o_pager_previous", run: "click" },
        holds("sheet_need", "Need of A"),
        {
            content: "and the sector of the other",
            trigger: "[name=sheet_sector_industry] [name=sheet_nace_code]",
        },
    ],
});

registry.category("web_tour.tours").add("crm_customer_sheet_tab_new", {
    steps: () => [
        type("name", "A lead from nowhere"),
        openSheet(),
        type("sheet_need", "Something new"),
        holds("name", "A lead from nowhere"),
        {
            content: "the ring follows a record that is not saved",
            trigger: ".o_form_dirty .o_sheet_ring button",
        },
        ...stepUtils.saveForm(),
        holds("sheet_need", "Something new"),
    ],
});
