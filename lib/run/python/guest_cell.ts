/**
 * The Python side of running code: the text of `_skein_guest.py`.
 *
 * It reads orders from its standard input and writes reports, marked, between
 * the lines that the code prints. Pure: a text, sent by `process.ts`, which
 * describes orders and reports.
 * @module
 */

/** The first thing the interpreter runs: writes modules to a folder, then serves. */
export const BOOT: string = String.raw`
def boot():
    import json, os, sys
    line = b""
    while not line.endswith(b"\n"):
        part = os.read(0, 65536)
        if not part:
            sys.exit()
        line += part
    order = json.loads(line)
    folder = order["folder"]
    os.mkdir(folder, 0o700)
    for name, text in order["files"].items():
        with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
            file.write(text)
    # At the end: whatever the user has of such a name comes first.
    sys.path.append(folder)
    sys.argv = ["cell"]
    import _skein_guest
    return _skein_guest, order
__file__ = None
guest, order = boot()
del boot
guest.start(order, globals())
`;

/** What processes that `multiprocessing` starts import as their main module. */
export const CELL_FILE: string = String.raw`import _skein_guest
_skein_guest.join(globals())
`;

/** A Python module that serves orders. */
export const GUEST_MODULE: string = String.raw`
"""Runs cells of Python for Skein."""
import _ast
import _thread
import atexit
import json
import os
import signal
import sys
import time
from queue import SimpleQueue

from _skein_values import decode, encode

VALUE = "__skein_value__"
FOLDER = os.path.dirname(os.path.abspath(__file__))
HISTORY = os.path.join(FOLDER, "history.json")
SOURCES = {}
# What is written at once and is no longer, no other process can write into: POSIX, PIPE_BUF.
CHUNK = 3900


def start(order, names):
    for name in ("guest", "order"):
        names.pop(name)
    # Not the pipe itself, which the code may redirect or close.
    reports, orders = os.dup(1), os.dup(0)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    names["__file__"] = os.path.join(FOLDER, "cell.py")
    speak_plainly()
    atexit.register(remove_folder, os.getpid())
    queue = SimpleQueue()
    # No Thread object: it would be counted by those who count threads.
    _thread.start_new_thread(listen, (orders, queue))
    send = sender(reports, order["marker"])
    send({"atMs": now_ms()})
    serve(queue, send, names)


def serve(queue, send, names):
    while True:
        order = queue.get()
        if order["type"] == "end":
            return
        send(run(order, names) if order["type"] == "run" else compare(order, names))


def compare(order, names):
    import _skein_arms

    try:
        return {"value": getattr(_skein_arms, order["type"])(order, names)}
    except BaseException as error:
        return {"error": describe(error)}


def listen(orders, queue):
    parts = []
    while True:
        part = os.read(orders, 1 << 20)
        if not part:
            end_all()
        while b"\n" in part:
            line, part = part.split(b"\n", 1)
            queue.put(json.loads(b"".join(parts) + line))
            parts = []
        parts.append(part)


def end_all():
    """Ends this process and those it started: nobody listens any more."""
    if hasattr(os, "fork") and os.getpgrp() == os.getpid():
        group = os.getpid()
        # From outside of the group: whoever ends it cannot end with it.
        if os.fork() == 0:
            os.setpgid(0, 0)
            for number in (signal.SIGTERM, signal.SIGKILL):
                try:
                    os.killpg(group, number)
                except OSError:
                    break
                time.sleep(0.2)
            remove_folder(os.getpid())
    os._exit(1)


def sender(pipe, marker):
    def send(report):
        sys.stdout.flush()
        text = json.dumps(report)
        for at in range(0, len(text), CHUNK):
            more = "+" if at + CHUNK < len(text) else "."
            os.write(pipe, (marker + more + text[at : at + CHUNK] + "\n").encode("ascii"))

    return send


def join(names):
    """In a process that multiprocessing started: defines what the cells defined."""
    speak_plainly()
    if names["__name__"] == "__main__":
        return
    try:
        with open(HISTORY, encoding="utf-8") as file:
            cells = json.load(file)
    except FileNotFoundError:
        return
    names.pop("_skein_guest", None)
    if os.path.exists(os.path.join(FOLDER, "_skein_jobs.py")):
        import _skein_jobs

        # Before the cell takes it by its name.
        time.sleep = _skein_jobs.watched_sleep
    for number, cell in enumerate(cells, 1):
        names.update(decode(cell["args"]))
        execute(cell["code"], number, names)


def run(order, names):
    remember(order)
    startMs, cpuMs = now_ms(), cpu_ms()
    try:
        names.update(decode(order["args"]))
        value = evaluate(order["code"], names)
        endMs = now_ms()
        outcome = {"value": encode(value)}
    except BaseException as error:
        endMs = now_ms()
        if isinstance(error, SystemExit) and not error.code:
            outcome = {"value": None}
        else:
            outcome = {"error": describe(error)}
    return {"startMs": startMs, "endMs": endMs, "cpuMs": cpu_ms() - cpuMs, **outcome}


def remember(order):
    SOURCES[cell_name(len(SOURCES) + 1)] = order["code"]
    cells = []
    if len(SOURCES) > 1:
        with open(HISTORY, encoding="utf-8") as file:
            cells = json.load(file)
    with open(HISTORY, "w", encoding="utf-8") as file:
        json.dump([*cells, {"code": order["code"], "args": order["args"]}], file)


def evaluate(code, names):
    names[VALUE] = None
    execute(code, len(SOURCES), names)
    return names.pop(VALUE, None)


def execute(code, number, names):
    result = eval(compile_cell(code, number), names)
    # A coroutine, if the code awaits outside of functions.
    if result is not None:
        import asyncio

        asyncio.run(result)


def compile_cell(code, number):
    name = cell_name(number)
    tree = compile(code, name, "exec", _ast.PyCF_ONLY_AST, True)
    last = tree.body[-1] if tree.body else None
    if isinstance(last, _ast.Expr):
        place = {key: getattr(last, key) for key in last._attributes}
        target = _ast.Name(id=VALUE, ctx=_ast.Store(), **place)
        tree.body[-1] = _ast.Assign(targets=[target], value=last.value, **place)
    return compile(tree, name, "exec", _ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, True)


def cell_name(number):
    return "<cell>" if number == 1 else "<cell %d>" % number


def describe(error, depth=4):
    import linecache
    import traceback

    for name, code in SOURCES.items():
        linecache.cache[name] = (len(code), None, code.splitlines(True), name)
    frames = error.__traceback__
    while frames and not frames.tb_frame.f_code.co_filename.startswith("<cell"):
        frames = frames.tb_next
    line = None
    if isinstance(error, SyntaxError) and error.filename in SOURCES:
        line = error.lineno
    for frame, number in traceback.walk_tb(frames):
        if frame.f_code.co_filename in SOURCES:
            line = number
    try:
        message = str(error)
    except Exception:
        message = "its message cannot be read"
    cause = error.__cause__
    if cause is None and not error.__suppress_context__:
        cause = error.__context__
    return {
        "name": type(error).__qualname__,
        "message": message,
        "line": line,
        "traceback": "".join(traceback.format_exception(type(error), error, frames)),
        "cause": describe(cause, depth - 1) if cause is not None and depth > 0 else None,
    }


def speak_plainly():
    """Line by line, as at a terminal, and whatever the system takes for its language."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", line_buffering=True)
        except AttributeError:
            pass


def now_ms():
    return time.perf_counter() * 1000


def cpu_ms():
    """Processor time of this process and of its ended children."""
    return sum(os.times()[:4]) * 1000


def remove_folder(owner):
    if os.getpid() != owner:
        return
    for folder, folders, files in os.walk(FOLDER, topdown=False):
        try:
            for name in files:
                os.unlink(os.path.join(folder, name))
            os.rmdir(folder)
        except OSError:
            # A process is still starting there; who started us removes the rest.
            pass
`;
