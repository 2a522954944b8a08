import { registry } from "@web/core/registry";
import { stepUtils } from "@web_tour/tour_utils";
import { openSheet, type, typeDate } from "./sheet_steps";

const TOO_LONG = "x".repeat(250);

/** Saves, reads the refusal, and goes back to the form as it was. */
const refused = (message) => [
    {
        content: "save",
        trigger: ".o_form_button_save:enabled",
        run: "click",
    },
    {
        content: "the refusal names the field and says what to do",
        trigger: `.modal .modal-body:contains(${message})`,
    },
    {
        content: "nothing that was typed is lost",
        trigger: ".modal .modal-footer button:contains(Close)",
        run: "click",
    },
];

registry.category("web_tour.tours").add("crm_customer_sheet_refusal", {
    steps: () => [
        openSheet(),
        ...typeDate("sheet_deadline", "01/15/2020"),
        ...refused("“Deadline” (01/15/2020) is in the past. Choose today or a later date."),
        ...typeDate("sheet_deadline", "12/24/2099"),
        {
            content: "a text that is too long is seen while one types",
            trigger: ".o_field_widget[name=sheet_need] textarea",
            run: `edit ${TOO_LONG}`,
        },
        {
            trigger:
                ".o_field_widget[name=sheet_need] .text-danger:contains(10 characters too many)",
        },
        ...refused("“Need” has 250 characters; please sum it up in at most 240."),
        type("sheet_need", "Audit of the HVAC line"),
        ...stepUtils.saveForm(),
    ],
});
