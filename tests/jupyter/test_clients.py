"""Other people's runners against the installed kernel: nbclient, nbconvert, papermill."""

import json
import unittest

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbformat.v4 import new_code_cell, new_notebook

CELLS = 200
ROUNDS = 20


def notebook(*sources, tags=None):
    cells = [new_code_cell(source) for source in sources]
    if tags:
        for cell, tag in zip(cells, tags):
            if tag:
                cell.metadata["tags"] = [tag]
    spec = {"name": "skein", "display_name": "Skein", "language": "typescript"}
    return new_notebook(cells=cells, metadata={"kernelspec": spec})


def many_cells():
    """Results, streams, displays and subprocesses in turns: what others lose."""
    sources = []
    for i in range(CELLS):
        sources.append(
            (
                f"{i} + 1",
                f"console.log('line {i}'); console.error('error {i}')",
                f"for (let i = 0; i < 20; i++) console.log('row {i} ' + i);",
                f"await Deno.jupyter.display(Deno.jupyter.html`<p>{i}</p>`); {i}",
                f"await new Deno.Command('echo', {{ args: ['child {i}'] }}).spawn().status; "
                f"console.log('after {i}')",
            )[i % 5]
        )
    return notebook(*sources)


def outputs_of(document):
    kept = []
    for cell in document.cells:
        outputs = []
        for output in cell.outputs:
            output = dict(output)
            output.pop("metadata", None)
            outputs.append(output)
        kept.append(outputs)
    return json.dumps(kept, sort_keys=True)


class NbclientTests(unittest.TestCase):
    def test_runs_200_cells_20_times_with_identical_outputs(self):
        first = None
        for _ in range(ROUNDS):
            document = many_cells()
            # As nbconvert does: how text is cut into messages is a matter of time.
            NotebookClient(document, timeout=60, coalesce_streams=True).execute()
            found = outputs_of(document)
            first = first or found
            self.assertEqual(found, first)
        cells = json.loads(first)
        self.assertEqual(cells[0][0]["data"]["text/plain"], "1")
        for i in range(0, CELLS, 5):
            rows = "".join(f"row {i + 2} {n}\n" for n in range(20))
            self.assertEqual(cells[i + 2][0]["text"], rows)
            child = cells[i + 4][0]["text"]
            self.assertEqual(child, f"child {i + 4}\nafter {i + 4}\n")

    def test_reports_a_failing_cell(self):
        with self.assertRaises(CellExecutionError) as caught:
            NotebookClient(notebook("throw new RangeError('boom')"), timeout=30).execute()
        self.assertIn("RangeError", str(caught.exception))
        self.assertIn("line 1", str(caught.exception))

    def test_reports_a_syntax_error(self):
        with self.assertRaises(CellExecutionError) as caught:
            NotebookClient(notebook("const = 1"), timeout=30).execute()
        self.assertIn("SyntaxError", str(caught.exception))

    def test_interrupts_on_timeout_and_goes_on(self):
        document = notebook("let x = 1; while (true) {}", "x")
        client = NotebookClient(
            document, timeout=2, interrupt_on_timeout=True, allow_errors=True
        )
        client.execute()
        self.assertEqual(document.cells[1].outputs[0]["data"]["text/plain"], "1")


class StandInTests(unittest.TestCase):
    def test_runs_a_notebook_made_for_tslab(self):
        document = notebook(
            "/** @module tools */\nexport const half = (x: number) => x / 2;",
            'import * as tslab from "tslab";\n'
            'import { half } from "./tools";\n'
            "tslab.display.html(`<b>${half(4)}</b>`);\nhalf(10)",
            'const wrong: number = "text"',
            tags=[None, None, "raises-exception"],
        )
        document.metadata.kernelspec.name = "tslab"
        NotebookClient(document, timeout=60).execute()
        shown, value = document.cells[1].outputs
        self.assertEqual(shown["data"]["text/html"], "<b>2</b>")
        self.assertEqual(value["data"]["text/plain"], "5")
        (error,) = document.cells[2].outputs
        self.assertIn("not assignable to type 'number'", error["evalue"])


