"""The console in a real Chromium, against the real services.

Each test is one file `<name>_test.mjs` that Node runs with a stack and its data of its own:
GONGKAI_URL says where, GONGKAI_SEED what is there. GONGKAI_SHOTS names a folder for screenshots.
"""

import json
import os
import pathlib
import subprocess
import sys
import unittest

FOLDER = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(FOLDER.parent / "e2e"))

from seed import COUNTY, Seed  # noqa: E402  (the folders must be named first)
from stack import Stack  # noqa: E402

CANNOT_RUN_HERE = 77
EVERYTHING = ("SUPERVISOR:divisions/370000", f"COUNTY_OFFICE:{COUNTY}",
              f"UNIT_CLERK:{COUNTY}/units/-")


class ConsoleTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        prepared = subprocess.run([FOLDER / "prepare"], capture_output=True, text=True,
                                  timeout=600, check=False)
        if prepared.returncode == CANNOT_RUN_HERE:
            raise unittest.SkipTest(prepared.stdout.strip().splitlines()[-1])
        if prepared.returncode != 0:
            raise AssertionError(prepared.stdout + prepared.stderr)

    def run_file(self, name, auth=False):
        with Stack(auth=auth) as stack:
            api = stack.api_of(*EVERYTHING) if auth else stack.api
            seed = Seed(stack, api).plant()
            api.close()
            if auth:
                seed["passwords"] = self.make_accounts(stack, seed["units"]["县财政局"])
            done = subprocess.run(
                ["node", "--test", "--test-reporter=spec", FOLDER / f"{name}_test.mjs"],
                env={**os.environ, "GONGKAI_URL": stack.address, "GONGKAI_SEED": json.dumps(seed)},
                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=1400,
                check=False,
            )
        print(done.stdout)
        self.assertEqual(done.returncode, 0, done.stdout)

    def make_accounts(self, stack, unit):
        grants = {"supervisor": "SUPERVISOR:divisions/370000", "office": f"COUNTY_OFFICE:{COUNTY}",
                  "clerk": f"UNIT_CLERK:{unit}", "head": f"UNIT_HEAD:{unit}"}
        return {
            name: stack.run_plans("make-account", "--account", name, "--display-name", name,
                                  "--grant", grant)
            for name, grant in grants.items()
        }

    def test_supervisor(self):
        self.run_file("supervisor")

    def test_year(self):
        self.run_file("year")

    def test_pages(self):
        self.run_file("pages")

    def test_trouble(self):
        self.run_file("trouble")

    def test_sign_in(self):
        self.run_file("sign_in", auth=True)


if __name__ == "__main__":
    unittest.main()
