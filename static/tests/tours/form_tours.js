import { registry } from "@web/core/registry";

const lines = ".o_field_widget[name=line_ids]";

/** A manager makes a form of one question, looks at it and publishes it. */
registry.category("web_tour.tours").add("crm_customer_sheet_form", {
    steps: () => [
        {
            content: "a new form",
            trigger: ":is(.o_list_button_add, .o-kanban-button-new)",
            run: "click",
        },
        {
            content: "its title",
            trigger: ".o_form_view .o_field_widget[name=name] :is(input, textarea)",
            run: "edit Tour form",
        },
        {
            content: "a question",
            isActive: ["desktop"],
            trigger: `${lines} .o_field_x2many_list_row_add :is(a, button)`,
            run: "click",
        },
        {
            content: "which one",
            isActive: ["desktop"],
            trigger: `${lines} [name=question_id] input`,
            run: "edit E-mail",
        },
        {
            content: "choose it",
            isActive: ["desktop"],
            trigger: ".o-autocomplete--dropdown-item a:contains(/^E-mail$/)",
            run: "click",
        },
        {
            content: "a question, on a phone",
            isActive: ["mobile"],
            trigger: `${lines} .o-kanban-button-new`,
            run: "click",
        },
        {
            content: "look for one",
            isActive: ["mobile"],
            trigger: ".modal .o_field_widget[name=question_id] input",
            run: "click",
        },
        {
            content: "choose it",
            isActive: ["mobile"],
            trigger: ".modal .o_kanban_record:contains(/^E-mail/)",
            run: "click",
        },
        {
            content: "keep it",
            isActive: ["mobile"],
            trigger:
                ".modal:has(.o_field_widget[name=question_id]) .o_form_button_save:not(:disabled)",
            run: "click",
        },
        {
            content: "how will it look?",
            trigger: ".o_notebook .nav-link[name=preview]",
            run: "click",
        },
        {
            content: "as it will look",
            trigger:
                ".o_sheet_form_preview:contains(Tour form):contains(E-mail):contains(bennani)",
        },
        {
            content: "save it",
            trigger: ".o_form_button_save:visible",
            run: "click",
        },
        {
            content: "publish it",
            trigger: ".o_form_saved button[name=action_publish]:visible",
            run: "click",
        },
        {
            content: "it is published, so that it can be opened",
            trigger:
                ".o_form_view:not(:has(button[name=action_publish])) button[name=action_open_page]",
        },
    ],
});
