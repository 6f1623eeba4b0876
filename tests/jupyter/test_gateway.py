"""nbclient whose kernels are behind a gateway, which is `skein serve`."""

import os
import unittest

import nbformat
from jupyter_server.gateway.gateway_client import GatewayClient
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbformat.v4 import new_code_cell, new_notebook

MANAGER = "jupyter_server.gateway.managers.GatewayKernelManager"


def run(*sources):
    # Its WebSocket says no token, so the token is in the path.
    url = f"{os.environ['SKEIN_URL']}t/{os.environ['SKEIN_TOKEN']}"
    gateway = GatewayClient.instance()
    gateway.url = url
    document = new_notebook(cells=[new_code_cell(source) for source in sources])
    spec = {"name": "skein", "display_name": "Skein", "language": "typescript"}
    document.metadata["kernelspec"] = spec
    client = NotebookClient(document, timeout=60, kernel_manager_class=MANAGER)
    # Of the notebook's kernel that manager knows nothing.
    client.execute(kernel_name="skein")
    nbformat.validate(document)
    return document


class GatewayTests(unittest.TestCase):
    def test_runs_a_notebook(self):
        document = run(
            "const kept: number = 41; console.log('out'); kept + 1",
            "kept * 2",
        )
        first, second = document.cells
        self.assertEqual(first.outputs[0]["text"], "out\n")
        self.assertEqual(first.outputs[1]["data"]["text/plain"], "42")
        self.assertEqual(second.outputs[0]["data"]["text/plain"], "82")

    def test_reports_a_failing_cell(self):
        with self.assertRaises(CellExecutionError) as caught:
            run("throw new RangeError('boom')")
        self.assertIn("RangeError", str(caught.exception))


if __name__ == "__main__":
    unittest.main()
