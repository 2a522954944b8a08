import { registry } from "@web/core/registry";

const BLOCK = "div[name=sheet_sequence]";

registry.category("web_tour.tours").add("crm_customer_sheet_sequence", {
    steps: () => [
        {
            content: "the lead is in no sequence",
            trigger: ".o_form_view:not(:has(div[name=sheet_sequence])) .o_cp_action_menus button",
            run: "click",
        },
        {
            content: "start one with the action menu",
            trigger: ".o-dropdown-item:contains(Start a Sequence)",
            run: "click",
        },
        {
            content: "the dialog says how many will start",
            trigger: ".modal .o_field_widget[name=starting_count]:contains(1)",
        },
        {
            trigger: ".modal button[name=action_enrol]",
            run: "click",
        },
        {
            content: "the lead says what comes next, and why",
            trigger: `${BLOCK}:contains(In sequence Tour sequence, next: First):contains(Started by)`,
        },
        {
            content: "stop it",
            trigger: `${BLOCK} .o_sheet_sequence_stop`,
            run: "click",
        },
        {
            content: "nothing runs any more",
            trigger: `${BLOCK}:not(:has(.o_sheet_sequence_stop))`,
        },
        {
            content: "the history is one click away",
            trigger: `${BLOCK} .o_sheet_sequences`,
            run: "click",
        },
        {
            content: "with the reason",
            trigger: ".o_list_view .o_data_row:contains(Stopped by hand)",
        },
    ],
});

registry.category("web_tour.tours").add("crm_customer_sheet_sequence_manager", {
    steps: () => [
        {
            trigger: ".o_list_view .o_data_row td[name=name]:contains(Tour sequence)",
            run: "click",
        },
        {
            content: "its steps and what came of them",
            trigger: ".o_field_widget[name=step_ids] .o_data_row:contains(First)",
        },
        {
            content: "add a step",
            trigger: ".o_field_widget[name=step_ids] .o_field_x2many_list_row_add a",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=name] input",
            run: "edit Second",
        },
        {
            trigger: ".modal .o_field_widget[name=delay] input",
            run: "edit 3",
        },
        {
            trigger: ".modal .o_field_widget[name=kind] .o_radio_item:contains(Task or call) input",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=activity_type_id] input",
            run: "edit To-Do",
        },
        {
            trigger: ".ui-autocomplete .o-autocomplete--dropdown-item:contains(To-Do) a",
            run: "click",
        },
        {
            trigger: ".modal .o_form_button_save",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=step_ids] .o_data_row:contains(Second)",
        },
        {
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            content: "saved",
            trigger: ".o_form_saved",
        },
        {
            content: "numbers open what they count",
            trigger: "button[name=action_open_enrolments]",
            run: "click",
        },
        {
            trigger: ".o_list_view .o_data_row:contains(In the sequence)",
        },
    ],
});

registry.category("web_tour.tours").add("crm_customer_sheet_forgotten", {
    steps: () => [
        {
            content: "what nobody must forget, by kind",
            trigger: ".o_group_header:contains(No next action (1))",
            run: "click",
        },
        {
            content: "a line opens its lead",
            trigger: ".o_data_row td[name=name]:contains(Idle)",
            run: "click",
        },
        {
            trigger: ".o_form_view:has(.o_sheet_pillars)",
        },
    ],
});

registry.category("web_tour.tours").add("crm_customer_sheet_forgotten_phone", {
    steps: () => [
        {
            content: "what nobody must forget, as cards",
            trigger: ".o_kanban_record:contains(Idle)",
            run: "click",
        },
        {
            trigger: ".o_form_view:has(.o_sheet_pillars)",
        },
    ],
});
