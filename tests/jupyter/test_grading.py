"""Assignments of ours under nbgrader: checksums, metadata, and student versions."""

import csv
import json
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import nbformat
from nbgrader import nbgraderformat
from nbgrader.preprocessors import (
    ClearHiddenTests,
    ClearMarkScheme,
    ClearOutput,
    ClearSolutions,
    ComputeChecksums,
    LockCells,
)
from nbgrader.utils import compute_checksum
from traitlets.config import Config

MAIN = Path(__file__).parents[2] / "main.ts"
STUB = '// YOUR CODE HERE\nthrow new Error("not implemented");'
CELLS = [
    ("markdown", "# Squares", None),
    ("code", 'import assert from "node:assert/strict";', dict(locked=True, grade_id="given")),
    (
        "code",
        "function square(x: number) {\n  // BEGIN SOLUTION\n  const ours = x; // äöü 漢字 😀\n  return x * ours;\n  // END SOLUTION\n}",
        dict(solution=True, grade_id="square"),
    ),
    (
        "code",
        "assert.equal(square(3), 9);\n// BEGIN HIDDEN TESTS\nassert.equal(square(-25), 625);\n// END HIDDEN TESTS",
        dict(grade=True, locked=True, grade_id="check-square", points=2.5),
    ),
    ("code", "const whole = square(square(2));", dict(solution=True, grade_id="whole")),
    ("code", "assert.equal(whole, 16);", dict(grade=True, locked=True, grade_id="check_whole", points=1)),
    ("markdown", "Because x times x is it.", dict(grade=True, solution=True, grade_id="why", points=0.1)),
    (
        "markdown",
        "Draw it.\n### BEGIN MARK SCHEME\nOne point for each of the axes\n### END MARK SCHEME",
        dict(task=True, locked=True, grade_id="draw", points=3),
    ),
]


def source():
    notebook = nbformat.v4.new_notebook()
    notebook.metadata["kernelspec"] = dict(
        name="skein", language="typescript", display_name="TypeScript (Skein)"
    )
    for kind, text, marks in CELLS:
        make = getattr(nbformat.v4, f"new_{kind}_cell")
        cell = make(source=text)
        if marks is not None:
            cell.metadata["nbgrader"] = {
                **dict(schema_version=3, grade=False, solution=False, locked=False, task=False),
                **marks,
            }
        notebook.cells.append(cell)
    return notebook


class Assignment(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        root = Path(cls.folder.name)
        (root / "hw").mkdir()
        nbformat.write(source(), root / "hw" / "a.ipynb")
        cls.said = subprocess.run(
            ["deno", "run", "-A", str(MAIN), "assign", str(root / "hw"), "-o", str(root / "out")],
            capture_output=True,
            text=True,
            timeout=300,
        )
        cls.path = root / "out" / "student" / "a.ipynb"

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def student(self):
        self.assertEqual(self.said.returncode, 0, self.said.stdout + self.said.stderr)
        return nbformat.read(self.path, as_version=4)

    def test_checksums_are_those_of_nbgrader(self):
        found = 0
        for cell in self.student().cells:
            if "nbgrader" in cell.metadata:
                found += 1
                self.assertEqual(cell.metadata.nbgrader.checksum, compute_checksum(cell))
        self.assertEqual(found, 7)

    def test_nbgrader_reads_the_metadata(self):
        text = json.dumps(self.student())
        read = nbgraderformat.reads(text, as_version=4)
        self.assertEqual(len(read.cells), len(CELLS))
        for cell in read.cells:
            if "nbgrader" in cell.metadata:
                self.assertEqual(cell.metadata.nbgrader.schema_version, 3)

    def test_nbgrader_makes_the_same_student_version(self):
        theirs = source()
        resources = {}
        config = Config()
        config.ClearSolutions.code_stub = {"typescript": STUB}
        for step in (
            LockCells,
            ClearSolutions,
            ClearOutput,
            ClearHiddenTests,
            ClearMarkScheme,
            ComputeChecksums,
        ):
            theirs, resources = step(config=config).preprocess(theirs, resources)
        ours = self.student()
        for mine, other in zip(ours.cells, theirs.cells, strict=True):
            self.assertEqual(mine.source, other.source)
            self.assertEqual(mine.cell_type, other.cell_type)
            for key in ("deletable", "editable"):
                self.assertEqual(mine.metadata.get(key), other.metadata.get(key), mine.source)
            self.assertEqual(
                dict(mine.metadata.get("nbgrader", {})),
                dict(other.metadata.get("nbgrader", {})),
            )


class Scores(unittest.TestCase):
    """The same submissions under both graders; nbgrader runs them in our kernel."""

    ANSWERS = {
        "ada": ["const square = (x: number) => x ** 2;", "const whole = square(4);"],
        "bob": ["const square = (x: number) => x ** 2;", "const whole = 17;"],
        "eve": ["const square = (x: number) => 9;", "let other = 1;"],
    }

    def run_in(self, folder, *words):
        path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
        said = subprocess.run(
            list(map(str, words)),
            cwd=folder,
            env={**os.environ, "PATH": path},
            capture_output=True,
            text=True,
            timeout=300,
        )
        self.assertEqual(said.returncode, 0, said.stdout + said.stderr)

    def test_both_give_the_same_points(self):
        with tempfile.TemporaryDirectory() as name:
            root = Path(name)
            notebook = source()
            # Essays and tasks are for people; hidden tests nbgrader puts back.
            notebook.cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
            for place in (root / "hw", root / "source" / "hw"):
                place.mkdir(parents=True)
                nbformat.write(notebook, place / "a.ipynb")
            (root / "nbgrader_config.py").write_text(
                "c = get_config()\n"
                "c.CourseDirectory.course_id = 'test'\n"
                f"c.ClearSolutions.code_stub = {{'typescript': {STUB!r}}}\n"
            )
            nbgrader = [sys.executable, "-m", "nbgrader"]
            self.run_in(root, *nbgrader, "generate_assignment", "hw", "--create")
            self.run_in(root, "deno", "run", "-A", MAIN, "assign", "hw", "-o", "out")
            files = []
            for student, answers in self.ANSWERS.items():
                handed_in = nbformat.read(root / "release" / "hw" / "a.ipynb", as_version=4)
                waiting = list(answers)
                for cell in handed_in.cells:
                    if cell.metadata.get("nbgrader", {}).get("solution"):
                        cell.source = waiting.pop(0)
                folder = root / "submitted" / student / "hw"
                folder.mkdir(parents=True)
                nbformat.write(handed_in, folder / "a.ipynb")
                files.append(folder / "a.ipynb")
            self.run_in(root, *nbgrader, "autograde", "hw", "--create")
            self.run_in(root, *nbgrader, "export", "--to", "theirs.csv")
            self.run_in(
                root, "deno", "run", "-A", MAIN, "grade", *files, "-a", "out", "--csv", "ours.csv"
            )

            def scores(path):
                with open(root / path, newline="") as file:
                    return {
                        row["student_id"]: (float(row["score"]), float(row["max_score"]))
                        for row in csv.DictReader(file)
                    }

            expected = {"ada": (3.5, 3.5), "bob": (2.5, 3.5), "eve": (0.0, 3.5)}
            self.assertEqual(scores("ours.csv"), expected)
            self.assertEqual(scores("theirs.csv"), expected)


if __name__ == "__main__":
    unittest.main()
