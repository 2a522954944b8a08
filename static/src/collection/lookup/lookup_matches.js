import { SheetLookup } from "@crm_customer_sheet/collection/lookup/sheet_lookup";
import { SheetMatches } from "@crm_customer_sheet/duplicates/sheet_matches/sheet_matches";
import { patch } from "@web/core/utils/patch";

/** By what a company is looked up, the most exact first. */
const FIELDS = {
    "crm.lead": ["sheet_company_registry", "partner_name"],
    "res.partner": ["company_registry", "name"],
};

SheetMatches.components = { ...SheetMatches.components, SheetLookup };

// which of the matches it is: the register may know
patch(SheetMatches.prototype, {
    get lookedUp() {
        const { record, quick } = this.props;
        if (quick || this.env.inDialog) {
            return undefined;
        }
        return (FIELDS[record.resModel] || []).find((name) => record.data[name]);
    },
});
