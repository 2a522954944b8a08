import { Component, useRef, useState } from "@odoo/owl";
import { useRecordAction } from "@crm_customer_sheet/sheet/sheet_card/record_action";
import {
    ConsentCard,
    ConsentCardDialog,
} from "@crm_customer_sheet/consent/consent_block/consent_card";
import { ConsentHistory } from "@crm_customer_sheet/consent/consent_block/consent_history";
import {
    cellDate,
    cellWords,
    markOf,
} from "@crm_customer_sheet/consent/consent_block/consent_words";
import { useCard } from "@crm_customer_sheet/sheet/sheet_card/sheet_card";
import { useSheetGlance } from "@crm_customer_sheet/sheet/sheet_glance/sheet_glance";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

/** May I contact them? A line for each purpose, a cell for each channel; each cell explains. */
export class ConsentBlockField extends Component {
    static template = "crm_customer_sheet.ConsentBlock";
    static props = { ...standardWidgetProps };

    setup() {
        this.glance = useSheetGlance();
        this.dialog = useService("dialog");
        this.root = useRef("root");
        this.state = useState({ opened: false, unfolded: false, announcement: "" });
        this.card = useCard(ConsentCard, ConsentCardDialog, {
            position: "bottom-start",
            popoverClass: "o_consent_popover",
            onClosed: () => this.onClosed(),
        });
        this.run = useRecordAction(
            () => this.props.record,
            () => this.announce()
        );
        Object.assign(this, { cellDate, cellWords, markOf });
    }

    get value() {
        return this.glance.parts.sheet_consents || { channels: [], lines: [] };
    }

    get channels() {
        return this.value.channels.map(([code, label]) => ({ code, label }));
    }

    get isSaved() {
        return !this.props.record.isNew;
    }

    /** Nobody was ever asked: an invitation instead of a table of dashes. */
    get isEmpty() {
        const cells = this.value.lines.flatMap((line) => Object.values(line.cells));
        return !cells.some((cell) => cell.state || cell.requested);
    }

    /** The purposes of which something is known, and prospecting: what one looks for first. */
    get lines() {
        return this.state.unfolded ? this.value.lines : this.value.lines.filter(isTold);
    }

    get folded() {
        return this.state.unfolded ? [] : this.value.lines.filter((line) => !isTold(line));
    }

    get foldedText() {
        const purposes = this.folded.map(({ label }) => label).join(", ");
        return _t("No decision yet: %(purposes)s", { purposes });
    }

    unfold() {
        this.state.unfolded = true;
    }

    titleOf(line, channel) {
        return _t("%(purpose)s: %(channel)s", { purpose: line.label, channel: channel.label });
    }

    /** A cell in words, for whoever cannot see the table. */
    labelOf(line, channel) {
        const cell = line.cells[channel.code];
        const words = [cellWords(cell), cellDate(cell)].filter(Boolean).join(" ");
        const values = { cell: this.titleOf(line, channel), decision: words };
        return cell.allowed
            ? _t("%(cell)s, %(decision)s, allowed", values)
            : _t("%(cell)s, %(decision)s, not allowed", values);
    }

    toggle(line, channel, ev) {
        const key = `${line.purpose},${channel.code}`;
        const wasOpen = this.state.opened === key;
        this.card.close();
        if (wasOpen) {
            return;
        }
        this.card.open(ev.currentTarget, {
            title: this.titleOf(line, channel),
            cell: line.cells[channel.code],
            onRecord: this.canRecord && ((state) => this.record(line.purpose, channel.code, state)),
        });
        this.state.opened = key;
    }

    onClosed() {
        const cell = this.root.el?.querySelector(`[data-cell="${this.state.opened}"]`);
        this.state.opened = false;
        cell?.focus();
    }

    /** The field itself is computed; privacy officers may note decisions on every sheet. */
    get canRecord() {
        return this.props.record.isInEdition || this.value.can_prove;
    }

    /** Opens the dialog that notes a decision; only what was clicked is filled in. */
    record(purpose = false, channel = false, state = false) {
        return this.run("action_sheet_consent_record", purpose, channel, state);
    }

    request() {
        return this.run("action_sheet_consent_request");
    }

    proof() {
        return this.run("action_sheet_consent_proof");
    }

    openHistory() {
        const { resModel, resId } = this.props.record;
        this.dialog.add(ConsentHistory, { resModel, resId });
    }

    announce() {
        this.state.announcement = _t("The consents are up to date.");
    }
}

function isTold({ purpose, cells }) {
    const isKnown = (cell) => cell.state || cell.requested;
    return purpose === "prospecting" || Object.values(cells).some(isKnown);
}

export const consentBlockField = {
    component: ConsentBlockField,
};

registry.category("view_widgets").add("sheet_consents", consentBlockField);
