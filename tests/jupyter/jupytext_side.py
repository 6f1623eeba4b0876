"""Writes and reads notebooks with jupytext, for `jupytext.ts` to compare.

Arguments: a JSON file with `notebooks` and `texts`, and where the answers go.
"""

import json
import sys
import warnings

import jupytext
import nbformat

FORMATS = {"percent": "ts:percent", "markdown": "md:markdown", "myst": "md:myst"}


def listed(notebook):
    return [
        {"type": cell.cell_type, "source": cell.source, "metadata": cell.metadata}
        for cell in notebook.cells
    ]


def answer(work):
    """What jupytext makes of it; nothing where it fails itself."""
    try:
        return work()
    except Exception:  # Whatever it does with odd input is its own affair.
        return None


def write_and_read(notebook, name):
    text = jupytext.writes(
        nbformat.reads(json.dumps(notebook), as_version=4), FORMATS[name]
    )
    return {"text": text, "cells": listed(jupytext.reads(text, FORMATS[name]))}


def read_and_write(text, name):
    notebook = jupytext.reads(text, FORMATS[name])
    return {"cells": listed(notebook), "text": jupytext.writes(notebook, FORMATS[name])}


def main(source, target):
    warnings.filterwarnings("ignore")
    with open(source, encoding="utf-8") as file:
        work = json.load(file)
    answers = {
        "notebooks": [
            {name: answer(lambda: write_and_read(notebook, name)) for name in FORMATS}
            for notebook in work["notebooks"]
        ],
        "texts": [
            answer(lambda: read_and_write(text, name)) for text, name in work["texts"]
        ],
    }
    with open(target, "w", encoding="utf-8") as file:
        # JSON has no dates, YAML has.
        json.dump(answers, file, default=str)


main(*sys.argv[1:])
