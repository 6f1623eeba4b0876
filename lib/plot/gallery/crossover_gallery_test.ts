/**
 * Compares the crossover pictures with their committed SVG, byte for byte.
 */
import { crossoverFigure } from "../../measure/crossover/figure.ts";
import { CROSSOVER, NEVER } from "./crossover_gallery_data.ts";
import { testGallery } from "./test_gallery.ts";

testGallery({
  "crossover_three_models": () => crossoverFigure(CROSSOVER),
  "crossover_never": () => crossoverFigure(NEVER),
});
