/**
 * What objects of WebGPU hold, as `deno jupyter` shows it: a texture as a
 * picture, a buffer as its bytes.
 *
 * WebGPU does not tell whose a texture is, and only its device can read it: so
 * devices are watched from the moment when a cell first asks for `navigator.gpu`,
 * and not before, since WebGPU takes its time to load.
 * @module
 */
import {
  apply,
  bare,
  ceil,
  defineProperty,
  getOwnPropertyDescriptor,
  min,
  own,
  partOf,
  setBytes,
  TheUint8Array,
  toBase64,
} from "./intrinsics.ts";
import { encodePng } from "./png.ts";
import type { Formatted } from "./format.ts";

/** Watches which device makes which object. */
export function installGpu(): void {
  const { get } = getOwnPropertyDescriptor(Navigator.prototype, "gpu")!;
  let isWatched = false;
  defineProperty(Navigator.prototype, "gpu", {
    configurable: true,
    enumerable: true,
    get(): GPU {
      const gpu = apply(get!, this, []);
      if (!isWatched) {
        isWatched = true;
        watch("createBuffer");
        watch("createTexture");
      }
      return gpu;
    },
  });
}

function watch(name: "createBuffer" | "createTexture"): void {
  const create = GPUDevice.prototype[name];
  const watched = {
    [name](this: GPUDevice, ...args: Parameters<typeof create>) {
      const made = apply(create, this, args);
      owners.set(made, this);
      return made;
    },
  };
  defineProperty(GPUDevice.prototype, name, {
    configurable: true,
    enumerable: true,
    writable: true,
    value: watched[name],
  });
}

const owners = new WeakMap<object, GPUDevice>();
const ownerOf = owners.get.bind(owners);

/** Whether a texture or buffer of a device that we have seen. */
export function isOnGpu(value: object): value is GPUBuffer | GPUTexture {
  return ownerOf(value) !== undefined;
}

/**
 * Shows what a texture or buffer holds, once all that was asked of its device is done.
 *
 * @param made One of those.
 * @param inspect Writes numbers as text.
 * @returns `null` if it can not be read as it was made.
 */
export async function formatGpu(
  made: GPUBuffer | GPUTexture,
  inspect: (bytes: unknown) => string,
): Promise<Formatted | null> {
  try {
    const device = ownerOf(made)!;
    if ("mapAsync" in made) {
      const bytes = await own(readBuffer(device, made));
      return bytes &&
        bare({ bundle: { "text/plain": inspect(asList(bytes)) } });
    }
    const png = await own(readTexture(device, made));
    return png && bare({ bundle: { "image/png": toBase64(png) } });
  } catch {
    // Lost, destroyed, or a cell has replaced what we call: its properties are left.
    return null;
  }
}

/** As long as the bytes, but with no more of them than are shown. */
function asList(bytes: Uint8Array): number[] {
  const list = [...partOf(bytes, 0, min(bytes.length, MAX_SHOWN))];
  list.length = bytes.length;
  return list;
}

async function readBuffer(
  device: GPUDevice,
  buffer: GPUBuffer,
): Promise<Uint8Array | null> {
  if (buffer.mapState !== "unmapped") return null;
  if (buffer.usage & GPUBufferUsage.MAP_READ) {
    // What was written to it goes to the device with the next commands.
    device.queue.submit([]);
    return await own(readMapped(buffer));
  }
  if (!(buffer.usage & GPUBufferUsage.COPY_SRC)) return null;
  return await own(
    copyOut(
      device,
      buffer.size,
      (encoder, target) =>
        encoder.copyBufferToBuffer(buffer, 0, target, 0, buffer.size),
    ),
  );
}

/** The pixels of its first layer, as a PNG file. */
async function readTexture(
  device: GPUDevice,
  texture: GPUTexture,
): Promise<Uint8Array | null> {
  const { width, height, usage, format, sampleCount } = texture;
  const isReadable = COLORS.test(format) && sampleCount === 1 &&
    usage & GPUTextureUsage.COPY_SRC;
  if (!isReadable) return null;
  const bytesPerRow = ceil(4 * width / COPY_ALIGNMENT) * COPY_ALIGNMENT;
  const rows = await own(
    copyOut(
      device,
      bytesPerRow * height,
      (encoder, buffer) =>
        encoder.copyTextureToBuffer({ texture }, { buffer, bytesPerRow }, {
          width,
          height,
        }),
    ),
  );
  const isBlueFirst = format.startsWith("bgra");
  return await own(
    encodePng(rows, { width, height, bytesPerRow, isBlueFirst }),
  );
}

async function copyOut(
  device: GPUDevice,
  size: number,
  copy: (encoder: GPUCommandEncoder, target: GPUBuffer) => void,
): Promise<Uint8Array> {
  const usage = GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ;
  const target = device.createBuffer({ size, usage });
  try {
    device.pushErrorScope("validation");
    const encoder = device.createCommandEncoder();
    copy(encoder, target);
    device.queue.submit([encoder.finish()]);
    // What was destroyed would be read as zeros.
    const error = await own(device.popErrorScope());
    if (error !== null) throw error;
    return await own(readMapped(target));
  } finally {
    target.destroy();
  }
}

async function readMapped(buffer: GPUBuffer): Promise<Uint8Array> {
  await own(buffer.mapAsync(GPUMapMode.READ) as Promise<unknown>);
  const bytes = new TheUint8Array(buffer.size);
  setBytes(bytes, new TheUint8Array(buffer.getMappedRange()));
  buffer.unmap();
  return bytes;
}

const COLORS = /^(rgba|bgra)8unorm(-srgb)?$/;
const COPY_ALIGNMENT = 256;
/** `Deno.inspect` shows this many of a list, and counts the others. */
const MAX_SHOWN = 100;
