/**
 * Bytes inside of a widget's state: JSON can not hold them, so they travel
 * beside it, with the paths where they belong. Pure.
 *
 * Source: Jupyter widget messaging protocol 2.1, "Binary state".
 * @module
 */

/** Where in a state bytes stand: keys and places. */
export type BufferPath = readonly (string | number)[];

/** A state that JSON can hold, and the bytes that were in it. */
export interface SplitState {
  readonly state: Readonly<Record<string, unknown>>;
  readonly paths: readonly BufferPath[];
  readonly buffers: readonly Uint8Array[];
}

/** Takes the bytes out of a state; lists keep their places, with `null` there. */
export function splitBuffers(
  state: Readonly<Record<string, unknown>>,
): SplitState {
  const paths: BufferPath[] = [];
  const buffers: Uint8Array[] = [];
  const take = (value: unknown, path: BufferPath): unknown => {
    const bytes = bytesOf(value);
    if (bytes !== null) {
      paths.push(path);
      buffers.push(bytes);
      return null;
    }
    if (Array.isArray(value)) {
      return value.map((item, index) => take(item, [...path, index]));
    }
    if (!isPlain(value)) return value;
    return Object.fromEntries(
      Object.entries(value)
        .map(([key, item]) => [key, take(item, [...path, key]), item])
        .filter(([, , item]) => bytesOf(item) === null)
        .map(([key, taken]) => [key, taken]),
    );
  };
  const rest = take(state, []) as Readonly<Record<string, unknown>>;
  return { state: rest, paths, buffers };
}

/** Puts bytes back where they were; paths that lead nowhere are passed over. */
export function joinBuffers(
  { state, paths, buffers }: Omit<SplitState, "buffers"> & {
    readonly buffers: readonly ArrayBufferView[];
  },
): Readonly<Record<string, unknown>> {
  const whole = structuredClone(state) as Record<string, unknown>;
  paths.forEach((path, index) => {
    const last = path.at(-1);
    const bytes = buffers[index];
    if (last === undefined || bytes === undefined) return;
    let place: unknown = whole;
    for (const key of path.slice(0, -1)) place = own(place, key);
    if (typeof place !== "object" || place === null) return;
    // Own properties only: `__proto__` would reach all objects.
    Object.defineProperty(place, last, {
      value: bytes,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  });
  return whole;
}

function own(place: unknown, key: string | number): unknown {
  return typeof place === "object" && place !== null &&
      Object.hasOwn(place, key)
    ? (place as Record<string | number, unknown>)[key]
    : undefined;
}

function bytesOf(value: unknown): Uint8Array | null {
  if (value instanceof ArrayBuffer) return new Uint8Array(value);
  if (!ArrayBuffer.isView(value)) return null;
  return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return Object.prototype.toString.call(value) === "[object Object]";
}
