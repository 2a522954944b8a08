import { registry } from "@web/core/registry";
import { openSheet } from "./sheet_steps";

registry.category("web_tour.tours").add("crm_customer_sheet_merge", {
    steps: () => [
        {
            content: "see the opportunities as a list",
            trigger: ".o_switch_view.o_list",
            run: "click",
        },
        {
            content: "select all",
            trigger: ".o_list_view thead .o_list_record_selector input",
            run: "click",
        },
        {
            trigger: ".o_cp_action_menus button:contains(Actions)",
            run: "click",
        },
        {
            trigger: ".o-dropdown--menu .o_menu_item:contains(Merge)",
            run: "click",
        },
        {
            content: "merge them",
            trigger: ".modal button[name=action_merge]",
            run: "click",
        },
        openSheet(),
        {
            content: "the need of one",
            trigger: ".o_field_widget[name=sheet_need] textarea:value(Audit of the HVAC line)",
        },
        {
            content: "the decision maker of the other",
            trigger: ".o_field_widget[name=sheet_decision_maker] input:value(Nora Haddad)",
        },
        {
            content: "and the stakeholders of both",
            trigger:
                ".o_field_widget[name=sheet_stakeholder_ids]:contains(Bob Martin):contains(Ada Leroy)",
        },
    ],
});
