/**
 * Where a thread of the session writes what it says: frames on stdout, and
 * marks on stderr, which order the raw text that comes there.
 *
 * Made before any code of the user runs, from the true streams.
 * @module
 */
import {
  createEmitter,
  createSink,
  type EmitEvent,
  type FrameSettings,
  STDOUT_BUFFER_BYTES,
} from "./frames.ts";

/** What a thread writes by. */
export interface Outlets {
  /** Writes events to stdout. */
  readonly emit: EmitEvent;
  /** Writes a mark to stderr, unless a cell has closed it. */
  readonly mark: EmitEvent;
  /** Writes to both, since neither is ordered by the other. */
  readonly announce: EmitEvent;
}

/**
 * Opens the outlets of a thread.
 *
 * @param frames What marks its frames.
 */
export function openOutlets(frames: FrameSettings): Outlets {
  const open = (stream: typeof Deno.stdout, bufferBytes: number) =>
    createEmitter(
      frames,
      createSink(stream.writeSync.bind(stream), bufferBytes),
    );
  const emit = open(Deno.stdout, STDOUT_BUFFER_BYTES);
  const markTruly = open(Deno.stderr, 0);
  const mark: EmitEvent = (event) => {
    try {
      markTruly(event);
    } catch {
      // A cell has closed the descriptor; the kernel does not wait for ever.
    }
  };
  const announce: EmitEvent = (event) => {
    emit(event);
    mark(event);
  };
  return { emit, mark, announce };
}
