/**
 * A gate: shared memory in which one thread at a time changes who holds and
 * who waits.
 *
 * Every lock, barrier and channel has one. Whoever is inside changes a few
 * words and leaves; nobody ever waits inside. Waiting is done in `waiting.ts`,
 * on the slot's own word, after leaving. So a wait, a hand-over and an abort
 * can not miss each other: each happens wholly before or after the other.
 * @module
 */
import { currentTap, type Tap } from "../../base/record/mod.ts";
import { enter, leave } from "./entry.ts";
import { type EventKind, writeEvent } from "./event_ring.ts";
import { laneName, threadTag } from "./lane_name.ts";
import { addLane, isCurrent, type LanePlace } from "./lane_table.ts";
import * as at from "./layout.ts";
import { enqueue, freeSlot, listSlots, unlink } from "./slots.ts";

/** What is common to all that travels. */
export interface GateFields {
  /** What it is called. */
  readonly name: string;
  /** Its memory, see `layout.ts`. */
  readonly memory: SharedArrayBuffer;
}

/** Called inside after a slot has left, to let in whoever can go on now. */
export type Advance = (gate: Gate) => void;

/** One thread's view of the memory of a lock, barrier or channel. */
export class Gate {
  /** What it is of. */
  readonly kind: at.SyncKind;
  /** What it is called. */
  readonly name: string;
  /** Id of its lane in traces, such as `lock results`. */
  readonly laneId: string;
  /** The memory; all but the first word is for whoever is inside. */
  readonly words: Int32Array<SharedArrayBuffer>;
  /** Lets in whoever can go on. */
  readonly advance: Advance;
  /** Waiters of this thread: woken without the way through shared memory. */
  readonly sleepers: Map<number, () => void> = new Map();
  readonly #unfinished = new Map<number, Set<number>>();
  #tap: Tap | null = null;
  readonly #wakes: number[] = [];
  readonly #places = new Map<string, LanePlace>();

  /** Makes a view; `advance` depends on the kind. */
  constructor(kind: at.SyncKind, fields: GateFields, advance: Advance) {
    this.kind = kind;
    this.name = fields.name;
    const isLock = ["Mutex", "RwLock", "Semaphore"].includes(kind);
    const word = isLock ? "lock" : kind.toLowerCase();
    // `barrier barrier 1` would say nothing more.
    this.laneId = this.name.startsWith(word)
      ? this.name
      : `${word} ${this.name}`;
    this.words = new Int32Array(fields.memory);
    this.advance = advance;
  }

