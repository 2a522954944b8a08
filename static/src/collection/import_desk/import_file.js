import { Component } from "@odoo/owl";
import { isFixed, stepProps } from "@crm_customer_sheet/collection/import_desk/import_words";
import { _t } from "@web/core/l10n/translation";

/** How the file is read, with a sample of it; all of it can be changed. */
export class ImportFile extends Component {
    static template = "crm_customer_sheet.ImportFile";
    static props = stepProps;

    get look() {
        return this.props.desk.look;
    }

    get isFixed() {
        return isFixed(this.props);
    }

    /** What there is to choose of: a workbook has sheets, a text has an encoding. */
    get choices() {
        const { sheet, sheets = [], encoding, encodings, separator, separators } = this.look;
        const all = [
            {
                name: "sheet",
                label: _t("Sheet of the workbook"),
                value: sheet,
                options: sheets.map((name) => [name, name]),
            },
            { name: "encoding", label: _t("Encoding"), value: encoding, options: encodings },
            { name: "separator", label: _t("Separator"), value: separator, options: separators },
        ];
        return all.filter(({ options }) => options?.length > 1);
    }

    choose(name, value) {
        this.props.call("choose", { [name]: value });
    }
}
