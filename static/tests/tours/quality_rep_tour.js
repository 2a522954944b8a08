import { registry } from "@web/core/registry";
import { stepUtils } from "@web_tour/tour_utils";
import { openSheet } from "./sheet_steps";

const NOTE = ".o_sheet_check_note";
const NAME = "h1 .o_field_widget[name=name]";
const PROPOSAL = ".o_sheet_proposal[data-key=correction-person_name]";

registry.category("web_tour.tours").add("crm_customer_sheet_quality_rep", {
    steps: () => [
        {
            content: "the reason is read beside the e-mail",
            trigger: `${NOTE} .o_sheet_check_reason:contains(The domain looks mistyped)`,
        },
        {
            content: "its sign is not told by colour alone",
            trigger:
                ".o_sheet_check_badge[data-status=doubtful][aria-label*='looks mistyped'] .fa-exclamation-triangle",
        },
        {
            content: "accept what is suggested",
            trigger: `${NOTE} button:contains(Use gmail.com)`,
            run: "click",
        },
        {
            content: "the e-mail is corrected before anything is saved",
            trigger: ".o_form_dirty .o_field_widget[name=email] input:value(jean.dupont@gmail.com)",
        },
        {
            content: "and no longer in doubt",
            trigger: ".o_form_view:not(:has(.o_sheet_check_reason))",
        },
        ...stepUtils.saveForm(),
        {
            content: "open the suggested corrections",
            trigger:
                ".o_sheet_proposals_toggle[aria-expanded=false]:contains(2 suggested corrections)",
            run: "click",
        },
        {
            content: "what was typed and what is suggested are both read",
            trigger: `${PROPOSAL}:contains(JEAN DUPONT):contains(Jean Dupont)`,
        },
        {
            content: "accept one",
            trigger: `${PROPOSAL} .o_sheet_proposal_accept`,
            run: "click",
        },
        {
            content: "the name is corrected, the other suggestion is left",
            trigger: `.o_form_view:has(.o_sheet_proposals_toggle:contains(1 suggested correction)) ${NAME} .o_input:value(Jean Dupont)`,
        },
        {
            content: "undo it",
            trigger: ".o_notification:contains(Accepted) button:contains(Undo)",
            run: "click",
        },
        {
            content: "the name is as it was typed",
            trigger: `${NAME} .o_input:value(JEAN DUPONT)`,
        },
        {
            content: "nothing is suggested again",
            trigger: ".o_form_view:not(:has(.o_sheet_proposals))",
        },
        openSheet(),
        {
            content: "nobody has verified the sheet yet",
            trigger: ".o_field_widget[name=sheet_status]:contains(Not verified)",
        },
        {
            content: "verify it by phone",
            trigger: "button[name=action_sheet_verify]:contains(Verified by phone)",
            run: "click",
        },
        {
            content: "the status reads so, how and by whom",
            trigger:
                ".o_form_view:has(.o_field_widget[name=sheet_verified_how]:contains(By phone)):has(.o_field_widget[name=sheet_verified_by_id]:contains(Quality Rep)) .o_field_widget[name=sheet_status]:text(Verified)",
        },
        {
            content: "it can be taken back, not given twice",
            trigger:
                ".o_form_view:has(button[name=action_sheet_unverify]):not(:has(button[name=action_sheet_verify]))",
        },
    ],
});
