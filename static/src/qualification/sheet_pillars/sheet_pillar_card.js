import { Component, onMounted, useRef, useState } from "@odoo/owl";
import { confirmedText } from "@crm_customer_sheet/qualification/sheet_pillars/pillar_words";
import { SheetEvidenceForm } from "@crm_customer_sheet/qualification/sheet_pillars/sheet_evidence_form";
import { Dialog } from "@web/core/dialog/dialog";

/** What is known of one pillar, on what evidence; shared by the popover and the phone dialog. */
export class SheetPillarCard extends Component {
    static template = "crm_customer_sheet.SheetPillarCard";
    static components = { SheetEvidenceForm };
    static props = {
        pillar: String,
        sheet: Object, // reactive: {pillars, isSaved}
        actions: Object, // {goTo(pillar), confirm(pillar, evidence), takeBack(pillar)}
        titled: { type: Boolean, optional: true },
        close: { type: Function, optional: true },
    };
    static defaultProps = { titled: true };

    setup() {
        this.sheet = useState(this.props.sheet);
        this.state = useState({ busy: false, round: 0 });
        this.root = useRef("root");
        onMounted(() => this.root.el.focus());
    }

    get pillar() {
        return this.sheet.pillars.find(({ pillar }) => pillar === this.props.pillar);
    }

    get confirmation() {
        return [confirmedText(this.pillar), this.pillar.author].filter(Boolean).join(" · ");
    }

    async run(action, ...args) {
        this.state.busy = true;
        try {
            await this.props.actions[action](this.pillar, ...args);
            this.state.round++; // an empty form
            this.root.el?.focus();
        } finally {
            this.state.busy = false;
        }
    }
}

/** The same card over the whole screen of a phone. */
export class SheetPillarDialog extends Component {
    static template = "crm_customer_sheet.SheetPillarDialog";
    static components = { Dialog, SheetPillarCard };
    static props = { pillar: String, sheet: Object, actions: Object, close: Function };

    get title() {
        return this.props.sheet.pillars.find(({ pillar }) => pillar === this.props.pillar)?.label;
    }
}
