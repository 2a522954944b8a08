import { Component, onWillStart, onWillUpdateProps, useEnv } from "@odoo/owl";
import { editsOf } from "@crm_customer_sheet/sheet/sheet_glance/sheet_glance";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { pick } from "@web/core/utils/objects";
import { parseXML } from "@web/core/utils/xml";
import { extractFieldsFromArchInfo } from "@web/model/relational_model/utils";
import { FormArchParser } from "@web/views/form/form_arch_parser";
import { loadSubViews } from "@web/views/form/form_controller";
import { FormRenderer } from "@web/views/form/form_renderer";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

/** The context key under which the server sends the page of a form alone. */
const PAGE_KEY = "sheet_page_view_ref";

/**
 * Returns `load(record)`: the page of the sheet that the record's form leaves out, as
 * `{archInfo, activeFields, fields}`. The view service keeps it.
 */
export function useSheetPageLoader() {
    const { config } = useEnv();
    const viewService = useService("view");
    const ui = useService("ui");
    return async ({ resModel, context }) => {
        const { fields, relatedModels, views } = await viewService.loadViews({
            context: { ...context, [PAGE_KEY]: "page" },
            resModel,
            views: [[config.viewId || false, "form"]],
        });
        const xmlDoc = parseXML(views.form.arch);
        const archInfo = new FormArchParser().parse(xmlDoc, relatedModels, resModel);
        const { fieldNodes } = archInfo;
        await loadSubViews(fieldNodes, fields, context, resModel, viewService, ui.isSmall);
        return { archInfo, ...extractFieldsFromArchInfo(archInfo, fields) };
    };
}

/**
 * Gives the form's record the fields of a page that is opened, as the dialog of a line does with
 * the line's record (`StaticList.extendRecord`). One record: saved and discarded as a whole, and
 * what has been typed stays.
 */
export function extendRecord(record, page) {
    return record.model.mutex.exec(async () => {
        const missing = Object.keys(page.activeFields).filter((n) => !(n in record.activeFields));
        if (!missing.length) {
            return;
        }
        const more = Object.fromEntries(missing.map((name) => [name, page.activeFields[name]]));
        const fields = { ...page.fields, ...record.fields };
        const own = { ...record.config, fields, activeFields: more };
        const [values, changes] = await loadValues(record, own);
        const activeFields = { ...more, ...record.activeFields };
        record.model._updateConfig(record.config, { fields, activeFields }, { reload: false });
        record._applyDefaultValues();
        record._applyValues(values);
        record._applyChanges({}, changes);
    });
}

/** Loads the fields of `config`: what is stored, and what edits not saved yet make of it. */
async function loadValues(record, config) {
    const { evalContext, model } = record;
    const changes = editsOf(record);
    // the server asks for all fields of which it is told a value
    const whole = { ...config, activeFields: { ...record.activeFields, ...config.activeFields } };
    const names = Object.keys(config.activeFields);
    if (record.isNew) {
        return [pick(await model._loadNewRecord(whole, { changes, evalContext }), ...names), {}];
    }
    const [values] = await model._loadRecords(config, evalContext);
    const fieldNames = Object.keys(changes);
    const followed = fieldNames.length
        ? await model._onchange(whole, { changes, fieldNames, evalContext })
        : {};
    return [values, pick(followed, ...names)];
}

/** The page of the customer sheet, loaded when its tab is opened. */
export class SheetPage extends Component {
    static template = "crm_customer_sheet.SheetPage";
    static components = { FormRenderer };
    static props = { ...standardWidgetProps };

    setup() {
        this.loadPage = useSheetPageLoader();
        onWillStart(() => this.open(this.props.record));
        onWillUpdateProps(({ record }) => record !== this.props.record && this.open(record));
    }

    async open(record) {
        this.page ||= await this.loadPage(record);
        await extendRecord(record, this.page);
    }
}

registry.category("view_widgets").add("sheet_page", { component: SheetPage });
