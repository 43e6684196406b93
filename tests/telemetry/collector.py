"""The receiving end of traces: a program that knows OTLP's protos and nothing of Gongkai."""

import json
import pathlib
import subprocess
import sys
import threading

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/e2e"))

from stack import LIMIT, wait_until  # noqa: E402  (the folder must be named first)

CANNOT_RUN_HERE = 77


class CannotRunHere(Exception):
    pass


class Collector:
    """with Collector() as collector: programs send spans to `collector.address`."""

    def __enter__(self):
        self._spans = []
        self._process = subprocess.Popen([ROOT / "tests/telemetry/collector/run"], text=True,
                                         stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
        port = self._process.stdout.readline().strip()
        if not port:
            code = self._process.wait(timeout=LIMIT)
            if code == CANNOT_RUN_HERE:
                raise CannotRunHere("npm cannot install @grpc/grpc-js here")
            raise AssertionError(f"the collector ended with {code}")
        self.address = f"127.0.0.1:{port}"
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        return self

    def __exit__(self, *_):
        self._process.kill()
        self._process.wait()
        self._reader.join()
        self._process.stdout.close()

    def spans(self, **wanted):
        """Those that came so far with these fields."""
        return [span for span in list(self._spans)
                if all(span[key] == value for key, value in wanted.items())]

    def wait_for(self, what, count=1, **wanted):
        """`count` or more spans with these fields."""
        return wait_until(what, lambda: (found := self.spans(**wanted)) and len(found) >= count
                          and found)

    def _read(self):
        for line in self._process.stdout:
            self._spans.append(json.loads(line))
