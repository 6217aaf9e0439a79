"""Runs one module of CPython's tests: one.py MODULE RESULTS

Writes lines `RESULT MODULE TEST` to the file RESULTS: "fail" when a test begins, and what came of it when it has ended. The
last line of a test counts, so that one that ends the process or hangs has failed.
"""

import locale
import os
import sys
import unittest

from test import support
from test.support import os_helper


class Results(unittest.TextTestResult):
    def __init__(self, stream, descriptions, verbosity):
        super().__init__(stream, descriptions, verbosity)
        self.outcome = "pass"

    def say(self, outcome, name):
        # One write for each line, and no buffer that a forked child could write again.
        name = " ".join(name.split()).removeprefix("test.")
        os.write(results, f"{outcome} {module} {name}\n".encode("utf-8", "backslashreplace"))

    def startTest(self, test):
        super().startTest(test)
        self.outcome = "pass"
        self.say("fail", test.id())

    def stopTest(self, test):
        super().stopTest(test)
        self.say(self.outcome, test.id())

    def failed(self, test):
        self.outcome = "fail"
        if not isinstance(test, unittest.TestCase):
            # A class or module that could not be set up.
            self.say("fail", test.id())

    def addError(self, test, error):
        super().addError(test, error)
        self.failed(test)

    def addFailure(self, test, error):
        super().addFailure(test, error)
        self.failed(test)

    def addSubTest(self, test, subtest, error):
        super().addSubTest(test, subtest, error)
        if error is not None:
            self.outcome = "fail"

    def addUnexpectedSuccess(self, test):
        super().addUnexpectedSuccess(test)
        self.outcome = "fail"

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        if self.outcome == "pass":
            self.outcome = "skip"
        if not isinstance(test, unittest.TestCase):
            self.say("skip", test.id())


module, path = sys.argv[1:]
results = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o666)
locale.setlocale(locale.LC_ALL, "")
support.verbose = 1
support.use_resources = ["cpu", "decimal", "subprocess", "tzdata", "walltime"]
with os_helper.temp_cwd(None):
    try:
        tests = unittest.defaultTestLoader.loadTestsFromName("test." + module)
    except unittest.SkipTest as reason:
        print(f"skipped: {reason}")
        os.write(results, f"skip {module} {module}\n".encode())
    else:
        unittest.TextTestRunner(verbosity=2, resultclass=Results).run(tests)
