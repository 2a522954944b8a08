import { registry } from "@web/core/registry";
import { stepUtils } from "@web_tour/tour_utils";

const MENUS = "crm_customer_sheet.customer_sheet";

registry.category("web_tour.tours").add("crm_customer_sheet_desk", {
    steps: () => [
        ...stepUtils.goToAppSteps(`${MENUS}_menu_root`),
        { trigger: `[data-menu-xmlid='${MENUS}_menu_privacy']`, run: "click" },
        { trigger: `[data-menu-xmlid='${MENUS}_desk_menu']`, run: "click" },
        {
            content: "the latest first",
            trigger: ".o_sheet_due li:first:contains(Julie Martin):contains(Late) button",
            run: "click",
        },
        { trigger: ".o_form_view button[name=action_start]", run: "click" },
        { trigger: ".o_form_view:not(:has(button[name=action_start]))" },
        {
            content: "back, the next step is another one",
            trigger: ".o_back_button, .breadcrumb-item:first",
            run: "click",
        },
        { trigger: ".o_sheet_due li:contains(Answer Julie Martin)" },
        {
            content: "something has happened",
            trigger: "button[name=action_new_breach]",
            run: "click",
        },
        { trigger: ".o_form_view [name=discovered_on]" },
    ],
});
