import { registry } from "@web/core/registry";

const cell = (field, name) =>
    `.o_sheet_merge_row[data-name=${field}] .o_sheet_merge_cell:contains(${name})`;

/** Decides about the e-mail, merges, and sees the contact that was kept. */
const mergeSteps = [
    {
        content: "both are there, and what moves",
        trigger: ".o_sheet_merge_moves:contains(Leads and opportunities)",
    },
    {
        content: "the address of the only one that has it is proposed",
        trigger: `${cell("street", "Lyon")}.o_sheet_merge_chosen`,
    },
    {
        content: "take the e-mail of the other",
        trigger: `${cell("email", "zoe.two@leroy.fr")} input`,
        run: "click",
    },
    {
        trigger: `${cell("email", "zoe.two@leroy.fr")}.o_sheet_merge_chosen`,
    },
    {
        content: "merge",
        trigger: ".o_sheet_merge_footer:contains(touched) .o_sheet_merge_apply",
        run: "click",
    },
    {
        content: "the contact that was kept, with the e-mail of the other",
        trigger: ".o_form_view .o_field_widget[name=email] input:value(zoe.two@leroy.fr)",
    },
];

registry.category("web_tour.tours").add("crm_customer_sheet_merge_contacts", {
    steps: () => [
        {
            content: "see the contacts as a list",
            trigger: ".o_switch_view.o_list",
            run: "click",
        },
        {
            trigger: ".o_data_row:contains(Zoe One) .o_list_record_selector input",
            run: "click",
        },
        {
            trigger: ".o_data_row:contains(Zoe Two) .o_list_record_selector input",
            run: "click",
        },
        {
            trigger: ".o_cp_action_menus button:contains(Actions)",
            run: "click",
        },
        {
            content: "one action Merge, ours",
            trigger:
                ".o-dropdown--menu:not(:has(.o_menu_item:contains(Merge) ~ .o_menu_item:contains(Merge))) .o_menu_item:contains(Merge)",
            run: "click",
        },
        ...mergeSteps,
        {
            content: "and back again",
            trigger: ".o_notification:contains(Merged) button:contains(Undo)",
            run: "click",
        },
        {
            content: "the other is back",
            trigger: ".o_form_view .o_field_widget[name=name] input:value(Zoe Two)",
        },
    ],
});

registry.category("web_tour.tours").add("crm_customer_sheet_merge_phone", {
    steps: () => mergeSteps,
});

registry.category("web_tour.tours").add("crm_customer_sheet_merge_undo", {
    steps: () => [
        {
            content: "the archived contact says where it went",
            trigger: "div[name=sheet_merged]:contains(Merged into):contains(Zoe One)",
        },
        {
            trigger: "button[name=action_sheet_undo_merge]",
            run: "click",
        },
        {
            content: "what has changed since is listed",
            trigger: ".modal .o_data_row:contains(2 rue Neuve)",
        },
        {
            trigger: ".modal button[name=action_undo]",
            run: "click",
        },
        {
            content: "it is said what came back",
            trigger: ".o_notification:contains(The merge is undone. Back again: Zoe)",
        },
        {
            content: "back, without the banner",
            trigger: ".o_form_view:not(:has(div[name=sheet_merged]))",
        },
    ],
});
