import { registry } from "@web/core/registry";

const MATCH = ".o_sheet_match:contains(Zoe Known)";

const typeKnownEmail = (form) => ({
    content: "type an e-mail that somebody has already",
    trigger: `${form} .o_field_widget[name=email_from] input`,
    run: "edit zoe@leroy-exemple.fr",
});

const seeMatch = {
    content: "the match is there, with its reason",
    trigger: `.o_sheet_matches:contains(1 possible match) ${MATCH}:contains(Same e-mail)`,
};

const useContact = {
    content: "use the contact",
    trigger: `${MATCH} button[data-action=use]`,
    run: "click",
};

const seeContact = {
    content: "the lead has the contact, and nothing to say any more",
    trigger:
        ".o_field_widget[name=partner_id] input:value(Zoe Known), .o_field_widget[name=partner_id]:contains(Zoe Known)",
};

registry.category("web_tour.tours").add("crm_customer_sheet_matches_use", {
    steps: () => [
        typeKnownEmail(".o_form_view"),
        seeMatch,
        useContact,
        seeContact,
        { trigger: `.o_form_view:not(:has(${MATCH}))` },
        {
            trigger: ".o_form_view .o_field_widget[name=name] :is(input, textarea)",
            run: "edit Audit && press Tab",
        },
        {
            trigger: ".o_form_button_save",
            run: "click",
        },
        { trigger: ".o_form_saved" },
    ],
});

registry.category("web_tour.tours").add("crm_customer_sheet_matches_quick", {
    steps: () => [
        {
            trigger: ".o_kanban_group:first .o_kanban_quick_add",
            run: "click",
        },
        typeKnownEmail(".o_kanban_quick_create"),
        seeMatch,
        useContact,
        seeContact,
        {
            trigger: ".o_kanban_quick_create .o_field_widget[name=name] input",
            run: "edit Quick audit && press Tab",
        },
        {
            trigger: ".o_kanban_quick_create .o_kanban_add",
            run: "click",
        },
        { trigger: ".o_kanban_record:contains(Quick audit)" },
    ],
});

registry.category("web_tour.tours").add("crm_customer_sheet_matches_refuse", {
    steps: () => [
        {
            trigger: `${MATCH} button[data-action=refuse]`,
            run: "click",
        },
        {
            trigger: `${MATCH} .o_sheet_match_why input`,
            run: "edit Mother and daughter",
        },
        {
            trigger: `${MATCH} .o_sheet_match_why button[type=submit]`,
            run: "click",
        },
        {
            content: "it does not come back",
            trigger: `.o_form_view:not(:has(.o_sheet_match))`,
        },
    ],
});
