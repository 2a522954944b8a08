import { Component, useEffect, useRef, useState } from "@odoo/owl";
import { deserializeDate, formatDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";

const BANDS = {
    certain: _t("Certain"),
    probable: _t("Probable"),
    possible: _t("Possible"),
};
const KINDS = {
    same_company: _t("Same company"),
    same_customer: _t("Same customer"),
};
/** Not a reason of its own: what an equal name is worth more because few have it. */
const RARITY = "rarity";

/** One possible match: who it is, why it is one, and what can be done about it. */
export class MatchRow extends Component {
    static template = "crm_customer_sheet.MatchRow";
    static props = {
        match: Object,
        actions: Array,
        canRefuse: Boolean,
        isBusy: Boolean,
        refuse: Function,
    };

    setup() {
        this.state = useState({ isAsking: false, reason: "" });
        this.why = useRef("why");
        useEffect(
            (isAsking) => isAsking && this.why.el.focus(),
            () => [this.state.isAsking]
        );
    }

    get match() {
        return this.props.match;
    }

    get hiddenText() {
        const { model, owner } = this.match;
        const parts = { owner };
        if (model === "crm.lead") {
            return owner
                ? _t("A lead that you may not see, looked after by %(owner)s", parts)
                : _t("A lead that you may not see");
        }
        return owner
            ? _t("A contact that you may not see, looked after by %(owner)s", parts)
            : _t("A contact that you may not see");
    }

    /** What kind of record, its stage, who looks after it, when it last moved. */
    get details() {
        const { model, stage, owner, last_activity, archived } = this.match;
        const date = last_activity && formatDate(deserializeDate(last_activity));
        return [
            model === "crm.lead" ? _t("Lead") : _t("Contact"),
            archived && _t("archived"),
            stage,
            owner || _t("nobody in charge"),
            date && _t("last activity %(date)s", { date }),
        ]
            .filter(Boolean)
            .join(" · ");
    }

    get confidence() {
        const { kind, band, readable } = this.match;
        if (!readable) {
            return "";
        }
        return KINDS[kind] || BANDS[band] || "";
    }

    /** What speaks for it; what speaks against it is in the queue of the steward. */
    get reasons() {
        return this.match.reasons.filter(({ code, weight }) => weight > 0 && code !== RARITY);
    }

    get reasonsText() {
        return `(${this.reasons.map(({ label }) => label).join(", ")})`;
    }

    onKeydown(ev) {
        if (ev.key === "Escape") {
            ev.stopPropagation();
            this.state.isAsking = false;
        }
    }

    refuse() {
        return this.props.refuse(this.match, this.state.reason.trim() || false);
    }
}
