import { Component, useEffect, useRef, useState } from "@odoo/owl";
import { saveAndCall, useCard, useGoTo } from "@crm_customer_sheet/sheet/sheet_card/sheet_card";
import {
    SheetPillarCard,
    SheetPillarDialog,
} from "@crm_customer_sheet/qualification/sheet_pillars/sheet_pillar_card";
import {
    markOf,
    pillarStateText,
} from "@crm_customer_sheet/qualification/sheet_pillars/pillar_words";
import { useRecordAction } from "@crm_customer_sheet/sheet/sheet_card/record_action";
import { useNextGlance, useSheetGlance } from "@crm_customer_sheet/sheet/sheet_glance/sheet_glance";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

/** In the order in which one asks; those that a company has added come after. */
const ORDER = ["need", "timing", "authority", "budget"];

/** How far a lead is qualified, a word and a mark per pillar; each opens what is known of it. */
export class SheetPillarsField extends Component {
    static template = "crm_customer_sheet.SheetPillars";
    static props = { ...standardWidgetProps };

    setup() {
        this.orm = useService("orm");
        this.root = useRef("root");
        this.state = useState({ opened: false, announcement: "" });
        // Shared with the opened card, which is rendered outside of the form.
        this.sheet = useState({ pillars: [], isSaved: false });
        this.actions = {
            goTo: (pillar) => this.goTo(pillar),
            confirm: (pillar, evidence) => this.answer("sheet_confirm_pillar", pillar, evidence),
            takeBack: (pillar) => this.answer("sheet_unconfirm_pillar", pillar),
        };
        this.card = useCard(SheetPillarCard, SheetPillarDialog, {
            position: "bottom-start",
            popoverClass: "o_sheet_pillar_popover",
            onClosed: () => this.onClosed(),
        });
        this.showField = useGoTo(() => this.props.record);
        this.run = useRecordAction(() => this.props.record);
        this.glance = useSheetGlance();
        this.nextGlance = useNextGlance();
        useEffect(
            (parts, resId) => {
                this.sheet.pillars = parts.sheet_pillars || [];
                this.sheet.isSaved = Boolean(resId);
            },
            () => [this.glance.parts, this.props.record.resId]
        );
        Object.assign(this, { markOf, pillarStateText });
    }

    get pillars() {
        const rank = ({ pillar }) => ORDER.indexOf(pillar) + 1 || ORDER.length + 1;
        return [...this.sheet.pillars].sort((a, b) => rank(a) - rank(b));
    }

    /** Nothing is known: an invitation instead of a row of unknowns. */
    get isNew() {
        const { pillars } = this.sheet;
        return pillars.length && pillars.every(({ state }) => state === "unknown");
    }

    toggle(pillar, ev) {
        const wasOpen = this.state.opened === pillar;
        this.card.close();
        if (wasOpen) {
            return;
        }
        const props = { pillar, sheet: this.sheet, actions: this.actions };
        this.card.open(ev.currentTarget, props);
        this.state.opened = pillar;
    }

    onClosed() {
        const button = this.root.el?.querySelector(`[data-pillar="${this.state.opened}"]`);
        this.state.opened = false;
        button?.focus();
    }

    /** Saves the form, notes something about the pillar's answer, and reloads. */
    async answer(method, { code, pillar }, ...args) {
        const { record } = this.props;
        if (!(await saveAndCall(this.orm, record, method, code, ...args))) {
            return;
        }
        await this.nextGlance();
        const pillars = this.glance.parts.sheet_pillars || [];
        const now = pillars.find((each) => each.pillar === pillar);
        this.state.announcement = now
            ? _t("%(pillar)s: %(state)s", { pillar: now.label, state: pillarStateText(now) })
            : "";
    }

    async goTo({ fields, question }) {
        const form = this.root.el.closest(".o_form_renderer");
        this.card.close();
        await this.showField(form, fields, question);
    }
}

export const sheetPillarsField = {
    component: SheetPillarsField,
};

registry.category("view_widgets").add("sheet_pillars", sheetPillarsField);
