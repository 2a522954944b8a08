import { edit, press } from "@odoo/hoot-dom";
import { registry } from "@web/core/registry";
import { stepUtils } from "@web_tour/tour_utils";
import { openSheet, type, typeDate } from "./sheet_steps";

const GATE = ".modal .o_sheet_gate";
const column = (stage) => `.o_kanban_group:has(.o_column_title:contains(${stage}))`;
const question = (code) => `${GATE} .o_sheet_gate_missing [data-code=${code}]`;

const seeMissing = (count) => ({
    content: `the gate says that ${count} things are missing`,
    trigger: `${GATE} .modal-title:contains(To enter “Qualified”, ${count} things are missing)`,
});

const dialogIsGone = { content: "the dialog is gone", trigger: "body:not(:has(.modal))" };

/** Drags the card, on a desktop. */
const drag = (name) => ({
    content: "drag the card into Qualified",
    trigger: `${column("New")} .o_kanban_record:contains(${name})`,
    run: `drag_and_drop(${column("Qualified")})`,
});

/** Clicks the stage in the status bar; a phone has it in a menu. */
const chooseStage = () => [
    {
        content: "click the stage",
        trigger: ".o_statusbar_status button.o_arrow_button:contains(Qualified)",
        isActive: ["desktop"],
        run: "click",
    },
    {
        content: "open the stages",
        trigger: ".o_statusbar_status button.dropdown-toggle:visible",
        isActive: ["mobile"],
        run: "click",
    },
    {
        trigger: ".o-dropdown-item:contains(Qualified), .dropdown-item:contains(Qualified)",
        isActive: ["mobile"],
        run: "click",
    },
];

const answer = () => [
    { content: "the need is there already", trigger: `${GATE} .o_sheet_gate_met:contains(Audit)` },
    ...inGate(typeDate("sheet_deadline", "12/24/2099")),
    ...inGate([type("sheet_decision_maker", "Nora Haddad")]),
];

/** The same steps, in the dialog: the form behind shows the same fields. */
const inGate = (steps) => steps.map((step) => ({ ...step, trigger: `${GATE} ${step.trigger}` }));

registry.category("web_tour.tours").add("crm_customer_sheet_gate_drag", {
    steps: () => [
        drag("Request"),
        seeMissing(2),
        {
            content: "the card is back where it was",
            trigger: `${column("New")} .o_kanban_record:contains(Request)`,
        },
        {
            content: "one of two is not enough",
            trigger: `${GATE} .o_sheet_gate_hint:contains(one is enough)`,
        },
        ...answer(),
        {
            trigger: ".o_sheet_gate_move:contains(Save and move)",
            run: "click",
        },
        dialogIsGone,
        {
            content: "the card has moved",
            trigger: `${column("Qualified")} .o_kanban_record:contains(Request)`,
        },
    ],
});

/** Clicks of a mouse since the tour began; keys are none. */
let clicks = 0;
const countClick = () => clicks++;

/** Goes on with the Tab key until what is wanted has the focus. */
async function tabTo(selector) {
    for (let presses = 0; presses < 20; presses++) {
        if (document.activeElement.matches(selector)) {
            return;
        }
        await press("Tab");
    }
    throw new Error(`the Tab key does not lead to ${selector}`);
}

const byKeyboard = (form, fieldName, text) => ({
    content: `type ${fieldName} without a click`,
    trigger: `${form} .o_field_widget[name=${fieldName}] :is(input, textarea)`,
    async run() {
        await tabTo(`${form} .o_field_widget[name=${fieldName}] :is(input, textarea)`);
        await edit(text);
    },
});

registry.category("web_tour.tours").add("crm_customer_sheet_gate_walk", {
    steps: () => [
        {
            content: "count the clicks from here on",
            trigger: column("New"),
            run() {
                document.addEventListener("pointerdown", countClick, { capture: true });
            },
        },
        {
            trigger: ".o-kanban-button-new",
            run: "click",
        },
        byKeyboard(".o_kanban_quick_create", "name", "Audit of Atlas"),
        {
            trigger: ".o_kanban_quick_create .o_kanban_add",
            run: "click",
        },
        drag("Audit of Atlas"),
        seeMissing(3),
        {
            content: "the first missing input has the focus",
            trigger: `${question("need")} :is(input, textarea):focus`,
        },
        byKeyboard(GATE, "sheet_need", "Audit of the HVAC line"),
        byKeyboard(GATE, "sheet_deadline", "12/24/2099"),
        byKeyboard(GATE, "sheet_budget_min", "12000"),
        {
            trigger: `${GATE} .o_sheet_gate_move`,
            run: "click",
        },
        dialogIsGone,
        {
            content: "it is qualified, in five clicks at most",
            trigger: `${column("Qualified")} .o_kanban_record:contains(Audit of Atlas)`,
            run() {
                document.removeEventListener("pointerdown", countClick, { capture: true });
                if (clicks < 3 || clicks > 5) {
                    throw new Error(`from quick-create to Qualified in ${clicks} clicks`);
                }
            },
        },
    ],
});

