"""Runs Javix under the official test suite for WASI runtimes (WebAssembly/wasi-testsuite):

    ./run-tests --runtime PATH/TO/javix.py        (in a checkout of the suite, of its branch prod/testsuite-base)

The environment variable JAVIX names the launcher; without it, it is the one of the checkout that this file lies in.
Versions of the suite whose adapters are scripts, not modules (until autumn 2025), take javix-script.py instead.
"""
import os
import shlex
import subprocess
from pathlib import Path
from typing import Any, List

JAVIX = shlex.split(os.getenv("JAVIX", str(Path(__file__).resolve().parents[2] / "javix")))


def get_name() -> str:
    return "javix"


def get_version() -> str:
    result = subprocess.run(JAVIX + ["--version"], encoding="UTF-8", capture_output=True, check=True)
    return result.stdout.split()[1]


def get_wasi_versions() -> List[str]:
    return ["wasm32-wasip1"]


def get_wasi_worlds() -> List[str]:
    return ["wasi:cli/command"]


def get_timeout_seconds() -> float:
    """How long a test may take. Each starts a JVM and most compile a module, on a machine that may be busy."""
    return 60


def compute_argv(test_path: str, args_env_dirs: Any = None, *_rest: Any, config: Any = None, **named: Any) -> List[str]:
    """The command of a test. The suite has given what it needs in four ways: as named arguments, in its own
    configuration, as a tuple with pairs of host and guest directory, and as one with the directory that is the root."""
    if config is not None:
        run = next(operation for operation in config.operations if hasattr(operation, "dirs"))
        args_env_dirs = (run.args, run.env, run.dirs)
    args, env, dirs = args_env_dirs or (named["args"], named["env"], named["dirs"])
    if dirs is None or isinstance(dirs, (str, Path)):
        dirs = [(dirs, "/")] if dirs else []
    argv = JAVIX + ["run"]
    for name, value in env.items():
        argv += ["--env", f"{name}={value}"]
    for host, guest in dirs:
        argv += ["--dir", f"{host}::{guest}"]
    return argv + [str(test_path)] + list(args)
