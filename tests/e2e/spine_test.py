"""The spine, end to end: the real programs, over HTTP, from a document to the figures."""

import os
import pathlib
import subprocess
import unittest
import urllib.request

from stack import BIN, ROOT, SERVICES, ApiError, Stack
from walk import COUNTY, Walk, now

CORPUS = pathlib.Path(os.environ.get("GONGKAI_CORPUS_DIR", ROOT / "../shared/corpus"))
# County and number of tasks of each document.
CORPUS_PLANS = {
    "000_d17521c746d5f58e.txt": ("370323", 37),
    "001_4e7fb2d7c0f5d9f0.txt": ("370404", 16),
    "002_f349a1681916d5d1.txt": ("440229", 57),
    "003_4f104c0ea9693da1.txt": ("370826", 41),
    "004_277a1fab11cb91ab.txt": ("370124", 49),
}

SAMPLE_COUNTIES = ("370126", "370285", "371721")


def fraction(figures, name):
    ratio = figures.get(name, {})
    return ratio.get("numerator", 0), ratio.get("denominator", 0)


class WalkTest(unittest.TestCase):
    maxDiff = None

    def walk(self, after_step):
        """Takes the walk and checks where it ends; `after_step(stack)` runs between any two."""
        with Stack() as stack:
            walk = Walk(stack)
            for step in walk.steps():
                walk.take(step)
                after_step(stack)
            self.check_figures(walk)

    def check_figures(self, walk):
        county = walk.overview()
        # Task 1 for two units, task 2 in four quarters; task 3 is ONGOING and stands apart.
        for name, expected in {
            "completion": (1, 6),
            "completionSelfReported": (1, 6),
            "completionWithEvidence": (1, 6),
            "completionLead": (1, 1),
            "completionByTask": (0, 2),
            "ongoing": (0, 4),
            "claim": (1, 4),
            "claimInTime": (1, 4),
            "filing": (1, 1),
            "filingInTime": (1, 1),
            "headInterpretation": (1, 2),
            "interpretation": (1, 1),
            "diversified": (1, 1),
            "forms": (1, 1),
        }.items():
            self.assertEqual(fraction(county["total"], name), expected, name)
        # The province holds nothing else.
        self.assertEqual(walk.overview("divisions/370000")["total"], county["total"])
        self.assertEqual(walk.heads(), {"县政府办公室": 0, "县财政局": 2})
        (document,) = walk.forms()
        self.assertEqual((document["forms"], document["diversified"]), (2, True))

    def test_leads_from_an_upload_to_the_figures(self):
        self.walk(lambda stack: None)

    def test_loses_nothing_when_plans_is_killed_after_every_step(self):
        self.walk(lambda stack: stack.restart("plans"))

    def test_loses_nothing_when_reporting_is_killed_after_every_step(self):
        self.walk(lambda stack: stack.restart("reporting"))

    def test_loses_nothing_when_the_gateway_is_killed_after_every_step(self):
        self.walk(lambda stack: stack.restart("gateway"))


class CorpusTest(unittest.TestCase):
    def setUp(self):
        if not CORPUS.is_dir():
            self.skipTest(f"no corpus at {CORPUS}: set GONGKAI_CORPUS_DIR")

    def test_a_verified_task_moves_the_figures_of_its_county_and_province(self):
        with Stack() as stack:
            for file, (code, tasks) in CORPUS_PLANS.items():
                with self.subTest(file=file):
                    plan = stack.api.upload(
                        f"divisions/{code}/plans:import", (CORPUS / file).read_bytes()
                    )
                    self.assertEqual(plan["taskCount"], tasks)
                    stack.api.post(f"{plan['name']}:issue", {"issueDate": "2023-07-28"}
                                   if code == "370124" else {})
            before = self.completion(stack)
            self.assertEqual(before["370124"][0], 0)
            self.assertGreater(before["370124"][1], 49)
            self.verify_one(stack, "divisions/370124/plans/-/tasks/41/assignments/-")
            after = self.completion(stack)
            for code in ("370124", "370000"):
                self.assertEqual(after[code], (before[code][0] + 1, before[code][1]), code)
            self.assertEqual(after["370323"], before["370323"])

    def completion(self, stack):
        """Verified and all occurrences of 2023 in 平阴 and 山东, of 2019 in 沂源."""
        stack.figures_as_of(now())
        return {
            code: fraction(
                stack.api.get(f"divisions/{code}/overview", year=year)["total"], "completion"
            )
            for code, year in (("370124", 2023), ("370000", 2023), ("370323", 2019))
        }

    def verify_one(self, stack, parent):
        occurrence = next(stack.api.items(f"{parent}/occurrences", "occurrences"))["name"]
        assignment = occurrence.rsplit("/occurrences/", 1)[0]
        stack.api.post(f"{assignment}:claim")
        stack.api.post(
            f"{occurrence}/progressReports",
            {"text": "已完成。", "evidence": [{"url": "https://www.example.gov.cn/1.html"}]},
        )
        stack.api.post(f"{occurrence}:submit")
        self.assertEqual(stack.api.post(f"{occurrence}:verify")["state"], "VERIFIED")