registry.category("web_tour.tours").add("crm_customer_sheet_gate_warning", {
    steps: () => [
        drag("Request"),
        seeMissing(2),
        {
            content: "the card is back where it was",
            trigger: `${column("New")} .o_kanban_record:contains(Request)`,
        },
        ...inGate([type("sheet_decision_maker", "Nora Haddad")]),
        {
            trigger: `${GATE} .o_sheet_gate_anyway:contains(Move anyway)`,
            run: "click",
        },
        dialogIsGone,
        {
            content: "the card has moved, and no notification tells it once more",
            trigger: `body:not(:has(.o_notification)) ${column("Qualified")} .o_kanban_record:contains(Request)`,
            run: "click",
        },
        {
            content: "what is missing is noted on the lead",
            trigger: ".o-mail-Message:contains(without what the stage needs: Timing)",
        },
    ],
});

registry.category("web_tour.tours").add("crm_customer_sheet_gate_won", {
    steps: () => [
        {
            trigger: ".o_statusbar_buttons button[name=action_set_won_rainbowman]",
            run: "click",
        },
        {
            trigger: `${GATE} .modal-title:contains(To enter “Won”, 2 things are missing)`,
        },
        {
            trigger: `${GATE} .o_sheet_gate_anyway`,
            run: "click",
        },
        dialogIsGone,
        {
            content: "the lead is won",
            trigger: ".o_form_view:has(.o_statusbar_status [aria-checked=true]:contains(Won))",
        },
    ],
});

registry.category("web_tour.tours").add("crm_customer_sheet_gate_form", {
    steps: () => [
        {
            content: "something else is typed, and not saved",
            trigger: ".o_field_widget[name=name] :is(input, textarea)",
            run: "edit Request for an audit && press Tab",
        },
        ...chooseStage(),
        seeMissing(2),
        {
            content: "the first missing field has the focus",
            trigger: `${question("deadline")} input:focus`,
            isActive: ["desktop"],
        },
        {
            content: "escape, once for the calendar of the date and once for the dialog",
            trigger: `${GATE} .modal-title`,
            isActive: ["desktop"],
            run: "press Escape",
        },
        {
            content: "escape",
            trigger: `${GATE} .modal-title`,
            run: "press Escape",
        },
        dialogIsGone,
        {
            content: "the stage is what it was, what was typed is still there",
            trigger:
                ".o_form_dirty:has(.o_statusbar_status [aria-checked=true]:contains(New)) .o_field_widget[name=name]",
        },
        ...chooseStage(),
        seeMissing(2),
        {
            content: "the date is not known",
            trigger: `${question("deadline")} .o_sheet_gate_unknown`,
            run: "click",
        },
        {
            trigger: `${GATE} .o_sheet_unknown_form input[required]`,
            run: "edit They decide in spring",
        },
        {
            trigger: `${GATE} .o_sheet_unknown_form button[type=submit]`,
            run: "click",
        },
        {
            content: "which does not pass the gate",
            trigger: `${GATE} [role=status]:contains(does not pass the gate)`,
        },
        seeMissing(2),
        ...answer(),
        {
            trigger: ".o_sheet_gate_move",
            run: "click",
        },
        dialogIsGone,
        {
            content: "the form shows the new stage",
            trigger:
                ".o_form_saved:has(.o_statusbar_status [aria-checked=true]:contains(Qualified)) .o_field_widget[name=name]",
        },
    ],
});

