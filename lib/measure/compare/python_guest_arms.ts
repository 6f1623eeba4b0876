/**
 * The Python side of comparing, the text of `_skein_arms.py`: the same jobs, run in
 * one of several ways. One job is in `python_guest_jobs.ts`, the outside is
 * `python.ts`. Pure: a text.
 * @module
 */
/** A Python module that runs jobs in threads, processes and so on. */
export const ARMS_MODULE: string = String.raw`
"""Runs the same jobs in several ways."""
import marshal
import os
import sys
import threading

import _skein_guest
import _skein_jobs
from _skein_jobs import describe, now_ms, run_job, run_task
from _skein_values import decode, encode

FOLDER = _skein_guest.FOLDER


def prepare(order, names):
    """Loads the code and finds the function."""
    _skein_guest.remember(order)
    name = _skein_jobs.load(order["code"], order["name"], names)
    return {"name": name, "isAsync": _skein_jobs.is_async(), "startMethod": start_method()}


def start_method():
    # As multiprocessing chooses; asking it would fix the choice.
    if sys.platform in ("win32", "darwin"):
        return "spawn"
    return "forkserver" if sys.version_info >= (3, 14) else "fork"


def measure(order, names):
    """Runs all jobs; the time counts from asking for the first to the end of the last."""
    inputs = [decode(args) for args in order["inputs"]]
    jobs = [{} for _ in inputs]
    startMs = now_ms()
    ARMS[order["model"]](inputs, jobs)
    endMs = now_ms()
    for job in jobs:
        if "error" in job:
            return {"error": job["error"]}
        job["result"] = encode(job["result"])
    return {"startMs": startMs, "endMs": endMs, "jobs": jobs}


def processor_time(order, names):
    return _skein_guest.cpu_ms()


def sequential(inputs, jobs):
    for args, job in zip(inputs, jobs):
        job["askedMs"] = now_ms()
        run_job(args, job)
        if "error" in job:
            return


def threads(inputs, jobs):
    start_threads(run_job, [(args, job) for args, job in zip(inputs, jobs)])


def start_threads(target, calls):
    started = []
    for call in calls:
        call[1]["askedMs"] = now_ms()
        thread = threading.Thread(target=target, args=call)
        thread.start()
        started.append(thread)
    for thread in started:
        thread.join()


def tasks(inputs, jobs):
    import asyncio

    askedMs = now_ms()
    for job in jobs:
        job["askedMs"] = askedMs

    async def run_all():
        await asyncio.gather(*map(run_task, inputs, jobs))

    asyncio.run(run_all())


def processes(inputs, jobs):
    import multiprocessing

    context = multiprocessing.get_context(start_method())
    started = []
    for args, job in zip(inputs, jobs):
        job["askedMs"] = now_ms()
        ours, theirs = context.Pipe(False)
        call = (_skein_jobs.work.__name__, args, theirs)
        process = context.Process(target=run_in_process, args=call)
        process.start()
        theirs.close()
        started.append((process, ours))
    for (process, ours), job in zip(started, jobs):
        try:
            job.update(ours.recv())
        except EOFError:
            process.join()
            found = "ended with code %s" % process.exitcode
            job["error"] = failure("Cannot finish job in a process: it %s, expected a result" % found)
        job["gotMs"] = now_ms()
    for process, ours in started:
        process.join()
        process.close()
        ours.close()


def run_in_process(name, args, pipe):
    _skein_jobs.time.sleep = _skein_jobs.watched_sleep
    _skein_jobs.work = getattr(sys.modules["__main__"], name)
    job = {}
    run_job(args, job)
    try:
        pipe.send(job)
    except Exception as error:
        pipe.send({"error": describe(error)})


def interpreters(inputs, jobs):
    paths = [os.path.join(FOLDER, "job-%d" % number) for number in range(len(jobs))]
    start_threads(run_in_interpreter, list(zip(inputs, jobs, paths)))


def run_in_interpreter(args, job, path):
    try:
        order = (_skein_jobs.source, _skein_jobs.work.__name__, args, path)
        run_apart(IN_INTERPRETER, {"folder": FOLDER, "order": marshal.dumps(order)})
        with open(path, "rb") as file:
            job.update(marshal.loads(file.read()))
    except BaseException as error:
        job["error"] = describe(error)
    job["gotMs"] = now_ms()


def run_apart(code, names):
    """Runs code in an interpreter of its own, with a lock of its own."""
    try:
        # Public since Python 3.14.
        from concurrent import interpreters as public
    except ImportError:
        return run_apart_before(code, names)
    interpreter = public.create()
    try:
        interpreter.prepare_main(names)
        interpreter.exec(code)
    finally:
        interpreter.close()


def run_apart_before(code, names):
    try:
        import _interpreters as private
    except ImportError:
        import _xxsubinterpreters as private
    identity = private.create()
    try:
        failed = private.run_string(identity, code, names)
    finally:
        private.destroy(identity)
    if failed is not None:
        raise RuntimeError(failed.formatted)


IN_INTERPRETER = """
import sys
sys.path.append(folder)
import marshal
import _skein_jobs
code, name, args, path = marshal.loads(order)
_skein_jobs.load(code, name, globals())
job = {}
_skein_jobs.run_job(args, job)
with open(path, "wb") as file:
    file.write(marshal.dumps(job))
"""


def failure(message):
    traceback = "RuntimeError: %s\n" % message
    name = "RuntimeError"
    return {"name": name, "message": message, "line": None, "traceback": traceback, "cause": None}


ARMS = {
    "python-sequential": sequential,
    "python-threads": threads,
    "python-asyncio": tasks,
    "python-processes": processes,
    "python-subinterpreters": interpreters,
}
`;
