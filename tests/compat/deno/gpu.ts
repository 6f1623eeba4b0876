/**
 * Deno.jupyter: what objects of WebGPU hold. Needs an adapter, if only one in
 * software, such as Debian's package `mesa-vulkan-drivers` has.
 * @module
 */
import { cells, type Group } from "../case.ts";

const OPEN = "const gpu = await (await navigator.gpu.requestAdapter())" +
  ".requestDevice()";
const PIXELS = "new Uint8Array([255, 0, 0, 255, 0, 254, 0, 128])";
/** The lines of a PNG file, each with its filter before it. */
const READ = `import { inflateSync } from "node:zlib";
async function linesOf(texture) {
  const png = Uint8Array.fromBase64((await Deno.jupyter.format(texture))["image/png"]);
  const at = String.fromCharCode(...png).indexOf("IDAT");
  const size = new DataView(png.buffer).getUint32(at - 4);
  return [...inflateSync(png.subarray(at + 4, at + 4 + size))].join();
}`;

/** Makes a texture of two lines with a pixel each. */
function texture(format: string, more = "GPUTextureUsage.COPY_SRC"): string {
  return `texture = gpu.createTexture({ size: [1, 2], format: "${format}", ` +
    `usage: GPUTextureUsage.COPY_DST | ${more} });` +
    `gpu.queue.writeTexture({ texture }, ${PIXELS}, { bytesPerRow: 4 }, [1, 2]);`;
}

/** Makes a buffer of four bytes. */
function buffer(usage: string): string {
  return `buffer = gpu.createBuffer({ size: 4, usage: ${usage} });`;
}

const READABLE = "GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST";

/** The cases; they share a device. */
export const GPU: Group = {
  title: "WebGPU",
  cases: [
    // Drivers may say on stderr what they miss.
    cells(
      "a device's name",
      `let texture, buffer; ${OPEN}; gpu.constructor.name`,
      { gives: { "text/plain": '"GPUDevice"' }, warns: "" },
    ),
    cells(
      "a texture is a picture",
      [READ, texture("rgba8unorm"), "await linesOf(texture)"],
      "0,255,0,0,255,0,0,254,0,128",
    ),
    cells(
      "a texture in sRGB",
      [texture("rgba8unorm-srgb"), "await linesOf(texture)"],
      "0,255,0,0,255,0,0,254,0,128",
    ),
    cells(
      "a texture with blue first",
      [texture("bgra8unorm"), "await linesOf(texture)"],
      "0,0,0,255,255,0,0,254,0,128",
      "can not: no such colours in PNG",
    ),
    cells(
      "a texture that can not be copied",
      texture("rgba8unorm", "0") +
        "Object.keys(await Deno.jupyter.format(texture))",
      '[ "text/plain" ]',
      "fails",
    ),
    cells(
      "a texture that was destroyed",
      texture("rgba8unorm") +
        "texture.destroy(); Object.keys(await Deno.jupyter.format(texture))",
      '[ "text/plain" ]',
      "fails",
    ),
    cells(
      "a buffer is its bytes",
      [
        buffer(READABLE),
        "gpu.queue.writeBuffer(buffer, 0, new Uint8Array([1, 2, 3, 4])); gpu.queue.submit([]); await gpu.queue.onSubmittedWorkDone()",
        "buffer",
      ],
      { gives: { "text/plain": "[ 1, 2, 3, 4 ]" } },
    ),
    cells(
      "a buffer with what was written just now",
      `${
        buffer(READABLE)
      } gpu.queue.writeBuffer(buffer, 0, new Uint8Array([9, 8, 7, 6])); buffer`,
      { gives: { "text/plain": "[ 9, 8, 7, 6 ]" } },
      "shows what was there before",
    ),
    cells(
      "a buffer that is computed with",
      [
        buffer(
          "GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST",
        ),
        "gpu.queue.writeBuffer(buffer, 0, new Uint8Array([1, 2, 3, 4])); buffer",
      ],
      { gives: { "text/plain": "[ 1, 2, 3, 4 ]" } },
      "can not: only those made to be read",
    ),
    cells(
      "a long buffer",
      [
        `const long = gpu.createBuffer({ size: 400, usage: ${READABLE} })`,
        "(await Deno.jupyter.format(long))['text/plain'].split(`\\n`).at(-2)",
      ],
      "  ... 300 more items",
    ),
    cells(
      "a buffer in use",
      [
        `${buffer(READABLE)} await buffer.mapAsync(GPUMapMode.READ)`,
        "(await Deno.jupyter.format(buffer))['text/plain'].split(' ')[0]",
      ],
      "GPUBuffer",
      "fails",
    ),
  ],
};
