import * as hoot from "@odoo/hoot-dom";
import { registry } from "@web/core/registry";

/** Types into whatever has the focus: nothing of this journey is pointed at. */
const typeInto = (trigger, text, ...keys) => ({
    content: `type “${text}”`,
    trigger: `${trigger}:focus`,
    async run() {
        await hoot.edit(text);
        for (const key of keys) {
            await hoot.press(key);
        }
    },
});

const CELL = ".o_data_row.o_selected_row .o_field_widget[name=phone] input";

registry.category("web_tour.tours").add("crm_customer_sheet_fill", {
    steps: () => [
        {
            content: "look for the menu",
            trigger: ".o_kanban_view",
            run: "press control+k",
        },
        typeInto(".o_command_palette input", "/fill the gaps"),
        {
            trigger: ".o_command_palette .o_command:contains(Fill the Gaps)",
            run: "press Enter",
        },
        typeInto(".modal .o_field_widget[name=question_id] input", "Phone"),
        {
            trigger: ".o-autocomplete--dropdown-item a:contains(Phone)",
            run: "press Tab",
        },
        {
            content: "two sheets lack a phone",
            trigger: ".modal .o_field_widget[name=count]:contains(2)",
            run: "press alt+q",
        },
        {
            content: "the columns to fill come right after the name, then what is known elsewhere",
            trigger:
                "th[data-name=name] + th[data-name=phone] + th[data-name=sheet_phone2] + th:contains(Known elsewhere)",
            run: "press ArrowDown",
        },
        {
            content: "the rows have the focus",
            trigger: ".o_list_view :focus",
            run: "press ArrowDown",
        },
        {
            trigger: ".o_list_view .o_data_row :focus",
            run: "press Enter",
        },
        typeInto(CELL, "+33 1 42 68 53 00", "Enter"),
        {
            content: "Enter goes to the next row",
            trigger: ".o_data_row:eq(1).o_selected_row",
        },
        typeInto(CELL, "+33 1 42 68 53 01", "Tab"),
        {
            content: "Tab goes to the next answer, then to the next row",
            trigger: ".o_data_row:eq(1) .o_field_widget[name=sheet_phone2] input:focus",
            run: "press Tab",
        },
        {
            trigger: ".o_data_row:eq(0).o_selected_row",
            run: "press Escape",
        },
        {
            trigger: ".o_list_view:not(:has(.o_selected_row))",
        },
    ],
});
