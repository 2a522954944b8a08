import { Component, onWillStart, useState } from "@odoo/owl";
import { dateText } from "@crm_customer_sheet/consent/consent_block/consent_words";
import { Dialog } from "@web/core/dialog/dialog";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";

/** Every decision of a person, the newest first; a trace of it for privacy officers. */
export class ConsentHistory extends Component {
    static template = "crm_customer_sheet.ConsentHistory";
    static components = { Dialog };
    static props = { resModel: String, resId: Number, close: Function };

    setup() {
        this.orm = useService("orm");
        this.state = useState({ events: [] });
        onWillStart(() => this.load());
        Object.assign(this, { dateText });
    }

    async load() {
        const { resModel, resId } = this.props;
        this.state.events = await this.orm.call(resModel, "sheet_consent_history", [[resId]]);
    }

    what({ purpose, channel }) {
        return [purpose, channel].filter(Boolean).join(" · ");
    }

    how({ method, by, actor }) {
        return [method, by || actor].filter(Boolean).join(" · ");
    }

    /** Said only of what was noted on another day than it happened. */
    recorded({ date, recorded }) {
        return recorded && !recorded.startsWith(date) ? _t("noted on %s", recorded) : "";
    }

    /** What only privacy officers read, as pairs of a label and a text. */
    traceOf({ trace }) {
        return Object.keys(TRACE_LABELS)
            .filter((name) => trace[name])
            .map((name) => ({ label: TRACE_LABELS[name](), text: String(trace[name]) }));
    }

    documentUrl({ trace }) {
        return trace.evidence_id && `/web/content/${trace.evidence_id}?download=1`;
    }
}

const TRACE_LABELS = {
    point: () => _t("Contact point"),
    label: () => _t("Words"),
    ip: () => _t("IP address"),
    user_agent: () => _t("Browser"),
    referrer: () => _t("Page"),
    submission: () => _t("Submission"),
    note: () => _t("Note"),
    evidence_name: () => _t("Document"),
    call_reference: () => _t("Call reference"),
};
