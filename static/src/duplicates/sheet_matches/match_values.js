import { serializeDate } from "@web/core/l10n/dates";

/** What the server compares, by host; without one of `telling` there is nothing to look for. */
const HOSTS = {
    "res.partner": {
        telling: ["name", "email", "phone", "sheet_phone2", "company_registry", "vat", "website"],
        more: ["is_company", "company_type", "parent_id", "company_name", "sheet_birthdate"],
    },
    "crm.lead": {
        telling: [
            ...["contact_name", "partner_name", "email_from", "phone", "sheet_phone2"],
            ...["sheet_company_registry", "sheet_vat", "website"],
        ],
        more: [
            "partner_id",
            // what the request is about
            ...["name", "sheet_need", "sheet_product_id", "expected_revenue"],
            ...["sheet_budget_max", "sheet_budget_min"],
        ],
    },
};
const SHARED = ["street", "zip", "city", "country_id", "company_id", "sheet_typology"];

const hostOf = (record) => HOSTS[record.resModel] || { telling: [], more: [] };

export function isCompared(record, name) {
    return hostOf(record).telling.includes(name);
}

/**
 * Returns the values of the form that are compared, or false when they name nobody.
 *
 * @param {Object} typed values of fields that are still being typed into
 */
export function comparedValues(record, typed) {
    const { telling, more } = hostOf(record);
    const values = {};
    for (const name of [...telling, ...more, ...SHARED]) {
        if (name in record.data) {
            values[name] = plain(record.data[name]);
        }
    }
    Object.assign(values, typed);
    return telling.some((name) => values[name]) && values;
}

function plain(value) {
    if (value?.isLuxonDateTime) {
        return serializeDate(value);
    }
    return value && typeof value === "object" ? value.id || false : value;
}
