import { registry } from "@web/core/registry";
import { stepUtils } from "@web_tour/tour_utils";
import { openSheet, type } from "./sheet_steps";

registry.category("web_tour.tours").add("crm_customer_sheet_quality_sensitive", {
    steps: () => [
        openSheet(),
        type("sheet_need", "Elle est diabétique, livrer le matin"),
        ...stepUtils.saveForm(),
        {
            content: "the author is told what the text seems to hold",
            trigger: ".o_notification:contains(“Need” of Request seems to hold: Health)",
        },
        {
            content: "and kept nothing from: the text is saved as it was typed",
            trigger: ".o_field_widget[name=sheet_need] textarea:value(Elle est diabétique)",
        },
        {
            content: "go back to the text",
            trigger: ".o_notification button:contains(Rephrase)",
            run: "click",
        },
        {
            content: "it has the focus",
            trigger:
                "body:not(:has(.o_notification)) .o_field_widget[name=sheet_need].o_sheet_highlight textarea:focus",
            run: "edit Livrer le matin && press Tab",
        },
        ...stepUtils.saveForm(),
    ],
});
