import { registry } from "@web/core/registry";
import { stepUtils } from "@web_tour/tour_utils";
import { openSheet, refusedToCall } from "./sheet_steps";

const CELL = `[data-cell="prospecting,phone"]`;
const DIALOG = ".modal .o_consent_record_form";

registry.category("web_tour.tours").add("crm_customer_sheet_consent_rep", {
    steps: () => [
        openSheet(),
        {
            content: "that nobody asked is said plainly",
            trigger: ".o_consent_warning:contains(No decision on prospecting is known)",
        },
        {
            content: "ask why one may not call",
            trigger: `${CELL}[aria-expanded=false]:contains(no decision)`,
            run: "click",
        },
        {
            content: "the law is named, and the answers are offered",
            trigger: `.o_consent_card:has(.o_consent_verdict:contains(not now)):has(.o_consent_answer[data-state=refused])`,
        },
        {
            content: "they said no",
            trigger: ".o_consent_answer[data-state=refused]",
            run: "click",
        },
        {
            content: "only what was clicked is filled in",
            trigger: `${DIALOG}:has([name=on_phone] input:checked):not(:has([name=on_email] input:checked)):has([name=decision] input[data-value=refused]:checked):not(:has([name=method] input:checked))`,
        },
        {
            content: "save without saying how it was obtained",
            trigger: ".modal button[name=action_save]",
            run: "click",
        },
        {
            content: "what is missing is named",
            trigger: ".modal:contains(“How” is empty)",
        },
        {
            content: "close the message",
            trigger: ".modal:contains(“How” is empty) .modal-footer button:contains(Close)",
            run: "click",
        },
        {
            content: "it was said on the phone",
            trigger: `${DIALOG} [name=method] input[data-value=phone]`,
            run: "click",
        },
        {
            trigger: `${DIALOG} [name=words] textarea`,
            run: "edit Please do not call me again",
        },
        {
            trigger: ".modal button[name=action_save]",
            run: "click",
        },
        {
            content: "the cell says so",
            trigger: `.o_form_view:not(:has(.modal)) ${CELL}:has(.fa-ban):contains(Refused)`,
        },
        refusedToCall(),
        {
            content: "the warning is gone",
            trigger: ".o_consent_block:not(:has(.o_consent_warning))",
        },
        {
            content: "open the history",
            trigger: ".o_consent_history_open",
            run: "click",
        },
        {
            content: "it tells what was said, by whom it was noted, and no trace",
            trigger:
                ".modal:not(:has(.o_consent_trace)) .o_consent_event[data-state=refused]:contains(Please do not call me again):contains(Consent Tour Rep)",
        },
        {
            trigger: ".modal .btn-close, .modal .oi-arrow-left",
            run: "click",
        },
        {
            trigger: "body:not(:has(.modal))",
        },
    ],
});

registry.category("web_tour.tours").add("crm_customer_sheet_consent_informed", {
    steps: () => [
        openSheet(),
        {
            content: "nothing told yet is an invitation",
            trigger: ".o_consent_informed_empty:contains(What was the customer told)",
        },
        {
            trigger: ".o_consent_informed_record",
            run: "click",
        },
        {
            trigger: ".modal [name=what] textarea",
            run: "edit Cost of the credit and right of withdrawal",
        },
        {
            trigger: ".modal [name=method] input[data-value=meeting]",
            run: "click",
        },
        {
            trigger: ".modal button[name=action_save]",
            run: "click",
        },
        {
            content: "it is listed with who told it, and how",
            trigger:
                ".o_consent_informed_row:contains(Cost of the credit):contains(Consent Tour Rep)",
        },
    ],
});

registry.category("web_tour.tours").add("crm_customer_sheet_consent_officer", {
    steps: () => [
        ...stepUtils.goToAppSteps("crm_customer_sheet.customer_sheet_menu_root"),
        {
            content: "open the ledger",
            trigger: "[data-menu-xmlid='crm_customer_sheet.customer_sheet_menu_consent']",
            run: "click",
        },
        {
            trigger:
                ".o-dropdown--menu [data-menu-xmlid='crm_customer_sheet.customer_sheet_consent_event_menu']",
            run: "click",
        },
        {
            content: "find a person by their address, once the dashboard is gone",
            trigger:
                ".o_control_panel:has(.o_last_breadcrumb_item:contains(Ledger)) .o_searchview_input",
            run: "edit nora.tour@example.fr",
        },
        {
            trigger: ".o_searchview_autocomplete .o-dropdown-item:contains(E-mail or Phone)",
            run: "click",
        },
        {
            content: "open what they decided",
            trigger: ".o_data_row:contains(Nora Tour):contains(Refused) td[name=holder_names]",
            run: "click",
        },
        {
            content: "the event shows the words and its place in the chain",
            trigger:
                ".o_form_view:has([name=label]:contains(Please do not write)):has([name=hash]:contains($1$)):not(:has(.o_form_button_create))",
        },
        {
            content: "open the person",
            trigger: "button[name=action_open_person]",
            run: "click",
        },
        {
            trigger: ".o_form_view .o_data_row:contains(Refused)",
        },
        {
            content: "and the sheet",
            trigger: "button[name=action_open_sheet]",
            run: "click",
        },
        openSheet(),
        {
            trigger: ".o_consent_history_open",
            run: "click",
        },
        {
            content: "the officer sees the trace",
            trigger: ".modal .o_consent_trace summary",
            run: "click",
        },
        {
            trigger: ".modal .o_consent_trace[open]:contains(nora.tour@example.fr)",
        },
    ],
});