registry.category("web_tour.tours").add("crm_customer_sheet_gate_emptied", {
    steps: () => [
        openSheet(),
        type("sheet_need", ""),
        type("sheet_use_case", "Cooling of the press"),
        {
            trigger: ".o_form_button_save:visible",
            run: "click",
        },
        {
            content: "the answer must stay",
            trigger: ".o_sheet_gate_kept .modal-title:contains(“Qualified” needs these answers)",
        },
        {
            trigger: ".o_sheet_gate_kept li li:contains(Need)",
        },
        {
            trigger: ".o_sheet_gate_kept .modal-footer button",
            run: "click",
        },
        dialogIsGone,
        {
            content: "what was typed is still there",
            trigger: ".o_form_dirty .o_field_widget[name=sheet_use_case] textarea:value(Cooling)",
        },
        type("sheet_need", "Audit of the press"),
        ...stepUtils.saveForm(),
    ],
});

registry.category("web_tour.tours").add("crm_customer_sheet_gate_waiver", {
    steps: () => [
        ...chooseStage(),
        seeMissing(2),
        {
            trigger: ".o_sheet_gate_waiver",
            run: "click",
        },
        {
            content: "say why",
            trigger: ".o_sheet_gate_waiver_form input",
            run: "edit They sign tomorrow",
        },
        {
            trigger: ".o_sheet_gate_waiver_form button[type=submit]",
            run: "click",
        },
        {
            content: "it says who was asked",
            trigger: ".o_notification:contains(Gate Manager has been asked)",
        },
        dialogIsGone,
        {
            trigger: ".o_form_view:has(.o_statusbar_status [aria-checked=true]:contains(New))",
        },
    ],
});

registry.category("web_tour.tours").add("crm_customer_sheet_gate_several", {
    steps: () => [
        {
            trigger: ".o_list_view .o_data_row:contains(Ready)",
        },
        {
            trigger: ".o_list_view thead .o_list_record_selector input",
            run: "click",
        },
        {
            content: "edit the stage of all",
            trigger: ".o_data_row:contains(Ready) td[name=stage_id]",
            run: "click",
        },
        {
            trigger: ".o_data_row:contains(Ready) td[name=stage_id] input",
            run: "edit Qualified",
        },
        {
            trigger: ".o-autocomplete--dropdown-item a:contains(Qualified)",
            run: "click",
        },
        {
            content: "stock asks whether to change all of them",
            trigger: ".modal .modal-footer .btn-primary",
            run: "click",
        },
        {
            content: "one is moved, the other is listed",
            trigger: ".o_sheet_gate_leads [role=status]:contains(1 moved. 1 stays:)",
        },
        {
            trigger: ".o_sheet_gate_lead:contains(Request) button:contains(Complete)",
            run: "click",
        },
        seeMissing(2),
        ...answer(),
        {
            trigger: ".o_sheet_gate_move",
            run: "click",
        },
        {
            trigger: ".o_sheet_gate_leads [role=status]:contains(2 moved. None is left.)",
        },
        {
            trigger: ".o_sheet_gate_leads .modal-footer .btn-primary",
            run: "click",
        },
        dialogIsGone,
        {
            trigger:
                ".o_list_view .o_data_row:contains(Request) td[name=stage_id]:contains(Qualified)",
        },
    ],
});

registry.category("web_tour.tours").add("crm_customer_sheet_pillars", {
    steps: () => [
        {
            content: "the need has been stated",
            trigger: ".o_sheet_pillar[data-pillar=need]:contains(stated)",
            run: "click",
        },
        {
            content: "say who confirmed it",
            trigger: ".o_sheet_pillar_card:contains(Audit) .o_sheet_evidence_form input",
            run: "edit The CFO on the phone",
        },
        {
            trigger: ".o_sheet_pillar_card .o_sheet_evidence_form button",
            run: "click",
        },
        {
            content: "it is confirmed, in the card and in the strip",
            trigger:
                ".o_sheet_pillar_card:contains(The CFO on the phone):contains(confirmed today)",
        },
        {
            trigger: ".o_sheet_pillar[data-pillar=need]:contains(confirmed today)",
        },
        {
            trigger: ".o_sheet_pillar_card",
            run: "press Escape",
        },
        {
            content: "another pillar",
            trigger:
                "body:not(:has(.o_sheet_pillar_card)) .o_sheet_pillar[data-pillar=timing]:contains(unknown)",
            run: "click",
        },
        {
            trigger: ".o_sheet_pillar_card:contains(Not answered yet) .o_sheet_pillar_goto",
            run: "click",
        },
        {
            content: "leads to its field",
            trigger: ".o_field_widget[name=sheet_deadline].o_sheet_highlight",
        },
    ],
});
