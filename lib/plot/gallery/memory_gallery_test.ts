/**
 * Compares the pictures of memory with their committed SVG, byte for byte.
 */
import { memoryFigure } from "../../measure/memory/figure.ts";
import { MEMORY, MEMORY_HERE } from "./memory_gallery_data.ts";
import { testGallery } from "./test_gallery.ts";

testGallery({
  "memory_all": () => memoryFigure(MEMORY),
  "memory_here": () => memoryFigure(MEMORY_HERE),
});
