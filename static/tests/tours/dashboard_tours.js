import { registry } from "@web/core/registry";

const card = (name) => `.o_kanban_record:contains(${name})`;

registry.category("web_tour.tours").add("crm_customer_sheet_dashboard", {
    steps: () => [
        {
            content: "the figure, its months for those who do not see the curve",
            trigger: `${card("Complete contacts")} .o_sheet_curve[aria-describedby]`,
        },
        { trigger: `${card("Complete contacts")} .o_sheet_curve_list li:contains(of)` },
        {
            content: "what is to do",
            trigger: `${card("Complete contacts")} .o_sheet_kpi_link:contains(to look at)`,
            run: "click",
        },
        {
            content: "its very records",
            trigger: ".o_list_view .o_data_row",
        },
        { trigger: ".o_back_button, .breadcrumb-item:first", run: "click" },
        { trigger: `${card("Complete contacts")} .o_sheet_curve` }, // lists of records switch too
        { trigger: ".o_switch_view.o_list", run: "click" },
        { trigger: ".o_data_row:contains(Complete contacts) td:contains(%)" },
    ],
});
