"""The register of processing and the estimate of a breach, beside other apps."""

from .apps import AppsScenario

REGISTER = """
register = env["customer.sheet.processing"]._now()
lines = {each["name"]: each["lines"] for each in register["activities"]}
breach = env["customer.sheet.breach"].create({"title": "Stolen backup"})
estimate = env["customer.sheet.breach.estimate"].create({"breach_id": breach.id})
estimate.line_ids.is_touched = True
estimate.action_count()
tell({
    "names": list(lines),
    "stored": lines["Customer management"]["stored"],
    "software": lines["Customer management"]["software"],
    "kept": lines["Customer management"]["retention"],
    "tables": estimate.line_ids.mapped("model"),
    "records": estimate.record_count,
})
"""


class TestRegisterApps(AppsScenario):
    def test_what_apps_bring_is_told_and_counted(self):
        told = self.told(REGISTER)
        self.assertIn("Website measurement", told["names"])
        self.assertIn("Sales Order", told["stored"][0])
        self.assertIn("Invoicing", told["software"][0])
        self.assertTrue(any("17(3)(b)" in line for line in told["kept"]))
        self.assertIn("res.partner", told["tables"])
        self.assertGreater(told["records"], 10)