class NbconvertTests(unittest.TestCase):
    def test_makes_html(self):
        from nbconvert import HTMLExporter
        from nbconvert.preprocessors import ExecutePreprocessor

        document = notebook("const answer: number = 6 * 7; answer")
        ExecutePreprocessor(timeout=30).preprocess(document, {})
        html, _ = HTMLExporter().from_notebook_node(document)
        self.assertIn("42", html)


class PapermillTests(unittest.TestCase):
    def test_takes_parameters(self):
        import tempfile

        import papermill
        from papermill.translators import Translator, papermill_translators

        class TypeScript(Translator):
            """Papermill ships none for TypeScript; JSON is one."""

            @classmethod
            def assign(cls, name, text):
                return f"var {name} = {text};"

            @classmethod
            def comment(cls, text):
                return f"// {text}".strip()

            @classmethod
            def translate_none(cls, val):
                return "null"

        papermill_translators.register("typescript", TypeScript)
        with tempfile.TemporaryDirectory() as folder:
            document = notebook("let n = 1;", "n * 2", tags=["parameters", None])
            nbformat.write(document, f"{folder}/in.ipynb")
            done = papermill.execute_notebook(
                f"{folder}/in.ipynb",
                f"{folder}/out.ipynb",
                parameters={"n": 21},
                progress_bar=False,
            )
        self.assertEqual(done.cells[-1].outputs[0]["data"]["text/plain"], "42")


class TerminalTests(unittest.TestCase):
    """Programs of Jupyter's own for the terminal; both hand file names to the kernel."""

    def run_program(self, *args, text=""):
        import os
        import subprocess
        import sys
        import tempfile

        programs = os.path.dirname(sys.executable)
        with tempfile.TemporaryDirectory() as folder:
            with open(f"{folder}/file.ts", "w") as file:
                file.write(
                    "const x: number = 20;\n"
                    'console.log("in the file", x + 1);\n'
                    'console.error("to stderr");\n'
                    "({ sum: x + 2 })\n"
                )
            return subprocess.run(
                [f"{programs}/{args[0]}", *args[1:]],
                input=text,
                capture_output=True,
                text=True,
                cwd=folder,
                timeout=60,
                env={**os.environ, "PATH": f"{programs}:{os.environ['PATH']}"},
            )

    def test_jupyter_run_runs_a_file(self):
        done = self.run_program("jupyter-run", "--kernel=skein", "file.ts")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(done.stdout, "in the file 21\n{ sum: 22 }")
        self.assertIn("to stderr", done.stderr)

    def test_jupyter_console_is_opened_with_a_file(self):
        done = self.run_program(
            *("jupyter-console", "--simple-prompt", "--kernel=skein", "file.ts"),
            text="const y: number = 5\ny * 2\nthrow new Error('seen')\ny + 1\n",
        )
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("Out[2]: 10", done.stdout)
        self.assertIn("Out[4]: 6", done.stdout)
        self.assertIn("seen", done.stdout + done.stderr)

    def test_a_prediction_is_asked_on_a_line_where_no_form_is_drawn(self):
        asked = "await predict.number('How many ms?', { unit: 'ms' })"
        done = self.run_program(
            *("jupyter-console", "--simple-prompt", "--kernel=skein"),
            text="import { predict } from 'skein'\n"
            f"const p = {asked}\nsoon\n12\np.answer + 1\n",
        )
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("How many ms? (a number of ms)", done.stdout)
        self.assertIn("expected one number", done.stdout)
        self.assertIn("You predicted: 12 ms.", done.stdout)
        self.assertIn("Out[3]: 13", done.stdout)


if __name__ == "__main__":
    unittest.main()
