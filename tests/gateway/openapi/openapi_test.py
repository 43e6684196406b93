"""The OpenAPI documents of the gateway, before a public linter and before calls made from them.

The linter is redocly from npm (lint/package.json). The calls are schemathesis's from PyPI, against
the real services: no status that the document does not name, no server error, no answer outside its
schema. GONGKAI_TEST_DESCRIPTORS names the descriptors of tests/support/proto.
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[2]
sys.path.insert(0, str(ROOT / "tests/e2e"))

from stack import BIN, LIMIT, Stack, wait_until  # noqa: E402

CONTRACT = ["gongkai.plans.v1", "gongkai.reporting.v1"]
CHECKS = ("not_a_server_error,status_code_conformance,content_type_conformance,"
          "response_headers_conformance,response_schema_conformance")


def document(services, *words):
    """What a gateway says of the services, which need not be there."""
    words = [*words, *(word for name in services for word in ("--upstream", f"{name}=127.0.0.1:1"))]
    with tempfile.TemporaryFile("w+") as log:
        gateway = subprocess.Popen([BIN / "gongkai-gateway", "--listen", "127.0.0.1:0", *words],
                                   stdin=subprocess.DEVNULL, stdout=log, stderr=log)

        def address():
            log.seek(0)
            events = [json.loads(line) for line in log if line.startswith("{")]
            return next((e["address"] for e in events if e.get("event") == "listening"), None)

        try:
            at = wait_until("the gateway listens", address)
            with urllib.request.urlopen(f"http://{at}/openapi.json", timeout=LIMIT) as answer:
                return answer.read()
        finally:
            gateway.kill()
            gateway.wait()


class LintTest(unittest.TestCase):
    """redocly's recommended rules, as errors."""

    def lint(self, text):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "openapi.json"
            path.write_bytes(text)
            done = subprocess.run([HERE / "lint/run", path], capture_output=True, text=True,
                                  timeout=300, check=False)
        if done.returncode == 77:
            self.skipTest(done.stdout.strip().splitlines()[-1])
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_the_contract(self):
        self.lint(document(CONTRACT))

    def test_services_with_every_kind_of_rule(self):
        self.lint(document(["gateway.test.Library"], "--descriptor-set",
                           os.environ["GONGKAI_TEST_DESCRIPTORS"]))


class CallsTest(unittest.TestCase):
    def calls(self, *words):
        with Stack() as stack:
            done = subprocess.run(
                [HERE / "calls/run", f"{stack.address}/openapi.json", "--checks", CHECKS,
                 "--workers", "2", *words],
                capture_output=True, text=True, timeout=1700, check=False)
        if done.returncode == 77:
            self.skipTest(done.stdout.strip().splitlines()[-1])
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_what_is_answered_is_what_is_described(self):
        # Schemathesis cannot write a body of many JSON messages.
        self.calls("--phases", "examples,fuzzing",
                   "--exclude-operation-id-regex", "Watch|ImportHistory",
                   "--max-examples", os.environ.get("GONGKAI_CALLS", "10"))

    # A stream that waits for news ends with the deadline of its call, so a few have to do.
    def test_streams_are_what_is_described(self):
        self.calls("--phases", "fuzzing", "--include-operation-id-regex", "Watch",
                   "--max-examples", "1")


if __name__ == "__main__":
    unittest.main()
