"""A backup of the running platform, and what stands when it is restored elsewhere."""

import difflib
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/e2e"))

from stack import LIMIT, Stack  # noqa: E402  (the folder must be named first)
from walk import Walk  # noqa: E402

SOURCE, COPY = "backup-test", "restore-test"


def postgres(*words):
    done = subprocess.run([ROOT / "scripts/postgres", *words], check=False, timeout=2 * LIMIT,
                          capture_output=True, text=True)
    if done.returncode != 0:
        raise AssertionError(f"scripts/postgres {' '.join(map(str, words))}: {done.stderr}")
    return done.stdout.strip()


def dump(conninfo):
    """Every byte of a database, as SQL."""
    text = subprocess.run(["pg_dump", "-d", conninfo], check=True, timeout=LIMIT,
                          capture_output=True).stdout
    # Newer versions frame each dump with a word made by chance.
    return re.sub(rb"^\\(un)?restrict .*$", b"", text, flags=re.MULTILINE)


class BackupTest(unittest.TestCase):
    def cluster(self, name):
        self.addCleanup(subprocess.run, ["rm", "-rf", ROOT / "var" / name], check=False)
        self.addCleanup(postgres, "stop", name)

    def test_what_is_restored_is_what_was_there_to_the_byte_and_goes_on(self):
        self.cluster(SOURCE)
        self.cluster(COPY)
        file = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory())) / "backup.tar.gz"
        with Stack(postgres("start", SOURCE)) as stack:
            walk = Walk(stack)
            steps = walk.steps()
            for step in steps[:-2]:
                walk.take(step)
            before = walk.overview()
            # Both write by themselves: seals of the audit trail, the figures' place in the feed.
            for name in ("reporting", "plans"):
                stack.kill(name)
            dumps = [dump(stack.service_conninfo(name)) for name in ("plans", "reporting")]
            self.assertIn("县财政局".encode(), dumps[0])
            postgres("backup", SOURCE, file)
            for name in ("plans", "reporting"):
                stack.start(name)
            stack.wait_until_ready()
            for step in steps[-2:]:
                walk.take(step)

            postgres("restore", COPY, file)
            copy = postgres("start", COPY)
            restored = [dump(f"{copy} dbname={stack.database(name)}")
                        for name in ("plans", "reporting")]
            for then, now in zip(dumps, restored, strict=True):
                self.assertEqual(list(difflib.unified_diff(
                    then.decode().splitlines(), now.decode().splitlines(), n=0)), [])
                self.assertTrue(then == now)

            stack.move_to(copy)
            self.assertEqual(walk.overview(), before)
            # The feed goes on: what is written now reaches the figures.
            for step in steps[-2:]:
                walk.take(step)
            self.assertNotEqual(walk.overview(), before)
            stack.move_to(postgres("start", SOURCE))

    def test_a_damaged_file_restores_nothing(self):
        self.cluster(COPY)
        folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()))
        (folder / "half.tar.gz").write_bytes(b"\x1f\x8b\x08 no more")
        done = subprocess.run([ROOT / "scripts/postgres", "restore", COPY, folder / "half.tar.gz"],
                              check=False, capture_output=True, text=True, timeout=LIMIT)
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("is not a backup, or not whole", done.stderr)


if __name__ == "__main__":
    unittest.main()
