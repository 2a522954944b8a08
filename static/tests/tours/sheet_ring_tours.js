import { waitUntil } from "@odoo/hoot-dom";
import { registry } from "@web/core/registry";
import { stepUtils } from "@web_tour/tour_utils";
import { answered } from "./sheet_steps";

/** Reads the count, follows a missing item to its field, types, and sees the count rise. */
function fillMissing(code, fieldName, value) {
    let before;
    return [
        {
            content: "see the count",
            trigger: ".o_sheet_ring_count:contains(of)",
            run() {
                before = answered();
            },
        },
        {
            content: "open the list of what is missing",
            trigger: ".o_sheet_ring button[aria-expanded=false]",
            run: "click",
        },
        {
            content: "follow a missing item",
            trigger: `.o_sheet_gap[data-code=${code}] .o_sheet_gap_goto`,
            run: "click",
        },
        {
            content: "the list is closed, the field is highlighted: type",
            trigger: `body:not(:has(.o_sheet_gap_list)) .o_field_widget[name=${fieldName}].o_sheet_highlight input`,
            run: `edit ${value} && press Tab`,
        },
        {
            content: "the count rises before anything is saved",
            trigger: ".o_form_dirty .o_sheet_ring:has([role=status]:contains(answered))",
            run: () => waitUntil(() => answered() > before, { timeout: 10000 }),
        },
        ...stepUtils.saveForm(),
    ];
}

/** Marks a missing item as not known yet and sees it change its group. */
function markUnknown(code) {
    return [
        {
            content: "open the list again",
            trigger: ".o_sheet_ring button[aria-expanded=false]",
            run: "click",
        },
        {
            content: "this one is not known yet",
            trigger: `.o_sheet_gap[data-code=${code}] .o_sheet_gap_unknown`,
            run: "click",
        },
        {
            content: "say why",
            trigger: ".o_sheet_unknown_form input[required]",
            run: "edit They decide in spring",
        },
        {
            trigger: ".o_sheet_unknown_form button[type=submit]",
            run: "click",
        },
        {
            content: "the item now waits to be asked again",
            trigger: `.o_sheet_gap[data-code=${code}]:contains(They decide in spring) .o_sheet_gap_ask_again`,
            run: "press Escape",
        },
        {
            trigger: "body:not(:has(.o_sheet_gap_list)) .o_sheet_ring button[aria-expanded=false]",
        },
    ];
}

registry.category("web_tour.tours").add("crm_customer_sheet_lead", {
    steps: () => [
        ...fillMissing("phone", "phone", "+33 1 42 68 53 00"),
        ...markUnknown("deadline"),
    ],
});

registry.category("web_tour.tours").add("crm_customer_sheet_contact", {
    steps: () => [...fillMissing("phone", "phone", "+33 1 42 68 53 00"), ...markUnknown("source")],
});
