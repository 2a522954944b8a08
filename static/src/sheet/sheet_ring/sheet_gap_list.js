import { Component, useEffect, useRef, useState } from "@odoo/owl";
import { enoughText, groupGaps } from "@crm_customer_sheet/sheet/sheet_ring/gap_groups";
import { SheetGapRow } from "@crm_customer_sheet/sheet/sheet_ring/sheet_gap_row";
import { Dialog } from "@web/core/dialog/dialog";
import { _t } from "@web/core/l10n/translation";

/** What is open on a sheet, by section; shared by the popover and the phone dialog. */
export class SheetGapList extends Component {
    static template = "crm_customer_sheet.SheetGapList";
    static components = { SheetGapRow };
    static props = {
        sheet: Object, // reactive: {gaps, answers, round}
        actions: Object, // {goTo(item), answer(method, code, ...args), canAnswer()}
        titled: { type: Boolean, optional: true },
        close: { type: Function, optional: true },
    };
    static defaultProps = { titled: true };

    setup() {
        this.sheet = useState(this.props.sheet);
        this.root = useRef("root");
        this.enoughText = enoughText;
        // The row that had the focus is gone once its question is answered.
        useEffect(
            (el, round) => round && el.focus(),
            () => [this.root.el, this.sheet.round]
        );
    }

    get groups() {
        return groupGaps(this.sheet.gaps, this.sheet.answers);
    }

    get isComplete() {
        return !this.sheet.gaps.missing;
    }

    get countText() {
        return _t("%(answered)s of %(asked)s answered.", this.sheet.gaps);
    }

    /** Said once, and not with each question. */
    get moreText() {
        const { more } = this.sheet.gaps;
        if (!more) {
            return "";
        }
        return more.count === 1
            ? _t("1 more counts from “%s” on.", more.stage)
            : _t("%(count)s more count from “%(stage)s” on.", more);
    }

    gateTitle({ stage, is_behind }) {
        return is_behind ? _t("Still missing for “%s”", stage) : _t("To enter “%s”", stage);
    }

    /** Of how many of its criteria a gate makes do, where not all are needed. */
    gateText({ still, missing }) {
        return enoughText({ needed: still, items: missing });
    }

    wantedFrom(stage) {
        return _t("Wanted from “%s” on", stage);
    }
}

/** The same list over the whole screen of a phone. */
export class SheetGapDialog extends Component {
    static template = "crm_customer_sheet.SheetGapDialog";
    static components = { Dialog, SheetGapList };
    static props = { sheet: Object, actions: Object, close: Function };
}
