import { registry } from "@web/core/registry";

/** A salesperson reads why a lead came to them. */
registry.category("web_tour.tours").add("crm_customer_sheet_routing_why", {
    steps: () => [
        {
            content: "ask why the lead is mine",
            trigger: ".o_form_view .o_sheet_owner .o_sheet_why_link",
            run: "click",
        },
        {
            content: "the rule that matched, and what it looked at",
            trigger: ".modal .o_sheet_why:contains(Big ones):contains(Budget from)",
        },
        {
            content: "what was done",
            trigger: ".modal .o_sheet_why li:contains(whose turn it was)",
        },
        {
            content: "who was passed over, and why",
            trigger: ".modal .o_sheet_why li:contains(Paul Pause was passed over: paused)",
        },
        {
            content: "close",
            trigger: ".modal .modal-footer button:contains(Close)",
            run: "click",
        },
        { content: "back on the lead", trigger: "body:not(:has(.modal)) .o_form_view" },
    ],
});

/** A manager writes a rule, sees what it would have done, and switches it on. */
registry.category("web_tour.tours").add("crm_customer_sheet_routing_dry_run", {
    steps: () => [
        {
            content: "a new rule",
            trigger: ".o_list_view .o_list_button_add",
            run: "click",
        },
        {
            content: "its name",
            trigger: ".o_form_view .o_field_widget[name=name] input",
            run: "edit Tour rule",
        },
        {
            content: "for budgets",
            trigger: ".o_form_view .o_field_widget[name=budget_from] input",
            run: "edit 1000",
        },
        {
            content: "to a team",
            trigger: ".o_form_view .o_field_widget[name=team_id] input",
            run: "edit Tour team",
        },
        {
            content: "choose it",
            trigger: ".o-autocomplete--dropdown-item:contains(Tour team)",
            run: "click",
        },
        {
            content: "look at who owns leads",
            trigger: ".o_form_view .o_field_widget[name=strategy] input",
            run: "click",
        },
        {
            content: "in turn",
            trigger: ".o_select_menu_item:contains(in turn)",
            run: "click",
        },
        {
            content: "what would it have done?",
            trigger: ".o_form_view button[name=action_dry_run]",
            run: "click",
        },
        {
            content: "which lead, and who would have got it",
            trigger:
                ".o_data_row:contains(Tour lead):contains(Tour Member):contains(whose turn it was)",
        },
        {
            content: "back to the rule",
            trigger: ".o_breadcrumb .breadcrumb-item a:contains(Tour rule)",
            run: "click",
        },
        {
            content: "switch it on",
            trigger: ".o_form_view .o_field_widget[name=is_on] input",
            run: "click",
        },
        {
            content: "save",
            trigger: ".o_form_view .o_form_button_save",
            run: "click",
        },
        { content: "saved", trigger: ".o_form_view .o_form_saved" },
    ],
});
