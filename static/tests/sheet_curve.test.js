import { describe, expect, test } from "@odoo/hoot";
import { queryAll, queryAllTexts } from "@odoo/hoot-dom";
import { drawCurve } from "@crm_customer_sheet/steering/sheet_curve/draw_curve";
import { defineModels, fields, models, mountView } from "@web/../tests/web_test_helpers";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";

describe.current.tags("desktop"); // drawn the same on a phone

const point = (number, value, version = 1) => ({
    number,
    value,
    version,
    month: `month ${number}`,
    shown: value === null ? "–" : `${value}%`,
    counts: "1 of 2",
});

class Kpi extends models.Model {
    points = fields.Json();
    _records = [
        { id: 1, points: [point(1, 10), point(2, 30), point(4, 20), point(5, 25, 2)] },
        { id: 2, points: [point(1, 10)] },
        { id: 3, points: false },
    ];
}

defineModels([Kpi]);
defineMailModels();

const arch = (options) => `<form><field name="points" widget="sheet_curve" ${options}/></form>`;

test("months that follow each other are one line, a gap and a new definition break it", () => {
    const { lines, dots } = drawCurve([
        point(1, 0),
        point(2, 10),
        point(4, 5),
        point(5, 10),
        point(6, 0, 2),
    ]);
    expect(lines).toEqual(["3,29 25.8,3", "71.4,16 94.2,3"]);
    expect(dots).toEqual([{ x: 117, y: 29 }]);
});

test("a month in which nothing was counted is a gap", () => {
    expect(drawCurve([point(1, 1), point(2, null), point(3, 2)]).lines).toEqual([]);
    expect(drawCurve([point(1, 1), point(2, null), point(3, 2)]).dots).toHaveLength(2);
});

test("what never changes is a line in the middle", () => {
    expect(drawCurve([point(1, 4), point(2, 4)]).lines).toEqual(["3,16 117,16"]);
});

test("the curve is described by a list of its months", async () => {
    await mountView({ type: "form", resModel: "kpi", resId: 1, arch: arch("") });
    expect("svg polyline").toHaveCount(1);
    expect("svg circle").toHaveCount(2);
    const [svg] = queryAll("svg.o_sheet_curve");
    expect(`#${svg.getAttribute("aria-describedby")}`).toHaveClass("visually-hidden");
    expect("svg title").toHaveText("From 10% in month 1 to 25% in month 5");
    expect(queryAllTexts("li .o_sheet_curve_month")).toEqual([
        "month 1",
        "month 2",
        "month 4",
        "month 5",
    ]);
    expect("li:last").toHaveText(/counted in another way from here on/);
});

test("the list is shown where one asks for it; one month is no curve", async () => {
    const options = `options="{'list': True}"`;
    await mountView({ type: "form", resModel: "kpi", resId: 2, arch: arch(options) });
    expect("svg").toHaveCount(0);
    expect(".o_sheet_curve_list").not.toHaveClass("visually-hidden");
});

test("without a history there is nothing", async () => {
    await mountView({ type: "form", resModel: "kpi", resId: 3, arch: arch("") });
    expect(".o_sheet_curve_list").toHaveCount(0);
});
