#!/usr/bin/env python3
"""Measures the gateway against Envoy's transcoder and grpc-gateway v2, before one upstream, in turns.

Of each case and gateway: CPU time per request (user and system, from /proc) and the 99th percentile
by wrk. The order rotates from round to round, all are up during the whole run, and a ratio is the
median of the ratios within each round, against the better of the two peers in that round. Peers run
at their cheapest setting, one worker each, and so does the gateway.
"""

import argparse
import json
import os
import pathlib
import re
import resource
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time

import peers

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[2]
BUILD = ROOT / "build/release"
BIN = BUILD / "bin"
DESCRIPTORS = BUILD / "generated/bench/tasks.descriptors"
TICK = os.sysconf("SC_CLK_TCK")
PLAN = "/v1/divisions/370100/plans/202601"
IDLE = 10_000

# name: path, connections, script of wrk
CASES = {
    "get": (f"{PLAN}/tasks/8", 64, None),
    "get_16": (f"{PLAN}/tasks/8", 16, None),
    "list": (f"{PLAN}/tasks", 64, None),
    "patch": (f"{PLAN}/tasks/8", 64, "update_task.lua"),
}


def say(text):
    print(text, file=sys.stderr, flush=True)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def raise_files():
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


class Program:
    """A process, and the address that it prints or was given."""

    def __init__(self, words, address=None, env=None):
        self._errors = tempfile.TemporaryFile()
        self._process = subprocess.Popen(
            [str(word) for word in words], stdin=subprocess.DEVNULL, text=True,
            stdout=subprocess.PIPE if address is None else subprocess.DEVNULL,
            stderr=self._errors, env={**os.environ, **(env or {})}, preexec_fn=raise_files)
        self.address = address or self._process.stdout.readline().strip()
        if not self.address:
            sys.exit(f"{words[0]} did not start: {self._error_text()}")

    def _error_text(self):
        self._errors.seek(0)
        return self._errors.read().decode("utf-8", "replace")

    def wait_until_it_answers(self, path):
        deadline = time.monotonic() + 30
        while True:
            done = subprocess.run(["curl", "-fsS", "-m", "5", f"http://{self.address}{path}"],
                                  capture_output=True, check=False)
            if done.returncode == 0:
                return
            if time.monotonic() > deadline or self._process.poll() is not None:
                sys.exit(f"{self._process.args[0]} does not answer: {self._error_text()}")
            time.sleep(0.1)

    def cpu(self):
        """Seconds of user and system time so far."""
        fields = pathlib.Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2]
        user, system = fields.split()[11:13]
        return (int(user) + int(system)) / TICK

    def memory(self):
        """Megabytes resident."""
        status = pathlib.Path(f"/proc/{self._process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024

    def stop(self):
        self._process.terminate()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def gateway_words(port, upstream):
    return [BIN / "gongkai-gateway", "--listen", f"127.0.0.1:{port}", "--threads", "1",
            "--descriptor-set", DESCRIPTORS, "--upstream", f"bench.tasks.v1={upstream}"]


def start_gateway(upstream):
    port = free_port()
    return Program(gateway_words(port, upstream), f"127.0.0.1:{port}")


def start_envoy(upstream, folder):
    binary = peers.envoy(folder)
    port = free_port()
    text = (HERE / "envoy.yaml.in").read_text()
    for name, value in {"PORT": port, "BACKEND": upstream.rpartition(":")[2],
                        "DESCRIPTORS": DESCRIPTORS, "SERVICES": "bench.tasks.v1.Tasks"}.items():
        text = text.replace(f"@{name}@", str(value))
    config = folder / "envoy.yaml"
    config.write_text(text)
    return Program([binary, "-c", config, "--concurrency", "1", "--disable-hot-restart", "-l",
                    "error"], f"127.0.0.1:{port}")


def start_grpc_gateway(upstream, folder):
    return Program([peers.grpc_gateway(folder), "--upstream", upstream], env={"GOMAXPROCS": "1"})


def load(program, case, seconds):
    """CPU microseconds per answer, and the 99th percentile in milliseconds."""
    path, connections, script = CASES[case]
    words = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency"]
    words += ["-s", str(HERE / script)] if script else []
    before = program.cpu()
    done = subprocess.run([*words, f"http://{program.address}{path}"], capture_output=True,
                          text=True, check=True)
    spent = program.cpu() - before
    if "Non-2xx" in done.stdout or "Socket errors" in done.stdout:
        sys.exit(f"{case}: {done.stdout}")
    answers = int(re.search(r"(\d+) requests in", done.stdout)[1])
    value, unit = re.search(r"99%\s+([\d.]+)(us|ms|s)", done.stdout).groups()
    return spent / answers * 1e6, float(value) * {"us": 1e-3, "ms": 1, "s": 1e3}[unit]


def idle_connections(upstream):
    """Megabytes of a gateway that holds this many connections, each of which has had an answer."""
    raise_files()
    program = start_gateway(upstream)
    held = []
    try:
        program.wait_until_it_answers(CASES["get"][0])
        host, port = program.address.split(":")
        request = f"GET {CASES['get'][0]} HTTP/1.1\r\nHost: bench\r\n\r\n".encode()
        for _ in range(IDLE):
            held.append(socket.create_connection((host, int(port))))
            held[-1].sendall(request)
            held[-1].recv(65536)
        return program.memory()
    finally:
        for connection in held:
            connection.close()
        program.stop()


def rounds(programs, arguments):
    """{case: {name: [(CPU, p99), …]}}, one pair for each round."""
    measured = {case: {name: [] for name in programs} for case in CASES}
    names = list(programs)
    for number in range(arguments.rounds + 1):
        for case in CASES:
            for shift in range(len(names)):
                name = names[(number + shift) % len(names)]
                pair = load(programs[name], case, arguments.seconds)
                # The first round warms up.
                if number > 0:
                    measured[case][name].append(pair)
        say(f"round {number} of {arguments.rounds}")
    return measured


def ratio(measured, case, others, index=0):
    """Of the gateway to the best of the others."""
    of_rounds = measured[case]
    return statistics.median(
        of_rounds["gateway"][i][index] / min(of_rounds[other][i][index] for other in others)
        for i in range(len(of_rounds["gateway"])))


def show(measured, memory):
    print(f"{'CPU µs a request (p99 ms)':28}" + "".join(f"{case:>20}" for case in CASES) +
          f"{'memory MB':>12}")
    for name in memory:
        cells = []
        for case in CASES:
            cpu, p99 = zip(*measured[case][name])
            cells.append(f"{statistics.median(cpu):.1f} ({statistics.median(p99):.1f})")
        print(f"{name:28}" + "".join(f"{cell:>20}" for cell in cells) + f"{memory[name]:12.1f}")


def measure(arguments, folder):
    upstream = Program([BIN / "gongkai-bench-gateway-upstream"])
    programs = {}
    missing = {}
    try:
        programs["gateway"] = start_gateway(upstream.address)
        programs["pass_through"] = Program([BIN / "gongkai-bench-gateway-pass-through",
                                            upstream.address])
        programs["fixed"] = Program([BIN / "gongkai-bench-gateway-fixed"])
        for name, start in (("grpc_gateway", start_grpc_gateway), ("envoy", start_envoy)):
            try:
                programs[name] = start(upstream.address, folder)
            except peers.NotAvailable as problem:
                missing[name] = str(problem)
        for program in programs.values():
            program.wait_until_it_answers(CASES["get"][0])
        measured = rounds(programs, arguments)
        memory = {name: program.memory() for name, program in programs.items()}
        show(measured, memory)
        result = {"memory_mb": memory["gateway"]}
        rivals = [name for name in ("grpc_gateway", "envoy") if name in programs]
        if rivals:
            result |= {case: ratio(measured, case, rivals) for case in CASES}
            result |= {f"{case}_p99": ratio(measured, case, rivals, 1) for case in ("get", "list")}
        if "grpc_gateway" in programs:
            result["memory_vs_grpc_gateway"] = memory["gateway"] / memory["grpc_gateway"]
        result["get_vs_pass_through"] = ratio(measured, "get", ["pass_through"])
        result["get_vs_fixed"] = ratio(measured, "get", ["fixed"])
        result["idle_connections_mb"] = idle_connections(upstream.address)
        return result, missing
    finally:
        for program in (*programs.values(), upstream):
            program.stop()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=2, help="of each turn")
    parser.add_argument("--json", type=pathlib.Path)
    arguments = parser.parse_args()
    if not shutil.which("wrk"):
        sys.exit("wrk is missing: scripts/setup wrk")
    folder = BUILD / "bench-gateway"
    folder.mkdir(exist_ok=True)
    result = json.loads(subprocess.run([BIN / "gongkai-bench-gateway-json"], capture_output=True,
                                       text=True, check=True).stdout)
    of_calls, missing = measure(arguments, folder)
    result = {key: round(value, 3) for key, value in (of_calls | result).items()}
    for key, value in result.items():
        print(f"{key:28}{value:>14,}")
    for name, problem in missing.items():
        print(f"{name:28}not available: {problem}")
    if arguments.json:
        arguments.json.write_text(json.dumps(result | {"not_available": missing}, indent=2) + "\n")


if __name__ == "__main__":
    main()
