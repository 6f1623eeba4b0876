/**
 * What a notebook's session does, for its pages: lanes while a cell runs, the
 * list of what lives, and a recording of each run.
 *
 * Looks from outside a few times a second (`session/watch.ts`), and hardly ever
 * where nothing lives.
 * @module
 */
import type {
  Kernel,
  KernelView,
  LivingThing,
  SessionLook,
} from "../kernel/mod.ts";
import type { ServerMessage, ShownThing } from "./protocol.ts";
import type { RunState } from "./runs.ts";
import { describeLocks, RunRecorder } from "./recording.ts";

/** What watching needs. */
export interface ActivityOptions {
  /** The kernel, once it is there. */
  readonly kernel: () => Kernel | null;
  /** Tells all pages. */
  readonly send: (message: ServerMessage) => void;
  /** What runs, and which cell each execution is of. */
  readonly runs: () => RunState;
}

interface Running {
  readonly cellId: string;
  readonly recorder: RunRecorder;
}

interface Recorded extends Running {
  readonly endMs: number;
}

/** Watches one notebook. */
export class Activity implements Disposable {
  readonly #options: ActivityOptions;
  #running: Running | null = null;
  readonly #recorded = new Map<string, Recorded>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #things: readonly ShownThing[] = [];
  #isOver = false;
  /** How often nothing was seen to live while nothing ran. */
  #quietLooks = 0;

  /** @param options Whom to look at, and whom to tell. */
  constructor(options: ActivityOptions) {
    this.#options = options;
  }

  /** The kernel's view, once there is a kernel. */
  get view(): KernelView | null {
    return this.#options.kernel()?.view ?? null;
  }

  /** A cell begins. */
  begin(cellId: string): void {
    const recorder = new RunRecorder(performance.now());
    this.#running = { cellId, recorder };
    if (this.#recorded.delete(cellId)) this.#tellRecorded();
    this.#plan(FIRST_MS);
  }

  /** The cell that runs has ended. */
  end(): void {
    this.#quietLooks = 0;
    const running = this.#running;
    this.#running = null;
    if (running === null) return;
    const { recorder, cellId } = running;
    // A run that was too short to look at leaves no trace and costs nothing.
    if (recorder.looks > 0) {
      const look = this.#look();
      if (look !== null) recorder.add(look);
      this.#recorded.set(cellId, { ...running, endMs: performance.now() });
      this.#tellRecorded();
      this.#options.send({
        type: "lanes",
        cellId,
        lanes: [],
        locks: [],
        ms: 0,
      });
    }
    this.#plan(AFTER_MS);
  }

  /** The session is a new one: nothing of before lives. */
  reset(): void {
    this.#running = null;
    this.#tellThings([]);
    this.#plan(AFTER_MS);
  }

  /** Ends one thing. */
  stop(what: LivingThing["what"], id: number): void {
    this.view?.stop(what, id);
    this.#plan(STOPPED_MS);
  }

  /** What a page that comes has to be told. */
  describe(): ServerMessage[] {
    return [
      { type: "things", things: this.#things },
      { type: "recorded", cellIds: [...this.#recorded.keys()] },
    ];
  }

  /** Draws the last run of a cell; null if it was not looked at. */
  async draw(cellId: string): Promise<string | null> {
    const found = this.#recorded.get(cellId) ??
      (this.#running?.cellId === cellId ? this.#running : undefined);
    if (found === undefined) return null;
    const { drawRecording } = await import("./figures.ts");
    const endMs = this.#recorded.get(cellId)?.endMs ?? performance.now();
    return await drawRecording(found.recorder.finish({
      title: "What this run did",
      endMs,
      stamp: readStamp(),
    }));
  }

  [Symbol.dispose](): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
  }

  #plan(ms: number): void {
    clearTimeout(this.#timer);
    if (this.#isOver) return;
    this.#timer = setTimeout(() => this.#turn(), ms);
  }

  #turn(): void {
    const look = this.#look();
    if (look === null) return this.#tellThings([]);
    this.#tellThings(look.living.map((thing) => this.#show(thing)));
    const running = this.#running;
    if (running !== null) {
      const { cellId, recorder } = running;
      recorder.add(look);
      this.#options.send({
        type: "lanes",
        cellId,
        lanes: recorder.strip(),
        locks: describeLocks(look),
        ms: recorder.stripMs,
      });
      return this.#plan(paceOf(look.atMs - recorder.startMs));
    }
    // What the session says of timers comes with the look after the next.
    this.#quietLooks = look.living.length > 0 ? 0 : this.#quietLooks + 1;
    if (look.living.length > 0) this.#plan(IDLE_MS);
    else if (this.#quietLooks < 3) this.#plan(STOPPED_MS);
  }

  #look(): SessionLook | null {
    return this.view?.look() ?? null;
  }

  #show({ what, id, name, executionId }: LivingThing): ShownThing {
    const { queue, cellOf } = this.#options.runs();
    const cellId = cellOf.get(executionId) ?? null;
    const outlives = !queue.some((run) => run.executionId === executionId);
    return { what, id, name, cellId, outlives };
  }

  #tellThings(things: readonly ShownThing[]): void {
    if (JSON.stringify(things) === JSON.stringify(this.#things)) return;
    this.#things = things;
    this.#options.send({ type: "things", things });
  }

  #tellRecorded(): void {
    const cellIds = [...this.#recorded.keys()];
    this.#options.send({ type: "recorded", cellIds });
  }
}

/** Short runs are looked at often, long ones seldom enough. */
function paceOf(sinceMs: number): number {
  return Math.min(1000, Math.max(100, sinceMs / 60));
}

/** The circumstances, as far as they are known here. */
function readStamp() {
  return {
    cores: navigator.hardwareConcurrency,
    quotaCores: null,
    otherCpuShare: null,
    missing: [],
    samples: 1,
    os: Deno.build.os,
    arch: Deno.build.arch,
    deno: Deno.version.deno,
    v8: Deno.version.v8,
    noisy: false,
  };
}

const FIRST_MS = 60;
const AFTER_MS = 30;
const STOPPED_MS = 120;
const IDLE_MS = 1000;
