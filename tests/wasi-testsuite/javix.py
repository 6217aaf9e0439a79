"""Runs Javix under the official test suite for WASI runtimes (WebAssembly/wasi-testsuite):

    ./run-tests --runtime PATH/TO/javix.py        (in a checkout of the suite, of its branch prod/testsuite-base)

The environment variable JAVIX names the launcher; without it, it is the one of the checkout that this file lies in.
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


def compute_argv(test_path: str, args_env_dirs: Any, *_rest: Any) -> List[str]:
    """The command of a test. The suite gives the directories as pairs of host and guest path or, in newer
    versions, one that becomes the root."""
    if isinstance(args_env_dirs, list):
        args_env_dirs = (args_env_dirs, *_rest)
    args, env, dirs = args_env_dirs[:3]
    if dirs is None or isinstance(dirs, (str, Path)):
        dirs = [(dirs, "/")] if dirs else []
    argv = JAVIX + ["run"]
    for name, value in env.items():
        argv += ["--env", f"{name}={value}"]
    for host, guest in dirs:
        argv += ["--dir", f"{host}::{guest}"]
    return argv + [str(test_path)] + list(args)
