"""Glass Cloud's grading engine, for nbgrader 0.9.6.

nbgrader's own executor runs hidden tests in the same kernel as the submission, which can then mark
itself. Here each file goes to our engine as it was handed in; nbgrader keeps the marks, and its
tables, forms and feedback work as ever.

A fault of the machine (no Node, no sandbox, a broken problem set) is an error that nbgrader reports
for that student; it then writes no mark, and goes on with the next one.
"""

import json
import os
import signal
import subprocess

from nbconvert.exporters import NotebookExporter
from nbformat import from_dict
from nbformat.v4 import new_output
from nbgrader import utils
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Bool, Integer, Unicode
from traitlets.config import LoggingConfigurable

HERE = os.path.dirname(os.path.abspath(__file__))
PROGRAM = os.path.join(HERE, "..", "..", "kernel-lib", "dist", "cli", "course-nbgrader.js")


class EngineError(Exception):
    """The engine could not grade; its message says why."""


class Engine(LoggingConfigurable):
    """Starts the engine for one submission."""

    node = Unicode("node", help="The Node that runs the engine").tag(config=True)
    timeout_s = Integer(600, help="Longest that one submission may take").tag(config=True)
    course = Unicode("", help="The course, if course:release --course named another").tag(config=True)
    trusted = Bool(False, help="Grade also where there is no sandbox").tag(config=True)

    def grade(self, path, student, problem_set):
        """Gives `result` (a SubmissionResult) and `notebook`, as kernel-lib/cli/course-nbgrader.ts."""
        request = {
            "path": os.path.abspath(path),
            "student": student,
            "problemSet": problem_set,
            "course": self.course,
            "trusted": self.trusted,
        }
        process = subprocess.Popen(
            [self.node, PROGRAM],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
        try:
            out, err = process.communicate(json.dumps(request).encode(), timeout=self.timeout_s)
        except BaseException as error:
            # Ctrl-C comes here too: nothing of a submission may go on running.
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
            if isinstance(error, subprocess.TimeoutExpired):
                raise EngineError(f"Cannot grade {path}: took over {self.timeout_s} s") from error
            raise
        said = err.decode("utf-8", "replace").strip()
        if process.returncode != 0:
            raise EngineError(f"Cannot grade {path}: {said or process.returncode}")
        for line in said.splitlines():
            self.log.warning("%s", line)
        return json.loads(out)


class EngineExporter(NotebookExporter):
    """Reads a submission by way of the engine, so that no file of a student can stop nbgrader."""

    def from_filename(self, filename, resources=None, **kw):
        # nbgrader converts twice: what was submitted, and what came of that.
        if not self.parent._sanitizing:
            return super().from_filename(filename, resources=resources, **kw)
        about = resources["nbgrader"]
        engine = Engine(parent=self.parent)
        reply = engine.grade(filename, about["student"], about["assignment"])
        self.parent.engine_result = reply["result"]
        path, name = os.path.split(filename)
        resources["metadata"] = {"path": path, "name": os.path.splitext(name)[0]}
        notebook = from_dict(reply["notebook"])
        return self.from_notebook_node(notebook, resources=resources, **kw)

    def from_notebook_node(self, nb, resources=None, **kw):
        if not self.parent._sanitizing:
            resources["glass_cloud"] = self.parent.engine_result
        return super().from_notebook_node(nb, resources=resources, **kw)


class EngineMarks(NbGraderPreprocessor):
    """Puts marks and reasons where nbgrader looks for the outputs of its test cells."""

    def preprocess(self, nb, resources):
        result = resources["glass_cloud"]
        about = resources["nbgrader"]
        for mine, theirs in (("student", "student"), ("problemSet", "assignment")):
            if result[mine] != about[theirs]:
                raise EngineError(f"Cannot mark: got marks of another {mine}, {result[mine]}")
        questions = {question["gradeId"]: question for question in result["questions"]}
        for cell in nb.cells:
            if cell.cell_type != "code":
                continue
            cell.outputs = []
            if utils.is_grade(cell) and not utils.is_solution(cell):
                cell.outputs = outputs_of(questions.get(cell.metadata.nbgrader["grade_id"]), cell)
        flags = [flag["detail"] for flag in result["flags"]]
        for detail in flags:
            self.log.warning("%s: %s", about["student"], detail)
        return nb, resources


def outputs_of(question, cell):
    """What a test cell shows: the reasons as text, then the score, from which nbgrader reads it."""
    points = float(cell.metadata.nbgrader["points"])
    if question is None or question["maxScore"] != points:
        # Without an output nbgrader would give all points.
        why = "nbgrader's gradebook is older than the source: nbgrader generate_assignment --force"
        return [new_output("error", ename="EngineError", evalue=why, traceback=[why])]
    score = min(question["score"], points)
    return [
        new_output("stream", name="stdout", text=reasons(question)),
        new_output("execute_result", data={"text/plain": f"{score:g}"}, execution_count=None),
    ]


def reasons(question):
    """Plain text; nbgrader's pages escape it."""
    lines = [f"{question['id']}: {question['score']:g} of {question['maxScore']:g} points"]
    if question["problem"]:
        lines.append(question["problem"])
    for one in question["properties"]:
        right = one["score"] == one["maxScore"]
        lines.append(f"{'✓' if right else '✗'} {one['name']} ({one['score']:g} of {one['maxScore']:g})")
        if one["why"] and one["why"] != question["problem"]:
            lines.append(f"    {one['why']}")
        if one["hint"]:
            lines.append(f"    Hint: {one['hint']}")
    return "\n".join(lines) + "\n"
