import { Component } from "@odoo/owl";
import { isRefused } from "@crm_customer_sheet/consent/consent_block/consent_words";
import { useSheetGlance } from "@crm_customer_sheet/sheet/sheet_glance/sheet_glance";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

const WORDS = {
    email: () => _t("No prospecting by e-mail"),
    phone: () => _t("No prospecting by phone"),
    sms: () => _t("No prospecting by text message"),
    post: () => _t("No prospecting by post"),
};

/** A small sign beside a contact point that may not be used for prospecting. */
export class ConsentMark extends Component {
    static template = "crm_customer_sheet.ConsentMark";
    static props = { ...standardWidgetProps, channel: String };

    setup() {
        this.glance = useSheetGlance();
    }

    get cell() {
        const { lines = [] } = this.glance.parts.sheet_consents || {};
        const line = lines.find(({ purpose }) => purpose === "prospecting");
        return line?.cells[this.props.channel];
    }

    get isShown() {
        const { cell } = this;
        return Boolean(
            cell && !cell.allowed && (isRefused(cell) || cell.requirement === "forbidden")
        );
    }

    get title() {
        return WORDS[this.props.channel]();
    }

    get words() {
        return [this.title, ...(this.cell.reasons || [])].join(" · ");
    }
}

export const consentMark = {
    component: ConsentMark,
    extractProps: ({ options }) => ({ channel: options.channel }),
};

registry.category("view_widgets").add("sheet_consent_mark", consentMark);
