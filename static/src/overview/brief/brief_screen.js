import { Component, onMounted, useState } from "@odoo/owl";
import { Brief } from "@crm_customer_sheet/overview/brief/brief";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

/** The brief alone: over the form, or the whole screen of a phone. */
export class BriefScreen extends Component {
    static template = "crm_customer_sheet.BriefScreen";
    static components = { Brief };
    static props = { ...standardActionServiceProps };

    get target() {
        return this.props.action.params;
    }
}

/** The brief over the first question of an interview, which does not wait for it. */
export class BriefFold extends Component {
    static template = "crm_customer_sheet.BriefFold";
    static components = { Brief };
    static props = { leadId: Number };

    setup() {
        this.ui = useService("ui");
        this.state = useState({ isOpen: false });
        onMounted(() => (this.state.isOpen = !this.ui.isSmall));
    }
}

registry.category("actions").add("customer_sheet_brief", BriefScreen);
registry.category("sheet_interview_top").add("brief", BriefFold);
