import { registry } from "@web/core/registry";
import { stepUtils } from "@web_tour/tour_utils";

const ROW = ".o_data_row:contains(Nora Haddad):contains(Health)";

registry.category("web_tour.tours").add("crm_customer_sheet_quality_privacy", {
    steps: () => [
        ...stepUtils.goToAppSteps("crm_customer_sheet.customer_sheet_menu_root"),
        {
            content: "privacy, and no checks of data",
            trigger:
                ".o_main_navbar:not(:has([data-menu-xmlid='crm_customer_sheet.customer_sheet_quality_run_menu'])) [data-menu-xmlid='crm_customer_sheet.customer_sheet_menu_privacy']",
            run: "click",
        },
        {
            trigger:
                ".o-dropdown--menu [data-menu-xmlid='crm_customer_sheet.customer_sheet_sensitive_finding_menu']",
            run: "click",
        },
        {
            content: "the list says where and what, never the words",
            trigger: `.o_list_view:not(:contains(diabétique)) ${ROW}:contains(Notes):contains(To review)`,
        },
        {
            content: "say why the sheet may hold it",
            trigger: `${ROW} td[name=justification]`,
            run: "click",
        },
        {
            trigger: ".o_selected_row .o_field_widget[name=justification] input",
            run: "edit We sell insulin pumps",
        },
        {
            content: "close the finding",
            trigger: ".o_selected_row button[name=action_justify]",
            run: "click",
        },
        {
            content: "it is no longer to be reviewed",
            trigger: ".o_list_view:not(:has(.o_data_row:contains(Nora Haddad)))",
        },
        {
            content: "nothing is lost: look at all findings",
            trigger: ".o_searchview_facet:contains(To review) .o_facet_remove",
            run: "click",
        },
        {
            trigger: `${ROW}:contains(Justified):contains(We sell insulin pumps):has(button[name=action_review])`,
        },
    ],
});
