"""PyPI's jupyter_kernel_test on one kernel: `python suite.py KERNEL`, results as JSON on stdout.

The samples are the same for every kernel, but for the two that each spells its own way.
"""

import io
import json
import sys
import unittest

import jupyter_kernel_test

KERNEL = sys.argv[1]
DISPLAY = {
    "deno": 'await Deno.jupyter.broadcast("display_data", {data: {"text/html": "<b>b</b>"}, metadata: {}, transient: {}});',
}
DISPLAY_TSLAB = 'import * as tslab from "tslab"; tslab.display.html("<b>b</b>");'
CLEAR = {
    "deno": 'await Deno.jupyter.broadcast("clear_output", {wait: false});',
}


class ConformanceTests(jupyter_kernel_test.KernelTests):
    kernel_name = KERNEL
    language_name = "typescript"
    file_extension = ".ts"
    code_hello_world = 'console.log("hello, world")'
    code_stderr = 'console.error("test")'
    completion_samples = [{"text": "Math.acos", "matches": {"acos", "acosh"}}]
    complete_code_samples = ["1 + 1", "const x = 3;", "function f(n: number) { return n; }"]
    incomplete_code_samples = ["function f() {", "const list = [1,", "if (true) {\n  f("]
    invalid_code_samples = ["const = 3;", "let 1x = 2;", "if )"]
    code_generate_error = 'throw new Error("no")'
    code_execute_result = [
        {"code": "6*7", "result": "42"},
        {"code": "6*8", "result": "48"},
        {"code": "await Promise.resolve(7)", "result": "7"},
    ]
    code_display_data = [{"code": DISPLAY.get(KERNEL, DISPLAY_TSLAB), "mime": "text/html"}]
    supported_history_operations = ("tail", "range", "search")
    code_history_pattern = "6?7*"
    code_inspect_sample = "Math.abs"
    code_clear_output = CLEAR.get(KERNEL, "console.clear()")


class Outcomes(unittest.TextTestResult):
    """One line per test: passed, skipped, or the last line of its failure."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.outcomes = {}

    def addSuccess(self, test):
        self.outcomes.setdefault(test._testMethodName, "passed")

    def addSkip(self, test, reason):
        # A sub-test that is skipped leaves its test to the others.
        if not hasattr(test, "test_case"):
            self.outcomes[test._testMethodName] = f"skipped: {reason}"

    def addFailure(self, test, err):
        self.note(test, err)

    def addError(self, test, err):
        self.note(test, err)

    def addSubTest(self, test, subtest, err):
        if err is not None:
            self.note(test, err)

    def note(self, test, err):
        words = " ".join(str(err[1]).split()) or err[0].__name__
        self.outcomes[test._testMethodName] = f"failed: {words[:160]}"


suite = unittest.defaultTestLoader.loadTestsFromTestCase(ConformanceTests)
result = unittest.TextTestRunner(stream=io.StringIO(), resultclass=Outcomes).run(suite)
print(json.dumps(result.outcomes))
