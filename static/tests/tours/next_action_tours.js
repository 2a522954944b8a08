import { registry } from "@web/core/registry";

const BLOCK = "div[name=sheet_next_action]";

registry.category("web_tour.tours").add("crm_customer_sheet_next_action", {
    steps: () => [
        {
            content: "nothing is planned",
            trigger: `${BLOCK}:contains(Nothing planned.)`,
        },
        {
            content: "the ring knows it too",
            trigger: ".o_sheet_ring button[aria-expanded=false]",
            run: "click",
        },
        {
            content: "go to what is missing",
            trigger: ".o_sheet_gap[data-code=next_action] .o_sheet_gap_goto",
            run: "click",
        },
        {
            content: "the ring leads to the place where it is planned",
            trigger: `.o_widget_sheet_next_action.o_sheet_highlight ${BLOCK}`,
        },
        {
            content: "schedule an activity",
            trigger: `${BLOCK} .o_sheet_plan_next`,
            run: "click",
        },
        {
            content: "in the stock dialog",
            trigger: ".modal .o_mail_activity_schedule_wizard",
        },
        {
            trigger: ".modal button[name=action_schedule_activities]",
            run: "click",
        },
        {
            content: "the form says what comes next",
            trigger: `${BLOCK}[data-state=planned]:contains(Next:), ${BLOCK}[data-state=today]:contains(Next:)`,
        },
        {
            content: "mark it as done, in the chatter",
            trigger: ".o-mail-Activity .o-mail-Activity-markDone",
            run: "click",
        },
        {
            trigger: ".o-mail-ActivityMarkAsDone button[aria-label=Done]",
            run: "click",
        },
        {
            content: "nothing comes next",
            trigger: `${BLOCK}:contains(Nothing planned.)`,
        },
    ],
});

registry.category("web_tour.tours").add("crm_customer_sheet_next_action_list", {
    steps: () => [
        {
            content: "the leads of the rep that wait",
            trigger: ".o_list_view .o_data_row:contains(Forgotten)",
        },
        {
            trigger: ".o_list_view .o_data_row:contains(Late):contains(Overdue)",
        },
        {
            content: "and no others",
            trigger: ".o_list_view:not(:contains(Well kept)):not(:contains(Of a colleague))",
        },
    ],
});
