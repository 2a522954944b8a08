import { Component } from "@odoo/owl";
import { useSheetGlance } from "@crm_customer_sheet/sheet/sheet_glance/sheet_glance";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

/**
 * The title of a section of the sheet: its name, how many of its questions are
 * answered ("4/6"), and in words which of those that count now are still open.
 */
export class SheetSection extends Component {
    static template = "crm_customer_sheet.SheetSection";
    static props = { ...standardWidgetProps, section: String, title: String };

    setup() {
        this.glance = useSheetGlance();
    }

    get gaps() {
        return this.glance.parts.sheet_gaps || {};
    }

    get tally() {
        return this.gaps.sections?.[this.props.section];
    }

    get tallyLabel() {
        const [answered, asked] = this.tally;
        return _t("%(answered)s of %(asked)s questions answered", { answered, asked });
    }

    get open() {
        return (this.gaps.items || [])
            .filter((item) => item.now && item.section === this.props.section)
            .map((item) => item.label)
            .join(", ");
    }
}

export const sheetSection = {
    component: SheetSection,
    extractProps: ({ attrs, options }) => ({ section: options.section, title: attrs.string }),
};

registry.category("view_widgets").add("sheet_section", sheetSection);
