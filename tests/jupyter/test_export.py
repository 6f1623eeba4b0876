"""What skein export --to ipynb writes, under nbformat, nbconvert and JupyterLab."""

import json
import subprocess
import tempfile
import unittest
from pathlib import Path

import nbformat
from jupyter_server.services.contents.filemanager import FileContentsManager
from nbconvert import HTMLExporter, ScriptExporter
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

ROOT = Path(__file__).parents[2]
ODD = """
import { ODD_NOTEBOOKS } from "./tests/export/odd_notebooks.ts";
for (const [index, text] of Object.values(ODD_NOTEBOOKS).entries()) {
  await Deno.writeTextFile(`${Deno.args[0]}/odd-${index}.ipynb`, text);
}
"""


def deno(*args):
    return subprocess.run(
        ["deno", *map(str, args)],
        capture_output=True,
        cwd=ROOT,
        text=True,
        timeout=300,
    )


def skein(*args):
    return deno("run", "-A", "main.ts", *args)


class Export(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.root = Path(self.folder.name)

    def test_odd_notebooks_are_valid_and_opened(self):
        script = self.root / "write.ts"
        script.write_text(ODD.replace("./tests", f"{ROOT.as_uri()}/tests"))
        made = deno("run", "-A", "--config", "deno.json", script, self.root)
        self.assertEqual(made.returncode, 0, made.stderr)
        files = sorted(self.root.glob("odd-*.ipynb"))
        self.assertGreaterEqual(len(files), 40)
        out = self.root / "out"
        said = skein("export", *files, "--to", "ipynb", "-o", out)
        self.assertEqual(said.returncode, 0, said.stdout + said.stderr)
        contents = FileContentsManager(root_dir=str(out))
        written = sorted(out.glob("*.ipynb"))
        self.assertEqual(len(written), len(files))
        too_deep = []
        for path in written:
            with self.subTest(path.name):
                try:
                    notebook = nbformat.read(path, as_version=4)
                except RecursionError:
                    # Metadata of 900 levels: Python's stack ends before ours.
                    too_deep.append(path.name)
                    continue
                if notebook.nbformat_minor <= 5:
                    nbformat.validate(notebook)
                # As JupyterLab's server reads a file for it.
                model = contents.get(path.name, content=True)
                self.assertEqual(model["type"], "notebook")
        self.assertLessEqual(len(too_deep), 1, too_deep)

    def test_executed_notebook_is_shown_by_nbconvert(self):
        source = self.root / "in.ipynb"
        nbformat.write(
            new_notebook(
                cells=[
                    new_markdown_cell("# Title"),
                    new_code_cell("const a = 40;"),
                    new_code_cell("a + 2"),
                ]
            ),
            source,
        )
        target = self.root / "out.ipynb"
        said = skein("export", source, "--execute", "--to", "ipynb", "-o", target)
        self.assertEqual(said.returncode, 0, said.stderr)
        notebook = nbformat.read(target, as_version=4)
        nbformat.validate(notebook)
        self.assertEqual(notebook.cells[2].outputs[0].data["text/plain"], "42")
        page, _ = HTMLExporter().from_notebook_node(notebook)
        self.assertIn("42", page)
        program, _ = ScriptExporter().from_notebook_node(notebook)
        self.assertIn("a + 2", program)

    def test_bytes_are_those_of_nbformat(self):
        cell = new_code_cell("1", execution_count=1)
        cell.outputs = [new_output("stream", text="é\n\u2028x")]
        source = self.root / "in.ipynb"
        nbformat.write(new_notebook(cells=[cell]), source)
        target = self.root / "out.ipynb"
        said = skein("export", source, "--to", "ipynb", "-o", target)
        self.assertEqual(said.returncode, 0, said.stderr)
        self.assertEqual(target.read_bytes(), source.read_bytes())
        stripped = self.root / "stripped.ipynb"
        skein("export", source, "--to", "ipynb", "--no-output", "-o", stripped)
        cells = json.loads(stripped.read_text())["cells"]
        self.assertEqual(cells[0]["outputs"], [])
        self.assertIsNone(cells[0]["execution_count"])


if __name__ == "__main__":
    unittest.main()
