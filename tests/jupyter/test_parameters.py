"""What skein run --param writes, under papermill and its tools."""

import json
import subprocess
import tempfile
import unittest
from pathlib import Path

import nbformat
import papermill
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from papermill.execute import raise_for_execution_errors
from papermill.exceptions import PapermillExecutionError
from papermill.iorw import load_notebook_node
from papermill.utils import find_first_tagged_cell_index

MAIN = Path(__file__).parents[2] / "main.ts"


def skein(*args):
    return subprocess.run(
        ["deno", "run", "-A", str(MAIN), *map(str, args)],
        capture_output=True,
        text=True,
        timeout=300,
    )


class Parameters(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.root = Path(self.folder.name)
        declared = new_code_cell('let n = 1;\nlet who = "x";\nlet big = 1n;')
        declared.metadata["tags"] = ["parameters"]
        spec = dict(name="skein", language="typescript", display_name="Skein")
        notebook = new_notebook(
            cells=[
                new_markdown_cell("# Report"),
                declared,
                new_code_cell("[n, who, big]"),
                new_code_cell("if (n > 2) throw new RangeError('too large');"),
                new_code_cell("'end'"),
            ],
            metadata=dict(kernelspec=spec),
        )
        nbformat.write(notebook, self.root / "in.ipynb")

    def run_with(self, *params):
        options = [word for param in params for word in ("--param", param)]
        target = self.root / "out.ipynb"
        said = skein("run", self.root / "in.ipynb", "-o", target, *options)
        return said, target

    def test_papermill_finds_cell_and_values(self):
        said, target = self.run_with("n=2", "who=ada", "big=12345678901234567890")
        self.assertEqual(said.returncode, 0, said.stderr)
        document = load_notebook_node(str(target))
        nbformat.validate(document)
        at = find_first_tagged_cell_index(document, "injected-parameters")
        self.assertEqual(at, find_first_tagged_cell_index(document, "parameters") + 1)
        about = document.metadata.papermill
        self.assertEqual(
            dict(about.parameters), {"n": 2, "who": "ada", "big": "12345678901234567890"}
        )
        self.assertGreaterEqual(about.duration, 0)
        self.assertIsNone(about.exception)
        self.assertEqual(
            [cell.metadata.papermill.status for cell in document.cells],
            6 * ["completed"],
        )
        raise_for_execution_errors(document, str(self.root / "checked.ipynb"))

    def test_papermill_finds_the_error(self):
        said, target = self.run_with("n=3")
        self.assertEqual(said.returncode, 1)
        document = load_notebook_node(str(target))
        self.assertIs(document.metadata.papermill.exception, True)
        self.assertEqual(document.cells[4].metadata.papermill.status, "failed")
        with self.assertRaisesRegex(PapermillExecutionError, "too large"):
            raise_for_execution_errors(document, str(self.root / "checked.ipynb"))

    def test_papermill_replaces_the_cell_where_it_stands(self):
        _, target = self.run_with("n=2")
        first = json.loads(target.read_text())
        papermill.translators.papermill_translators.register(
            "typescript", papermill.translators.ScalaTranslator
        )
        again = papermill.execute_notebook(
            str(target), None, parameters={"n": 1}, prepare_only=True, kernel_name="skein"
        )
        self.assertEqual(len(again.cells), len(first["cells"]))
        self.assertEqual(
            find_first_tagged_cell_index(again, "injected-parameters"),
            find_first_tagged_cell_index(load_notebook_node(str(target)), "injected-parameters"),
        )


if __name__ == "__main__":
    unittest.main()
