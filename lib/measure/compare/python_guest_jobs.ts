/**
 * The Python side of one job: the text of `_skein_jobs.py`.
 *
 * Imported in every process and interpreter that runs a job, so it imports next
 * to nothing: what it takes to load is part of what is measured. Who runs jobs
 * together is in `python_guest_arms.ts`. Pure: a text.
 * @module
 */
/** A Python module that runs a function once and notes when it ran and waited. */
export const JOBS_MODULE: string = String.raw`
"""Runs one job and notes when it ran, and when it waited."""
import time
from _thread import get_ident

# Below this, no wait could be seen.
MERGE_MS = 0.05
MAX_WAITS = 5000
CO_COROUTINE = 0x80
sleep = time.sleep
watches = {}
source = ""
work = None


class Watch:
    """What one job did: where time.sleep() or the event loop made it wait."""

    def __init__(self, on_own_thread=True):
        self.startMs = now_ms()
        # On an event loop, a thread's time is that of all jobs.
        self.cpuMs = thread_cpu_ms() if on_own_thread else None
        self.waits = []

    def wait(self, startMs):
        endMs = now_ms()
        if endMs - startMs > MERGE_MS and len(self.waits) < MAX_WAITS:
            self.waits.append([startMs, endMs])

    def finish(self):
        cpuMs = None if self.cpuMs is None else thread_cpu_ms() - self.cpuMs
        endMs = now_ms()
        return {"startMs": self.startMs, "endMs": endMs, "cpuMs": cpuMs, "waits": self.waits}


def now_ms():
    return time.perf_counter() * 1000


def thread_cpu_ms():
    return time.thread_time() * 1000 if hasattr(time, "thread_time") else None


def load(code, name, names):
    """Defines what the code defines, and finds the function."""
    global source, work
    source = code
    time.sleep = watched_sleep
    before = dict(names)
    exec(compile(code, "<cell>", "exec", dont_inherit=True), names)
    own = [key for key, value in names.items() if is_new_function(key, value, before)]
    found = name if callable(names.get(name)) else own[-1] if own else None
    if found is None:
        raise TypeError("Cannot find Python function: the code defines none, expected a def")
    work = names[found]
    return found


def is_new_function(key, value, before):
    code = getattr(value, "__code__", None)
    return before.get(key) is not value and getattr(code, "co_filename", "") == "<cell>"


def is_async():
    code = getattr(work, "__code__", None)
    return bool(getattr(code, "co_flags", 0) & CO_COROUTINE)


def watched_sleep(seconds):
    watch = watches.get(get_ident())
    startMs = now_ms()
    try:
        return sleep(seconds)
    finally:
        if watch is not None:
            watch.wait(startMs)


def run_job(args, job):
    """Runs one job on this thread."""
    watch = watches[get_ident()] = Watch()
    try:
        if is_async():
            import asyncio

            job["result"] = asyncio.run(take_steps(work(*args), watch))
        else:
            job["result"] = work(*args)
    except BaseException as error:
        job["error"] = describe(error)
    finally:
        job.update(watch.finish())
        watches.pop(get_ident(), None)


async def run_task(args, job):
    """Runs one job on an event loop."""
    watch = watches[get_ident()] = Watch(on_own_thread=False)
    try:
        job["result"] = await take_steps(work(*args), watch) if is_async() else work(*args)
    except BaseException as error:
        job["error"] = describe(error)
    finally:
        job.update(watch.finish())
        watches.pop(get_ident(), None)


async def take_steps(coroutine, watch):
    return await Steps(coroutine, watch)


class Steps:
    """Awaits a coroutine step by step: between two steps it waits."""

    def __init__(self, coroutine, watch):
        self.coroutine = coroutine
        self.watch = watch

    def __await__(self):
        iterator = self.coroutine.__await__()
        step, value = iterator.send, None
        while True:
            watches[get_ident()] = self.watch
            try:
                yielded = step(value)
            except StopIteration as stop:
                return stop.value
            startMs = now_ms()
            try:
                value = yield yielded
                step = iterator.send
            except BaseException as error:
                step, value = iterator.throw, error
            finally:
                self.watch.wait(startMs)


def describe(error):
    import _skein_guest

    _skein_guest.SOURCES.setdefault("<cell>", source)
    return _skein_guest.describe(error)
`;
