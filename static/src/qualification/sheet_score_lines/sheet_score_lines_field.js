import { Component, useRef, useState } from "@odoo/owl";
import { useCard } from "@crm_customer_sheet/sheet/sheet_card/sheet_card";
import { useSheetGlance } from "@crm_customer_sheet/sheet/sheet_glance/sheet_glance";
import { Dialog } from "@web/core/dialog/dialog";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

/** What brought how many points, line by line. */
export class SheetScoreLines extends Component {
    static template = "crm_customer_sheet.SheetScoreLines";
    static props = {
        score: Object,
        titled: { type: Boolean, optional: true },
        close: { type: Function, optional: true },
    };
    static defaultProps = { titled: true };
}

/** The same lines over the whole screen of a phone. */
export class SheetScoreDialog extends Component {
    static template = "crm_customer_sheet.SheetScoreDialog";
    static components = { Dialog, SheetScoreLines };
    static props = { score: Object, close: Function };
}

/** The score of a lead, as a button that explains it. */
export class SheetScoreLinesField extends Component {
    static template = "crm_customer_sheet.SheetScoreLinesField";
    static props = { ...standardWidgetProps };

    setup() {
        this.glance = useSheetGlance();
        this.button = useRef("button");
        this.state = useState({ isOpen: false });
        this.card = useCard(SheetScoreLines, SheetScoreDialog, {
            position: "bottom-start",
            popoverClass: "o_sheet_score_popover",
            onClosed: () => this.onClosed(),
        });
    }

    get score() {
        return this.glance.parts.sheet_score_lines;
    }

    get text() {
        const { total, hot } = this.score;
        return hot ? _t("Score %s · hot", total) : _t("Score %s", total);
    }

    toggle() {
        if (this.state.isOpen) {
            return this.card.close();
        }
        this.card.open(this.button.el, { score: this.score });
        this.state.isOpen = true;
    }

    onClosed() {
        this.state.isOpen = false;
        this.button.el?.focus();
    }
}

export const sheetScoreLinesField = {
    component: SheetScoreLinesField,
};

registry.category("view_widgets").add("sheet_score_lines", sheetScoreLinesField);
