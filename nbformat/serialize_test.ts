import assert from "node:assert/strict";
import type { Notebook } from "./notebook.ts";
import { parseNotebook } from "./parse.ts";
import { serializeNotebook } from "./serialize.ts";

Deno.test("serializeNotebook() gives a file of Python's nbformat back byte for byte", () => {
  assert.equal(
    serializeNotebook(parseNotebook(WRITTEN_BY_PYTHON)),
    WRITTEN_BY_PYTHON,
  );
});

Deno.test("serializeNotebook() leaves out what nbformat never writes", () => {
  const text = serializeNotebook({
    ...EMPTY,
    metadata: {
      signature: "s",
      orig_nbformat: 3,
      orig_nbformat_minor: 2,
      kept: 1,
    },
    cells: [{
      cell_type: "raw",
      id: "a",
      metadata: { trusted: true },
      source: "",
    }],
  });
  assert.deepEqual(JSON.parse(text).metadata, { kept: 1 });
  assert.deepEqual(JSON.parse(text).cells[0].metadata, {});
});

Deno.test("serializeNotebook() keeps unknown fields at every level", () => {
  const text = JSON.stringify({
    ...EMPTY,
    extra: 1,
    cells: [{
      cell_type: "code",
      id: "a",
      metadata: { deep: { extra: 2 } },
      source: [],
      execution_count: null,
      extra: 3,
      outputs: [{ output_type: "stream", name: "stdout", text: [], extra: 4 }],
    }],
  });
  const written = serializeNotebook(parseNotebook(text));
  assert.deepEqual(JSON.parse(written), JSON.parse(text));
});

Deno.test("serializeNotebook() raises an old minor version and keeps a new one", () => {
  const check = (minor: number, expected: number) => {
    const text = serializeNotebook({ ...EMPTY, nbformat_minor: minor });
    assert.equal(JSON.parse(text).nbformat_minor, expected);
  };
  check(4, 5);
  check(5, 5);
  check(9, 9);
});

Deno.test("serializeNotebook() rejects a value that is not JSON", () => {
  assert.throws(() => serializeNotebook({ ...EMPTY, metadata: { big: 1n } }), {
    name: "TypeError",
    message: "Cannot write JSON: found a bigint, expected a JSON value",
  });
});

const EMPTY: Notebook = {
  nbformat: 4,
  nbformat_minor: 5,
  metadata: {},
  cells: [],
};

// Made with nbformat 5.11.1: new_notebook(), then nbformat.write().
const WRITTEN_BY_PYTHON = String.raw`{
 "cells": [
  {
   "attachments": {
    "a.png": {
     "image/png": "iVBORw0KGgo="
    }
   },
   "cell_type": "markdown",
   "id": "intro",
   "metadata": {},
   "source": [
    "# Ünï 🎉\n",
    "\n",
    "![a](attachment:a.png)"
   ]
  },
  {
   "cell_type": "code",
   "execution_count": 3,
   "id": "c1",
   "metadata": {
    "n": [
     1e-05,
     1.5,
     1e+300,
     -2.5e-07,
     0.0001,
     123456789012
    ],
    "tags": [
     "hide-input"
    ]
   },
   "outputs": [
    {
     "name": "stdout",
     "output_type": "stream",
     "text": [
      "10%\r",
      "20%\r\n",
      "end\n"
     ]
    },
    {
     "name": "stderr",
     "output_type": "stream",
     "text": [
      "\u001b[31mred\u001b[0m\n"
     ]
    },
    {
     "data": {
      "application/json": {
       "10": [
        "a\n",
        "b"
       ],
       "2": [],
       "x": {}
      },
      "image/png": "iVBORw0KGgo=\n",
      "image/svg+xml": [
       "<svg>\n",
       "</svg>"
      ],
      "text/plain": [
       "1\n",
       "2"
      ]
     },
     "execution_count": 3,
     "metadata": {
      "image/png": {
       "width": 3
      }
     },
     "output_type": "execute_result"
    },
    {
     "ename": "Error",
     "evalue": "bad",
     "output_type": "error",
     "traceback": [
      "a\nb",
      "c"
     ]
    }
   ],
   "source": [
    "const a = 1;\r\n",
    "a"
   ]
  },
  {
   "cell_type": "code",
   "execution_count": null,
   "id": "c2",
   "metadata": {},
   "outputs": [],
   "source": []
  },
  {
   "cell_type": "raw",
   "id": "r",
   "metadata": {},
   "source": [
    "raw\n"
   ]
  }
 ],
 "metadata": {
  "kernelspec": {
   "display_name": "Deno",
   "language": "typescript",
   "name": "deno"
  },
  "title": "Tést"
 },
 "nbformat": 4,
 "nbformat_minor": 5
}
`;
