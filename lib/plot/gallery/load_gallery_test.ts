/**
 * Compares the figures of latency under load with their committed SVG, byte for byte.
 */
import { loadFigure } from "../../measure/load/figure.ts";
import { BOTH, SILENT, STALLED, STICK } from "./load_gallery_data.ts";
import { testGallery } from "./test_gallery.ts";

testGallery({
  "load_stick": () => loadFigure(STICK),
  "load_stalled": () => loadFigure(STALLED),
  "load_open_and_closed": () => loadFigure(BOTH),
  "load_no_answer": () => loadFigure(SILENT),
});
