"""The same as javix.py for versions of the suite whose adapters are scripts (until autumn 2025):

    python3 test-runner/wasi_test_runner.py -t tests/*/testsuite -r PATH/TO/javix-script.py
"""
import argparse
import os

import javix


def main() -> None:
    parser = argparse.ArgumentParser(allow_abbrev=False)
    parser.add_argument("--version", action="store_true")
    parser.add_argument("--test-file")
    parser.add_argument("--arg", action="append", default=[])
    parser.add_argument("--env", action="append", default=[], help="NAME=VALUE")
    parser.add_argument("--dir", action="append", default=[], help="HOST[::GUEST]")
    given = parser.parse_args()
    if given.version:
        print(javix.get_name(), javix.get_version())
        return
    env = dict(variable.split("=", 1) for variable in given.env)
    dirs = [(host, guest or host) for host, _, guest in (directory.partition("::") for directory in given.dir)]
    argv = javix.compute_argv(given.test_file, (given.arg, env, dirs))
    # In its place, so that a signal of the suite's reaches it.
    os.execvp(argv[0], argv)


main()
