import { Component } from "@odoo/owl";
import { criterionText, leadsOf } from "@crm_customer_sheet/qualification/gate_dialog/gate_facts";
import { Dialog } from "@web/core/dialog/dialog";
import { _t } from "@web/core/l10n/translation";

/** Says which answers a stage still needs; what the form holds stays as it was typed. */
export class GateKeptDialog extends Component {
    static template = "crm_customer_sheet.GateKeptDialog";
    static components = { Dialog };
    static props = { facts: Object, close: Function };

    setup() {
        this.leads = leadsOf(this.props.facts);
        this.criterionText = criterionText;
    }

    get title() {
        return _t("“%s” needs these answers", this.props.facts.stage[1]);
    }
}