  /** Goes inside. Leave soon, and call nothing of the user's before. */
  enter(): void {
    enter(this.words, this.laneId);
    if (currentTap() !== this.#tap) this.#followTap();
  }

  /** Goes inside only to look: a trace that runs here does not follow for that. */
  look(): void {
    enter(this.words, this.laneId);
  }

  /** Goes outside and wakes those who were called. */
  leave(): void {
    leave(this.words);
    if (this.#wakes.length === 0) return;
    for (const slot of this.#wakes.splice(0)) {
      Atomics.notify(this.words, slot + at.STATE);
      this.sleepers.get(slot)?.();
    }
  }

  /** Lists the tickets of tasks of this thread that came to a queue and are not done yet. */
  unfinishedIn(queue: number): Set<number> {
    let tickets = this.#unfinished.get(queue);
    if (tickets === undefined) {
      this.#unfinished.set(queue, tickets = new Set());
    }
    return tickets;
  }

  /** Goes in and out, so that a trace that runs here hears of it from now on. */
  touch(): void {
    this.enter();
    this.leave();
  }

  /** Inside: finds or makes the place of a lane. */
  placeOf(lane: string = currentTap()?.here?.() ?? laneName()): number {
    const known = this.#places.get(lane);
    if (known !== undefined && isCurrent(this.words, known)) return known.index;
    const place = addLane(this.words, lane, threadTag());
    // Lanes named by hand may be many; those in use are put back at once.
    if (this.#places.size > MAX_PLACES) this.#places.clear();
    this.#places.set(lane, place);
    return place.index;
  }

  /** Inside: takes a waiter out of its queue and wakes it on leaving. */
  call(slot: number, state: number): void {
    unlink(this.words, slot);
    Atomics.store(this.words, slot + at.STATE, state);
    this.#wakes.push(slot);
  }

  /** Tells whether the owner of a slot has still to wait; needs not be inside. */
  isWaiting(slot: number, ticket: number): boolean {
    return Atomics.load(this.words, slot + at.STATE) === at.WAITING &&
      this.words[slot + at.TICKET] === ticket;
  }

  /** Tells whether a slot is still of whom the ticket was given to. */
  isOwn(slot: number, ticket: number): boolean {
    return Atomics.load(this.words, slot + at.STATE) !== at.FREE &&
      this.words[slot + at.TICKET] === ticket;
  }

  /** Stops waiting. */
  cancel(slot: number, ticket: number): boolean {
    this.enter();
    const isWaiting = this.isWaiting(slot, ticket);
    if (isWaiting) {
      this.note("giveUp", slot);
      this.remove(slot);
    }
    this.leave();
    return isWaiting;
  }

  /** Inside: frees a slot in any state, and lets others go on. */
  remove(slot: number): void {
    const { words } = this;
    const state = words[slot + at.STATE];
    if (state === at.WAITING) this.call(slot, at.FREE);
    if (state === at.HELD) words[at.AVAILABLE]! += words[slot + at.WEIGHT]!;
    freeSlot(this.words, slot);
    this.advance(this);
  }

  /** Inside: frees a slot whose owner will not come back. */
  abandon(slot: number): void {
    if (this.words[slot + at.STATE] === at.HELD) {
      this.words[at.ABANDONED] = 1;
      this.note("release", slot);
    }
    this.remove(slot);
  }

  /** Inside: works out anew what follows from the slots, as somebody died inside. */
  repair(): void {
    const { words } = this;
    words[at.FREE_SLOT] = 0;
    for (let index = 0; index < words[at.USED_SLOTS]!; index++) {
      const slot = at.SLOTS + index * at.SLOT_WORDS;
      if (words[slot + at.STATE] === at.FREE) freeSlot(this.words, slot);
    }
    words.fill(0, at.QUEUE, at.SENDERS + 3);
    for (const slot of listSlots(words, at.WAITING)) {
      enqueue(words, slot, words[slot + at.IN_QUEUE]! || at.QUEUE);
    }
    words[at.AVAILABLE] = listSlots(words, at.HELD).reduce(
      (left, slot) => left - words[slot + at.WEIGHT]!,
      words[at.CAPACITY]!,
    );
  }

  /** Whether somebody records. */
  get isRecorded(): boolean {
    return (this.words[at.FLAGS]! & at.RECORDS) !== 0;
  }

  /** Inside: writes down what happened to a slot, while somebody records. */
  note(kind: EventKind, slot: number): void {
    const { words } = this;
    if (!this.isRecorded) return;
    writeEvent(words, kind, words[slot + at.LANE]!, words[slot + at.TICKET]!);
  }

  /** Inside: writes down what a lane did, or a number, while somebody records. */
  noteLane(kind: EventKind, lane: number, count = 0): void {
    if (!this.isRecorded) return;
    writeEvent(this.words, kind, lane, count);
  }

  /** Tells a trace of this gate's lane, and has it kept as long as the trace's tap is. */
  #tell(tap: Tap): void {
    let gates = followed.get(tap);
    if (gates === undefined) followed.set(tap, gates = new Set());
    gates.add(this);
    const kind = this.laneId.startsWith("lock ") ? "lock" : "queue";
    tap.lane({ id: this.laneId, kind });
  }

  /** Inside: lets all threads write events while a trace runs here, and no longer. */
  #followTap(): void {
    const tap = this.#tap = currentTap();
    const { words } = this;
    words[at.EVENT_COUNT] = 0;
    words[at.FLAGS]! &= ~at.RECORDS;
    if (tap === null) return;
    words[at.FLAGS]! |= at.RECORDS;
    this.#tell(tap);
    // What began before the trace is known from its first moment on.
    for (const slot of listSlots(this.words)) {
      const isHeld = words[slot + at.STATE] === at.HELD;
      this.note(isHeld ? "take" : "wait", slot);
    }
  }
}

/** Lists the gates that a trace follows. */
export function followedBy(tap: Tap): Iterable<Gate> {
  return followed.get(tap) ?? [];
}

const MAX_PLACES = 200;
const followed = new WeakMap<Tap, Set<Gate>>();
