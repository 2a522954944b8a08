import { Component, useEffect, useRef, useState } from "@odoo/owl";
import { firstInput } from "@crm_customer_sheet/qualification/gate_dialog/gate_body";
import {
    arrange,
    isAnswered,
    neededText,
} from "@crm_customer_sheet/qualification/gate_dialog/gate_facts";
import { openReason } from "@crm_customer_sheet/qualification/gate_dialog/gate_fields";
import { SheetEvidenceForm } from "@crm_customer_sheet/qualification/sheet_pillars/sheet_evidence_form";
import { SheetUnknownForm } from "@crm_customer_sheet/sheet/sheet_ring/sheet_unknown_form";
import { _t } from "@web/core/l10n/translation";
import { FormRenderer } from "@web/views/form/form_renderer";

/** One thing that a gate asks for: an input for each way to say it, the others behind "or...". */
export class GateCriterion extends Component {
    static template = "crm_customer_sheet.GateCriterion";
    static components = { FormRenderer, SheetEvidenceForm, SheetUnknownForm };
    static props = {
        criterion: Object,
        archInfos: Object, // by code of the question: {first, more}
        record: Object,
        asking: { type: [String, Boolean] }, // code of the question whose small form is open
        busy: Boolean,
        actions: Object, // {ask(code), cancel(), setUnknown(option, ...), confirm(option, ...)}
    };

    setup() {
        this.state = useState({ isOpen: false });
        this.others = useRef("others");
        Object.assign(this, { isAnswered, neededText, openReason });
        useEffect(
            (el) => el && firstInput(el)?.focus(),
            () => [this.others.el]
        );
    }

    get ways() {
        return arrange(this.props.criterion);
    }

    /** The other fields that would do, once they are asked for: [key, archInfo]. */
    get otherFields() {
        const { shown, others } = this.ways;
        const { archInfos } = this.props;
        const open = shown.filter((option) => !isAnswered(option));
        return [
            ...open.map(({ code }) => [`${code}_more`, archInfos[code].more]),
            ...others.flatMap(({ code }) => [
                [code, archInfos[code].first],
                [`${code}_more`, archInfos[code].more],
            ]),
        ].filter(([, archInfo]) => archInfo);
    }

    /** The title says it already. */
    isTitle({ label }) {
        return label === this.props.criterion.criterion;
    }

    /** What is no field, such as a consent, is decided or not: nobody puts it off here. */
    canBeUnknown({ code, state }) {
        return this.props.archInfos[code].first && state !== "unknown";
    }

    unknownLabel({ label }) {
        return _t("Not known yet: %s", label);
    }

    othersLabel({ criterion }) {
        return _t("Other ways to answer “%s”", criterion);
    }

    elsewhereText({ label }) {
        return _t("“%s” is recorded elsewhere on the lead.", label);
    }
}
