/**
 * Compares the scaling pictures with their committed SVG, byte for byte.
 */
import { speedUpFigure } from "../../measure/scale/figure.ts";
import { MANY_CORES, SCALING, SLOWER } from "./speedup_gallery_data.ts";
import { testGallery } from "./test_gallery.ts";

testGallery({
  "speedup_two_cores": () => speedUpFigure(SCALING),
  "speedup_many_cores": () => speedUpFigure(MANY_CORES),
  "speedup_slower": () => speedUpFigure(SLOWER),
});
