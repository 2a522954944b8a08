import { registry } from "@web/core/registry";
import { stepUtils } from "@web_tour/tour_utils";

registry.category("web_tour.tours").add("crm_customer_sheet_setup", {
    steps: () => [
        ...stepUtils.goToAppSteps("crm_customer_sheet.customer_sheet_menu_root"),
        {
            content: "the set-up page",
            trigger: "[data-menu-xmlid='crm_customer_sheet.customer_sheet_control_menu']",
            run: "click",
        },
        {
            content: "it says how far one is, and what is to be done",
            trigger:
                ".o_form_view:has([name=progress_said]:contains(right)) [name=security_ids] .o_data_row:contains(disks) button:contains(Attest)",
            run: "click",
        },
        {
            content: "attest what Odoo cannot see",
            trigger: ".modal [name=note] input",
            run: "edit Seen in the contract",
        },
        { trigger: ".modal footer button[name=action_attest]", run: "click" },
        {
            content: "the line has turned green",
            trigger: ".o_form_view [name=security_ids] .o_data_row:contains(disks):contains(Right)",
        },
        {
            content: "first steps",
            trigger: ".o_statusbar_buttons button:contains(First steps)",
            run: "click",
        },
        {
            content: "leave the first for later",
            trigger: ".modal:contains(Which contacts have a sheet) button[name=action_skip]",
            run: "click",
        },
        {
            content: "go on from the sectors",
            trigger: ".modal:contains(Which sectors) button[name=action_next]",
            run: "click",
        },
        {
            content: "and on another time",
            trigger: ".modal:contains(Which answers) button[special=cancel]",
            run: "click",
        },
        {
            content: "it begins where it was left",
            trigger: ".o_statusbar_buttons button:contains(First steps)",
            run: "click",
        },
        {
            trigger: ".modal:contains(Which answers) button[special=cancel]",
            run: "click",
        },
        { trigger: "body:not(:has(.modal))" },
    ],
});
