import { waitUntil } from "@odoo/hoot-dom";
import { registry } from "@web/core/registry";
import { stepUtils } from "@web_tour/tour_utils";
import { answered, choose, openSheet, pick, tallyOf, type, typeDate } from "./sheet_steps";

const NEED = "Audit of the HVAC line before the summer";
let before;

registry.category("web_tour.tours").add("crm_customer_sheet_page", {
    steps: () => [
        openSheet(),
        {
            content: "each section says how many of its questions are answered",
            trigger: `${tallyOf("Need")}:contains(0/)`,
            run() {
                before = answered();
            },
        },
        ...choose("sheet_typology", "B2B"),
        ...choose("sheet_sector", "Industry"),
        {
            content: "the tab of the sector appears, and no other",
            trigger:
                "body:not(:has([name=sheet_sector_saas])) [name=sheet_sector_industry] [name=sheet_nace_code]",
        },
        type("sheet_nace_code", "25.62"),
        ...pick("sheet_segment_id", "Start-up"),
        {
            content: "the need is counted as it is typed",
            trigger: ".o_field_widget[name=sheet_need] textarea",
            run: `edit ${NEED}`,
        },
        {
            trigger: `.o_field_widget[name=sheet_need] small:contains(${240 - NEED.length} characters left)`,
        },
        ...typeDate("sheet_deadline", "12/24/2099"),
        type("sheet_budget_min", "10000"),
        type("sheet_budget_max", "25000"),
        {
            content: "the section has three answers now",
            trigger: `${tallyOf("Need")}:contains(3/)`,
        },
        type("sheet_decision_maker", "Nora Haddad"),
        {
            content: "add somebody who weighs on the decision",
            trigger: ".o_sheet_stakeholders_empty:contains(Who else has a say) button",
            run: "click",
        },
        {
            trigger:
                ".o_field_widget[name=sheet_stakeholder_ids] .o_selected_row [name=name] input",
            run: "edit Bob Martin",
        },
        ...choose("role", "Supports us"),
        {
            content: "the ring has risen before anything is saved",
            trigger: ".o_form_dirty .o_sheet_ring",
            run: () => waitUntil(() => answered() > before, { timeout: 10000 }),
        },
        ...stepUtils.saveForm(),
    ],
});
