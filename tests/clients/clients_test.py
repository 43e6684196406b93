"""Clients that know the protos alone take one task's year over gRPC, against the real service."""

import pathlib
import subprocess
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/e2e"))

from stack import Stack  # noqa: E402  (the folder must be named first)

CANNOT_RUN_HERE = 77


class ClientTest(unittest.TestCase):
    def walk(self, client):
        """`client`: a program, called with the service's address and a county."""
        with Stack() as stack:
            done = subprocess.run([ROOT / client, stack.grpc_address("plans"), "divisions/370126"],
                                  capture_output=True, text=True, timeout=900, check=False)
        if done.returncode == CANNOT_RUN_HERE:
            self.skipTest(done.stdout.strip().splitlines()[-1])
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertIn("the walk is done", done.stdout)

    def test_node(self):
        self.walk("tests/clients/node/run")

    def test_python(self):
        self.walk("examples/clients/python/run")

    def test_java(self):
        self.walk("examples/clients/java/run")


if __name__ == "__main__":
    unittest.main()
