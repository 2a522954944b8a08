import { registry } from "@web/core/registry";
import { openSheet } from "./sheet_steps";

registry.category("web_tour.tours").add("crm_customer_sheet_convert", {
    steps: () => [
        {
            content: "convert the lead",
            trigger: ".o_statusbar_buttons button:contains(Convert to Opportunity)",
            run: "click",
        },
        {
            content: "create the company and the person",
            trigger: ".modal .modal-footer button[name=action_apply]",
            run: "click",
        },
        {
            content: "open the person",
            trigger:
                "body:not(:has(.modal)) .o_field_widget[name=partner_id] input:value(Salma Bennani)",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=partner_id] .o_external_button",
            run: "click",
        },
        {
            content: "the form of the person",
            trigger: ".o_form_view .o_field_widget[name=function]",
        },
        openSheet(),
        {
            content: "what the lead said about the person is the person's",
            trigger: ".o_field_widget[name=sheet_civility_id] input:value(Ms)",
        },
        {
            content: "what it said about the company is the company's, to read only",
            trigger:
                ".o_sheet_company:contains(Company: Atlas Meca) dl:contains(100 to 249 employees):not(:has(input))",
        },
        {
            content: "open the company",
            trigger: ".o_sheet_company button:contains(Open the company)",
            run: "click",
        },
        {
            content: "the form of the company, not that of its people any more",
            trigger: ".o_last_breadcrumb_item:contains(Atlas Meca):not(:contains(Salma))",
        },
        openSheet(),
        {
            trigger: ".o_field_widget[name=sheet_headcount_id] input:value(100 to 249 employees)",
        },
    ],
});
