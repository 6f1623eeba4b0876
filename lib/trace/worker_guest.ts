/**
 * What a watched Worker does first: notes when its messages come and go.
 *
 * Shipped by its own text, so it uses nothing from outside but globals. It
 * changes no message and keeps nothing alive: what it notes goes into memory
 * that the main thread sends along first. `watched_worker.ts` is the other
 * side, `worker_records.ts` reads the memory.
 * @module
 */

import type { CpuWatch } from "./cpu_guest.ts";

/**
 * Watches the Worker that it runs in, from before the user's script.
 *
 * Memory: three 32-bit integers (how many notes, how many found no room, the
 * thread's number), padded to 16 bytes; then three 64-bit floats: from when to
 * when the thread's time on a core was asked, and what it was; then two a note:
 * its type and when. All moments are in milliseconds since 1970.
 */
export function watchInside(
  readThreadId: () => number | null,
  startCpuWatch: () => CpuWatch,
): void {
  const scope = globalThis as unknown as {
    postMessage: (...args: unknown[]) => void;
    onmessage: ((event: Event) => unknown) | null;
    addEventListener: typeof globalThis.addEventListener;
    removeEventListener: typeof globalThis.removeEventListener;
    close: () => void;
    skeinNote?: (type: number) => void;
  };
  const [loaded, ready, received, handled, posting, posted, closed] = [
    0,
    1,
    2,
    3,
    4,
    5,
    6,
  ];
  const early: number[] = [];
  let head: Int32Array | null = null;
  let notes: Float64Array = new Float64Array(0);
  let onCore: Float64Array = new Float64Array(3);
  const cpu = startCpuWatch();
  cpu.begin();

  function note(type: number): void {
    write(type, performance.timeOrigin + performance.now());
  }

  function write(type: number, atMs: number): void {
    if (head === null) {
      early.push(type, atMs);
      return;
    }
    const count = head[0]!;
    if (2 * count + 1 >= notes.length) {
      head[1]!++;
      return;
    }
    notes[2 * count] = type;
    notes[2 * count + 1] = atMs;
    // Last, so that who reads meanwhile finds whole notes only.
    Atomics.store(head, 0, count + 1);
  }

  /** Notes that code has returned which was called at a moment of `performance.now()`. */
  function noteCpu(startMs: number): void {
    const endMs = performance.now();
    const asked = cpu.end(endMs, [[startMs, endMs]]);
    if (asked === null) return;
    const [fromMs, untilMs, { threadMs: before }, { threadMs: after }] = asked;
    if (before === null || after === null) return;
    onCore[0] ||= performance.timeOrigin + fromMs;
    onCore[1] = performance.timeOrigin + untilMs;
    onCore[2]! += after - before;
  }

  const { addEventListener, removeEventListener, postMessage } = scope;
  addEventListener.call(globalThis, "message", takeMemory);

  function takeMemory(event: Event): void {
    // Gone at once: a listener would keep a Worker alive that has none of its own.
    removeEventListener.call(globalThis, "message", takeMemory);
    event.stopImmediatePropagation();
    const memory = (event as MessageEvent).data.skeinNotes as SharedArrayBuffer;
    const told = onCore;
    onCore = new Float64Array(memory, 16, 3);
    onCore.set(told);
    notes = new Float64Array(memory, 40);
    head = new Int32Array(memory, 0, 4);
    head[2] = readThreadId() ?? 0;
    for (let i = 0; i < early.length; i += 2) write(early[i]!, early[i + 1]!);
  }

  const seen = new WeakSet<Event>();
  const wrapped = new WeakMap<object, (event: Event) => unknown>();
  function wrap(listener: EventListenerOrEventListenerObject) {
    const known = wrapped.get(listener);
    if (known !== undefined) return known;
    const watched = function (this: unknown, event: Event): unknown {
      if (!seen.has(event)) note(received!);
      seen.add(event);
      const startMs = performance.now();
      try {
        return typeof listener === "function"
          ? listener.call(this as typeof globalThis, event)
          : listener.handleEvent(event);
      } finally {
        note(handled!);
        noteCpu(startMs);
      }
    };
    wrapped.set(listener, watched);
    return watched;
  }

  scope.addEventListener = function (
    type: string,
    listener: EventListenerOrEventListenerObject | null,
    options?: boolean | AddEventListenerOptions,
  ): void {
    const watched = type === "message" && listener ? wrap(listener) : listener;
    addEventListener.call(globalThis, type, watched!, options);
  } as typeof globalThis.addEventListener;
  scope.removeEventListener = function (
    type: string,
    listener: EventListenerOrEventListenerObject | null,
    options?: boolean | EventListenerOptions,
  ): void {
    const watched = type === "message" && listener
      ? wrapped.get(listener) ?? listener
      : listener;
    removeEventListener.call(globalThis, type, watched!, options);
  } as typeof globalThis.removeEventListener;

  const own = Object.getOwnPropertyDescriptor(globalThis, "onmessage");
  if (own?.set !== undefined && own.configurable) {
    let handler: unknown = null;
    Object.defineProperty(globalThis, "onmessage", {
      configurable: true,
      enumerable: own.enumerable ?? true,
      get: () => handler,
      set: (value: unknown) => {
        handler = value;
        const isFunction = typeof value === "function";
        own.set!.call(
          globalThis,
          isFunction ? wrap(value as EventListener) : value,
        );
      },
    });
  }

  scope.postMessage = function (this: unknown, ...args: unknown[]): void {
    note(posting!);
    try {
      postMessage.apply(globalThis, args);
    } finally {
      note(posted!);
    }
  };
  const close = scope.close;
  scope.close = () => {
    note(closed!);
    close.call(globalThis);
  };
  // For the module that comes after the user's script.
  scope.skeinNote = () => {
    note(ready!);
    noteCpu(loadedMs);
  };
  const loadedMs = performance.now();
  note(loaded!);
}
