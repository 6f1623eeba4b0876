/**
 * Compares the figures of context switches with their committed SVG, byte for byte.
 */
import { switchesFigure } from "../../measure/switches/figure.ts";
import {
  CROWDED_CORES,
  MESSAGES,
  WHOLE_PROCESS,
} from "./switches_gallery_data.ts";
import { testGallery } from "./test_gallery.ts";

testGallery({
  "switches_crowded_cores": () => switchesFigure(CROWDED_CORES),
  "switches_messages": () => switchesFigure(MESSAGES),
  "switches_whole_process": () => switchesFigure(WHOLE_PROCESS),
});
