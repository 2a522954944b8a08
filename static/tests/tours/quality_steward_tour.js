import { registry } from "@web/core/registry";
import { stepUtils } from "@web_tour/tour_utils";

registry.category("web_tour.tours").add("crm_customer_sheet_quality_steward", {
    steps: () => [
        ...stepUtils.goToAppSteps("crm_customer_sheet.customer_sheet_menu_root"),
        {
            content: "the checks of the data",
            trigger: "[data-menu-xmlid='crm_customer_sheet.customer_sheet_quality_run_menu']",
            run: "click",
        },
        {
            content: "one check is there",
            trigger: ".o_list_view:has(.o_data_row):not(:has(.o_data_row:eq(1)))",
        },
        {
            content: "check everything",
            trigger: "button[name=action_check_all]",
            run: "click",
        },
        {
            content: "contacts and leads are checked in the background",
            trigger:
                ".o_list_view:has(.o_data_row:contains(Contacts):contains(Everything):contains(Running)):has(.o_data_row:contains(Leads):contains(Everything):contains(Running))",
        },
        {
            content: "open the one that is finished",
            trigger: ".o_data_row:contains(A selection):contains(Done) [name=host]",
            run: "click",
        },
        {
            content: "the figures say how many, and what share of all e-mails",
            trigger: ".o_form_view .o_data_row:contains(Invalid):contains(2):contains(66.67%)",
        },
        {
            content: "open the records of a figure",
            trigger: ".o_data_row:contains(Invalid) button[name=action_open]",
            run: "click",
        },
        {
            content: "these two, and not the valid one",
            trigger:
                ".o_list_view:has(.o_data_row:contains(Wrong One)):has(.o_data_row:contains(Wrong Two)):not(:has(.o_data_row:contains(Right)))",
        },
    ],
});
