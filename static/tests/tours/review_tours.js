import { registry } from "@web/core/registry";

const row = (text) => `.o_field_one2many .o_data_row:contains(${text})`;

registry.category("web_tour.tours").add("crm_customer_sheet_review_month", {
    steps: () => [
        {
            content: "A salesperson gets the leads of nobody: that line is fixed already",
            trigger: ".o_form_view button:contains(Look again)",
            run: "click",
        },
        { trigger: `${row("Leads without owner")}:contains(Fixed)` },
        {
            content: "Signing says that something is open",
            trigger: ".o_statusbar_buttons button:contains(Sign)",
            run: "click",
        },
        { trigger: ".modal .alert-warning:contains(still open)" },
        { trigger: ".modal footer button:contains(Cancel)", run: "click" },
        {
            content: "What is to stay as it is needs a reason",
            trigger: `body:not(:has(.modal)) ${row("Incomplete sheets")} td[name=because]`,
            run: "click",
        },
        {
            trigger: `.o_selected_row td[name=because] input`,
            run: "edit They answer in June",
        },
        { trigger: ".o_form_button_save", run: "click" },
        { trigger: `.o_form_saved ${row("Incomplete sheets")}:contains(Accepted)` },
        {
            trigger: ".o_statusbar_buttons button:contains(Sign)",
            run: "click",
        },
        {
            trigger: ".modal [name=conclusion] textarea",
            run: "edit The shop asks for the e-mail",
        },
        { trigger: ".modal footer button:contains(Sign)", run: "click" },
        {
            trigger: ".o_arrow_button_current:contains(Signed)",
        },
        { trigger: ".o_field_widget[name=conclusion]:contains(The shop asks for the e-mail)" },
        { trigger: "body:not(:has(button:contains(Look again)))" },
    ],
});
