import { InterviewDialog } from "@crm_customer_sheet/qualification/interview/interview_dialog";
import { registry } from "@web/core/registry";

/** Opens the interview over the form of a lead; the form is read again when it closes. */
function openInterview(env, action, options = {}) {
    env.services.dialog.add(
        InterviewDialog,
        { leadId: action.params.lead_id },
        { onClose: () => options.onClose?.() }
    );
}

registry.category("actions").add("customer_sheet_interview", openInterview);
