import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");

/** On a loaded machine a page takes longer than the ten seconds that a step is given. */
function wait(name, tour) {
    if (name.startsWith("crm_customer_sheet")) {
        tour.timeout ??= 60000;
    }
}

tours.getEntries().forEach(([name, tour]) => wait(name, tour));
tours.addEventListener("UPDATE", ({ detail }) => wait(detail.key, detail.value));
