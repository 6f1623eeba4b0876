/**
 * The global names that code may use wherever it is shipped to.
 *
 * Pure: a list. It was made once, from the global scopes of Deno 2.9.6 (main
 * thread and Worker): names that both have. `capture.ts` asks it, and not
 * `globalThis`, because variables of notebook cells are properties there too.
 *
 * Left out on purpose, though both scopes have them: `name`, `location`,
 * `close`, `on…` and what objects inherit (`toString`). Code that says `name`
 * nearly always means a variable of its author's.
 * @module
 */

/** Names of JavaScript, the Web platform, Node and Deno that need not be declared. */
export const STANDARD_NAMES: ReadonlySet<string> = new Set(
  `
AbortController AbortSignal AggregateError Array ArrayBuffer AsyncDisposableStack Atomics BigInt
BigInt64Array BigUint64Array Blob Boolean BroadcastChannel Buffer ByteLengthQueuingStrategy Cache
CacheStorage CloseEvent CompressionStream CountQueuingStrategy Crypto CryptoKey CustomEvent
DOMException DOMMatrix DOMMatrixReadOnly DOMPoint DOMPointReadOnly DOMQuad DOMRect DOMRectReadOnly
DataView Date DecompressionStream Deno DisposableStack Error ErrorEvent EvalError Event EventSource
EventTarget File FileReader FinalizationRegistry Float16Array Float32Array Float64Array FormData
Function Headers ImageBitmap ImageData Infinity Int16Array Int32Array Int8Array Intl Iterator JSON
Lock LockManager Map Math MessageChannel MessageEvent MessagePort NaN Number Object Performance
PerformanceEntry PerformanceMark PerformanceMeasure PerformanceObserver ProgressEvent Promise
PromiseRejectionEvent Proxy QuotaExceededError RangeError ReadableByteStreamController
ReadableStream ReadableStreamBYOBReader ReadableStreamBYOBRequest ReadableStreamDefaultController
ReadableStreamDefaultReader ReferenceError Reflect RegExp Request Response Set SharedArrayBuffer
String SubtleCrypto SuppressedError Symbol SyntaxError Temporal TextDecoder TextDecoderStream
TextEncoder TextEncoderStream TransformStream TransformStreamDefaultController TypeError URIError
URL URLPattern URLSearchParams Uint16Array Uint32Array Uint8Array Uint8ClampedArray WeakMap WeakRef
WeakSet WebAssembly WebSocket Worker WritableStream WritableStreamDefaultController
WritableStreamDefaultWriter atob btoa caches clearImmediate clearInterval clearTimeout console
createImageBitmap crypto decodeURI decodeURIComponent encodeURI encodeURIComponent escape eval
fetch global globalThis isFinite isNaN navigator parseFloat parseInt performance process
queueMicrotask reportError self setImmediate setInterval setTimeout structuredClone undefined
unescape
`.trim().split(/\s+/),
);

/** Names of what is over when it returns: with them alone, code can start nothing that goes on. */
export const PLAIN_NAMES: ReadonlySet<string> = new Set(
  `
AggregateError Array ArrayBuffer Atomics BigInt BigInt64Array BigUint64Array Boolean Buffer DataView
Date Error EvalError Float16Array Float32Array Float64Array Infinity Int16Array Int32Array Int8Array
Intl Iterator JSON Map Math NaN Number Object RangeError ReferenceError RegExp Set SharedArrayBuffer
String Symbol SyntaxError TextDecoder TextEncoder TypeError URIError URL URLSearchParams Uint16Array
Uint32Array Uint8Array Uint8ClampedArray WeakMap WeakSet atob btoa console decodeURI
decodeURIComponent encodeURI encodeURIComponent escape isFinite isNaN parseFloat parseInt performance
structuredClone undefined unescape
`.trim().split(/\s+/),
);