class EvidenceTest(unittest.TestCase):
    def test_a_file_goes_up_and_comes_back_over_http(self):
        content = "目录已更新。\n".encode() * 10_000
        with Stack() as stack:
            walk = Walk(stack)
            walk.take(walk.add_units)
            file = stack.api.upload(
                f"{COUNTY}/units/1/evidenceFiles:upload", content, fileName="说明.txt",
                sizeBytes=len(content),
            )
            self.assertEqual(file["sizeBytes"], len(content))
            self.assertEqual(file["contentType"], "text/plain; charset=utf-8")
            with urllib.request.urlopen(f"{stack.address}/v1/{file['name']}:download") as answer:
                self.assertEqual(answer.read(), content)
                self.assertEqual(answer.headers["Content-Type"], file["contentType"])
                self.assertEqual(answer.headers["Content-Disposition"], "attachment")
                self.assertEqual(answer.headers["X-Content-Type-Options"], "nosniff")


class ContractTest(unittest.TestCase):
    def test_every_service_drains_and_ends_well_on_sigterm(self):
        with Stack() as stack:
            for name in reversed(SERVICES):
                self.assertEqual(stack.terminate(name), 0, name)

    def test_an_error_says_what_is_wrong_in_json(self):
        with Stack() as stack:
            with self.assertRaises(ApiError) as caught:
                stack.api.get(f"{COUNTY}/plans/202699")
            self.assertEqual(caught.exception.status, 404)
            self.assertEqual(caught.exception.body["code"], 5)
            self.assertTrue(caught.exception.body["message"])

    def test_a_state_that_does_not_allow_a_step_is_named(self):
        with Stack() as stack:
            walk = Walk(stack)
            for step in walk.steps()[:4]:
                walk.take(step)
            with self.assertRaises(ApiError) as caught:
                walk.claim()
            self.assertEqual(caught.exception.status, 400)
            (info,) = [
                detail for detail in caught.exception.body["details"]
                if detail["@type"].endswith("google.rpc.ErrorInfo")
            ]
            self.assertEqual(info["reason"], "STATE_NOT_ALLOWED")
            self.assertEqual(info["metadata"]["state"], "CLAIMED")


class StartTest(unittest.TestCase):
    """A program that cannot start says everything that stands in its way, and opens nothing."""

    def refuse(self, program, *words):
        clean = {name: value for name, value in os.environ.items()
                 if not name.startswith(("GONGKAI_PLANS", "GONGKAI_REPORTING", "GONGKAI_GATEWAY",
                                         "GONGKAI_UPSTREAMS"))}
        done = subprocess.run([BIN / program, *words], capture_output=True, text=True, timeout=60,
                              check=False, env=clean)
        self.assertEqual(done.returncode, 2, done.stderr)
        return done.stderr

    def test_plans_names_every_setting_at_fault_at_once(self):
        text = self.refuse("gongkai-plans", "serve", "--listen", "nowhere", "--connections", "0")
        for setting in ("--database", "--listen", "--connections", "--contact-key-file", "--auth"):
            self.assertIn(setting, text)

    def test_a_malformed_connection_string_is_named_and_not_repeated(self):
        for program in ("gongkai-plans", "gongkai-reporting"):
            text = self.refuse(program, "migrate", "--database", "secret words")
            self.assertIn("--database is no connection string", text)
            self.assertNotIn("secret", text)

    def test_reporting_names_every_setting_at_fault_at_once(self):
        text = self.refuse("gongkai-reporting", "serve", "--listen", "nowhere", "--plans", "x")
        for setting in ("--database", "--listen", "--plans", "--auth"):
            self.assertIn(setting, text)

    def test_the_gateway_names_every_setting_at_fault_at_once(self):
        text = self.refuse("gongkai-gateway", "--listen", "nowhere", "--threads", "0")
        for setting in ("--listen", "--threads", "--upstream"):
            self.assertIn(setting, text)


class SamplesTest(unittest.TestCase):
    def test_the_sample_counties_can_be_loaded_and_differ(self):
        with Stack() as stack:
            simulation = subprocess.run(
                [ROOT / "samples/simulate", "--address", stack.address],
                capture_output=True, text=True, timeout=280, check=False,
            )
            self.assertEqual(simulation.returncode, 0, simulation.stderr)
            overview = stack.api.get("divisions/370000/overview", year=2026, groupBy="COUNTY")
            rows = [row for row in overview["rows"] if row["subject"][-6:] in SAMPLE_COUNTIES]
            shares = [fraction(row["figures"], "completion") for row in rows]
            self.assertTrue(all(0 < verified < due for verified, due in shares), shares)
            self.assertEqual(len({verified / due for verified, due in shares}), 3, shares)


if __name__ == "__main__":
    unittest.main()
