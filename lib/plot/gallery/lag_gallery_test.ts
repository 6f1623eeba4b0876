/**
 * Compares the figures of event loop lag with their committed SVG, byte for byte.
 */
import { lagFigure } from "../../measure/lag/figure.ts";
import { CALM, CROWDED, HELD } from "./lag_gallery_data.ts";
import { testGallery } from "./test_gallery.ts";

testGallery({
  "lag_held": () => lagFigure(HELD),
  "lag_calm": () => lagFigure(CALM),
  "lag_crowded": () => lagFigure(CROWDED),
});
