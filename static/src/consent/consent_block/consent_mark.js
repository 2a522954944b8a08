import { Component, useRef, useState } from "@odoo/owl";
import { useRecordAction } from "@crm_customer_sheet/sheet/sheet_card/record_action";
import {
    ConsentCard,
    ConsentCardDialog,
} from "@crm_customer_sheet/consent/consent_block/consent_card";
import { ConsentHistory } from "@crm_customer_sheet/consent/consent_block/consent_history";
import {
    MAY_ICONS,
    mayContact,
    mayQuestion,
    mayText,
    prospectingCell,
} from "@crm_customer_sheet/consent/consent_block/consent_may";
import { useCard } from "@crm_customer_sheet/sheet/sheet_card/sheet_card";
import { useSheetGlance } from "@crm_customer_sheet/sheet/sheet_glance/sheet_glance";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

/** What else one uses a number for: not for text messages either, where calls are refused. */
const MORE_CHANNELS = { phone: ["sms"] };

/**
 * May I, in words beside a number or a mailbox. What was refused is read and copied, but is no
 * link: the style sheet hides the links that `data-refuses` names. Only prospecting is refused,
 * so whoever calls about something else gets them back, until the form shows another value.
 */
export class ConsentMark extends Component {
    static template = "crm_customer_sheet.ConsentMark";
    static props = { ...standardWidgetProps, channel: String, field: String };

    setup() {
        this.glance = useSheetGlance();
        this.dialog = useService("dialog");
        this.button = useRef("button");
        this.state = useState({ isOpen: false, allowedFor: "" });
        this.card = useCard(ConsentCard, ConsentCardDialog, {
            position: "bottom-start",
            popoverClass: "o_consent_popover",
            onClosed: () => this.onClosed(),
        });
        this.run = useRecordAction(() => this.props.record);
    }

    get consents() {
        return this.glance.parts.sheet_consents;
    }

    get value() {
        return this.props.record.data[this.props.field];
    }

    get may() {
        return Boolean(this.value) && mayContact(this.consents, this.props.channel);
    }

    get icon() {
        return MAY_ICONS[this.may.state];
    }

    get question() {
        return mayQuestion(this.props.channel);
    }

    /** Text messages are named where they alone are refused. */
    get text() {
        const { channel } = this.props;
        const also = this.refused.filter((each) => each !== channel);
        const told = this.may.state === "refused" ? [channel] : [channel, ...also];
        return told.map((each) => mayText(mayContact(this.consents, each), each)).join(" · ");
    }

    get allowedKey() {
        return `${this.props.record.resId} ${this.value}`;
    }

    /** The channels that this number or mailbox may not be used for. */
    get refused() {
        const channels = [this.props.channel, ...(MORE_CHANNELS[this.props.channel] || [])];
        const isRefused = (each) => mayContact(this.consents, each)?.state === "refused";
        return isRefused(this.props.channel) ? channels : channels.filter(isRefused);
    }

    get refuses() {
        return this.state.allowedFor === this.allowedKey ? "" : this.refused.join(" ");
    }

    toggle() {
        if (this.state.isOpen) {
            return this.card.close();
        }
        const { channel, record } = this.props;
        const { reasons, state } = this.may;
        const cell = prospectingCell(this.consents, channel) || { allowed: state === "yes" };
        this.card.open(this.button.el, {
            title: this.question,
            cell: { ...cell, reasons },
            onRecord: record.isInEdition && ((answer) => this.record(answer)),
            onHistory: record.resId ? () => this.openHistory() : undefined,
            onOther: Boolean(this.refuses) && (() => (this.state.allowedFor = this.allowedKey)),
        });
        this.state.isOpen = true;
    }

    onClosed() {
        this.state.isOpen = false;
        this.button.el?.focus();
    }

    record(answer) {
        const args = ["prospecting", this.props.channel, answer];
        return this.run("action_sheet_consent_record", ...args);
    }

    openHistory() {
        const { resModel, resId } = this.props.record;
        this.dialog.add(ConsentHistory, { resModel, resId });
    }
}

export const consentMark = {
    component: ConsentMark,
    extractProps: ({ options }) => ({ channel: options.channel, field: options.field }),
};

registry.category("view_widgets").add("sheet_consent_mark", consentMark);
