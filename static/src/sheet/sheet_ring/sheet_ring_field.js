import { Component, useEffect, useRef, useState } from "@odoo/owl";
import { useGatedForm } from "@crm_customer_sheet/qualification/gate_dialog/gate_forms";
import { saveAndCall, useCard, useGoTo } from "@crm_customer_sheet/sheet/sheet_card/sheet_card";
import { SheetGapDialog, SheetGapList } from "@crm_customer_sheet/sheet/sheet_ring/sheet_gap_list";
import { useSheetGlance } from "@crm_customer_sheet/sheet/sheet_glance/sheet_glance";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const RADIUS = 7;

/**
 * How many of the questions that count now are answered, as a button that lists what is open. Its
 * arc is painted from the columns of the row, the count when the server has told the whole.
 */
export class SheetRingField extends Component {
    static template = "crm_customer_sheet.SheetRing";
    static props = { ...standardFieldProps };

    setup() {
        this.orm = useService("orm");
        this.button = useRef("button");
        this.state = useState({ isOpen: false, announcement: "" });
        // Shared with the opened list, which is rendered outside of the form.
        this.sheet = useState({ gaps: false, answers: {}, round: 0 });
        this.actions = {
            goTo: (item) => this.goTo(item),
            answer: (...args) => this.answer(...args),
            canAnswer: () => Boolean(this.props.record.resId),
        };
        this.card = useCard(SheetGapList, SheetGapDialog, {
            position: "bottom-end",
            popoverClass: "o_sheet_gap_popover",
            onClosed: () => this.onClosed(),
        });
        this.showField = useGoTo(() => this.props.record);
        // Every form of a lead has a ring: here a gate's dialog finds the form.
        useGatedForm(() => this.props.record);
        this.glance = useSheetGlance();
        useEffect(
            () => {
                this.sheet.gaps = this.gaps;
                this.tell(this.props.record, this.glance.parts.sheet_gaps);
            },
            () => {
                const { sheet_completeness: score, sheet_missing: missing } =
                    this.props.record.data;
                return [this.glance.parts, score, missing, this.props.record];
            }
        );
        this.sheet.gaps = this.gaps;
    }

    /** What the columns of the row say, until the server has told the whole. */
    get gaps() {
        const { sheet_completeness: score, sheet_missing: missing } = this.props.record.data;
        if (score === false && this.props.record.resId) {
            return false;
        }
        const known = this.glance.parts.sheet_gaps || { items: [], sections: {} };
        return { ...known, score, missing: (missing || []).length };
    }

    get circumference() {
        return 2 * Math.PI * RADIUS;
    }

    get count() {
        return countText(this.glance.parts.sheet_gaps);
    }

    get status() {
        const { missing } = this.sheet.gaps;
        return missing ? _t("%s to complete", missing) : _t("Complete");
    }

    /** Says what an edit changed. */
    tell({ resId, resModel }, gaps) {
        if (!gaps || gaps === this.told?.gaps) {
            return;
        }
        const before = this.told;
        this.told = { key: `${resModel},${resId}`, gaps };
        if (before?.key === this.told.key && countText(before.gaps) !== this.count) {
            const values = { count: this.count, status: this.status };
            this.state.announcement = _t("%(count)s answered: %(status)s", values);
        }
    }

    async toggle() {
        if (this.state.isOpen) {
            return this.card.close();
        }
        await this.loadAnswers();
        this.card.open(this.button.el, { sheet: this.sheet, actions: this.actions });
        this.state.isOpen = true;
    }

    onClosed() {
        this.state.isOpen = false;
        this.button.el?.focus();
    }

    async loadAnswers() {
        const { resId, resModel } = this.props.record;
        this.sheet.answers = resId ? await this.orm.call(resModel, "sheet_answers", [[resId]]) : {};
    }

    /** Saves the form, calls a method of the record about one question, and reloads. */
    async answer(method, code, ...args) {
        if (await saveAndCall(this.orm, this.props.record, method, code, ...args)) {
            await this.loadAnswers();
            this.sheet.round++;
        }
    }

    async goTo(item) {
        const form = this.button.el.closest(".o_form_renderer");
        this.card.close();
        await this.showField(form, item.fields, item.label);
    }
}

/** How many questions count now, and how many of them are answered. */
function countText(gaps) {
    return gaps ? _t("%(answered)s of %(asked)s", gaps) : "";
}

export const sheetRingField = {
    component: SheetRingField,
    displayName: _t("Sheet completeness ring"),
    supportedTypes: ["integer"],
    isEmpty: (record, fieldName) => record.data[fieldName] === false,
    fieldDependencies: [{ name: "sheet_missing", type: "json" }],
};

registry.category("fields").add("sheet_ring", sheetRingField);
