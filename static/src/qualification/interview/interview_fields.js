import { Component, onWillStart, useEffect, useRef, xml } from "@odoo/owl";
import { loadGateFields } from "@crm_customer_sheet/qualification/gate_dialog/gate_fields";
import { hasTouch } from "@web/core/browser/feature_detection";
import { useService } from "@web/core/utils/hooks";
import { Record } from "@web/model/record";
import { FormRenderer } from "@web/views/form/form_renderer";

const FOCUSABLE = "input:not([type='hidden'], [disabled]), textarea:not([disabled])";

/**
 * The real fields that answer one question. Those of all questions are one record, read once:
 * going on costs no request unless something was typed.
 */
export class InterviewFields extends Component {
    static template = xml`
        <div class="o_interview_fields o_form_view o_xxs_form_view" t-ref="root">
            <Record t-props="recordProps" t-slot-scope="data">
                <FormRenderer
                    t-foreach="forms"
                    t-as="form"
                    t-key="form.name"
                    record="data.record"
                    archInfo="form.archInfo"
                />
            </Record>
        </div>`;
    static components = { Record, FormRenderer };
    static props = {
        resId: Number,
        codes: { type: Array, element: String },
        code: String,
        onRecord: Function,
        onNoFocus: Function,
    };

    setup() {
        this.view = useService("view");
        this.root = useRef("root");
        onWillStart(() => this.loadFields());
        useEffect(
            (el) => {
                if (el) {
                    this.focusAnswer(el);
                }
            },
            () => [this.root.el, this.props.code]
        );
    }

    /** The first input of the question, and the other fields that would do. */
    get forms() {
        return Object.entries(this.archInfos[this.props.code])
            .filter(([, archInfo]) => archInfo)
            .map(([name, archInfo]) => ({ name: `${this.props.code}_${name}`, archInfo }));
    }

    /** A phone's keyboard would cover the question, and a calendar the other fields. */
    focusAnswer(el) {
        const input = !hasTouch() && el.querySelector(FOCUSABLE);
        if (input && !input.closest(".o_field_date, .o_field_datetime")) {
            input.focus();
        } else {
            this.props.onNoFocus();
        }
    }

    async loadFields() {
        const services = { view: this.view, isSmall: this.env.isSmall };
        const { archInfos, ...fields } = await loadGateFields(services, this.props.codes);
        this.archInfos = archInfos;
        this.recordProps = {
            ...fields,
            resModel: "crm.lead",
            resId: this.props.resId,
            mode: "edit",
            hooks: { onRootLoaded: (record) => this.props.onRecord(record) },
        };
    }
}
