"""The examples of the page on the API run as they stand there."""

import json
import os
import re
import shutil
import subprocess
import sys
import uuid
from pathlib import Path

from odoo.tests import tagged

from .api_common import ApiCase

PAGE = Path(__file__).parents[3] / "docs" / "collect-api.md"
#: Node reserves more memory than Odoo allows its own processes.
NODE = 'ulimit -S -v "$(ulimit -H -v)"; exec node -e "$0"'
RUN = {
    "bash": ["bash", "-c"],
    "python": [sys.executable, "-c"],
    "javascript": ["bash", "-c", NODE],
}
#: The program that an example needs.
NEEDED = {"bash": "curl", "python": sys.executable, "javascript": "node"}


@tagged("post_install", "-at_install")
class TestApiExamples(ApiCase):
    def run_example(self, language):
        """Run an example twice, as after a lost answer, and return both answers."""
        program = shutil.which(NEEDED[language])
        if not program:
            self.skipTest(f"{NEEDED[language]} is not there")
        [example] = re.findall(rf"^```{language}\n(.*?)^```", PAGE.read_text("utf-8"), re.M | re.S)
        environment = {
            "PATH": os.environ["PATH"],
            "ID": str(uuid.uuid4()),
            "KEY": self.key,
            "URL": self.path(end=""),
        }
        answers = []
        with self.allow_requests(all_requests=True):
            for _time in range(2):
                done = subprocess.run(
                    [*RUN[language], example],
                    env=environment,
                    capture_output=True,
                    timeout=60,
                    check=False,
                    text=True,
                )
                self.assertEqual(done.returncode, 0, done.stderr)
                answers.append(json.loads(done.stdout))
        self.assertEqual(answers[0]["submission_id"], environment["ID"])
        self.assertEqual(answers[0], answers[1])
        self.assertEqual(self.submissions().values["need"], "Audit")
        return self.submissions()

    def test_curl(self):
        [box] = self.run_example("bash").consents
        self.assertEqual(box["words"], "You may write to me about your offers.")

    def test_python(self):
        self.run_example("python")

    def test_javascript(self):
        self.run_example("javascript")
