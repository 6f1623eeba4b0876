/**
 * Compares the figures of measurements with their committed SVG, byte for byte.
 */
import { distributionFigure } from "../../measure/measure/figure.ts";
import { ALONE, CROWDS, PAIR, SINGLE } from "./distribution_gallery_data.ts";
import { testGallery } from "./test_gallery.ts";

testGallery({
  "distribution_single": () => distributionFigure(SINGLE),
  "distribution_compared": () => distributionFigure(PAIR),
  "distribution_two_modes": () => distributionFigure(CROWDS),
  "distribution_alone": () => distributionFigure(ALONE),
});
