import { Component } from "@odoo/owl";
import { stepProps } from "@crm_customer_sheet/collection/import_desk/import_words";
import { _t } from "@web/core/l10n/translation";
import { formatInteger } from "@web/views/fields/formatters";

/** What the file is worth: each column, and what somebody should know of it, in sentences. */
export class ImportAudit extends Component {
    static template = "crm_customer_sheet.ImportAudit";
    static props = stepProps;

    get audit() {
        return this.props.desk.audit;
    }

    get title() {
        return _t("%(rows)s rows, %(columns)s columns", {
            rows: formatInteger(this.audit.rows),
            columns: this.audit.columns.length,
        });
    }

    get findingCount() {
        const counts = this.audit.columns.map(({ findings }) => findings.length);
        return counts.reduce((sum, count) => sum + count, this.audit.findings.length);
    }

    share({ filled }) {
        const { rows } = this.audit;
        return rows ? Math.round((100 * filled) / rows) : 0;
    }

    number(value) {
        return formatInteger(value);
    }

    lines({ lines, count }) {
        if (!lines?.length) {
            return "";
        }
        const shown = lines.slice(0, 5).join(", ");
        const more = count > Math.min(lines.length, 5);
        return more ? _t("(rows %s…)", shown) : _t("(rows %s)", shown);
    }
}
