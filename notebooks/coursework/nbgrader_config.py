"""nbgrader 0.9.6 on our problem sets, with our engine in the place of its own executor.

Run nbgrader in this folder, in a Python environment that is active (nbgrader starts alembic by name)
and has JupyterLab and nbgrader==0.9.6: `nbgrader generate_assignment ps03`, `nbgrader autograde ps03`,
`nbgrader generate_feedback ps03`. Submissions lie in `submitted/STUDENT/ps03/ps03.ipynb`. What
the engine does instead is said in `glass_cloud_nbgrader.py`.
"""

import os
import shutil
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)

c = get_config()  # noqa: F821, traitlets runs this file and gives the function

# source/, release/, submitted/, autograded/, feedback/ and gradebook.db lie here.
c.CourseDirectory.root = HERE
c.CourseDirectory.ignore = [
    ".ipynb_checkpoints",
    ".progress",
    ".*",
    "*.pyc",
    "__pycache__",
    "node_modules",
]

# As in kernel-lib/course/source/regions.ts: both doors release the same cells.
c.ClearSolutions.code_stub = {"typescript": 'throw new Error("Write your answer here");'}
c.ClearSolutions.text_stub = "YOUR ANSWER HERE"


def add_note(assignment, **_):
    """Puts the note for students' assistants into a release. nbgrader works in the course's root."""
    note = os.path.join(HERE, "AGENTS.md")
    release = os.path.join("release", assignment)
    if os.path.exists(note) and os.path.isdir(release):
        shutil.copy(note, release)


c.GenerateAssignment.post_convert_hook = add_note

# nbgrader never reads a student's file itself: the engine does, and hands over a notebook whose
# cells for tests are the course's, whatever the student made of them.
c.Autograde.exporter_class = "glass_cloud_nbgrader.EngineExporter"
c.Autograde.autograde_preprocessors = [
    "glass_cloud_nbgrader.EngineMarks",  # in the place of nbgrader.preprocessors.Execute
    "nbgrader.preprocessors.LimitOutput",
    "nbgrader.preprocessors.SaveAutoGrades",
    "nbgrader.preprocessors.AssignLatePenalties",
    "nbgrader.preprocessors.CheckCellMetadata",
]
# The engine bounds each submission itself; longer than this it cannot take.
c.Engine.timeout_s = 600

# Whoever grades with nbgrader's own Execute all the same: a cell compiles before it runs.
c.Execute.timeout = 60

# A student's feedback must not print the hidden tests, which are in nbgrader's test cells.
c.GenerateFeedback.preprocessors = [
    "nbgrader.preprocessors.GetGrades",
    "nbgrader.preprocessors.ClearHiddenTests",
    "nbconvert.preprocessors.CSSHTMLHeaderPreprocessor",
]
