/**
 * Compares the pictures of start-up with their committed SVG, byte for byte.
 */
import { spawnCostFigure } from "../../measure/spawn_cost/figure.ts";
import { SPAWN_COSTS, SPAWN_HERE } from "./spawn_cost_gallery_data.ts";
import { testGallery } from "./test_gallery.ts";

testGallery({
  "spawn_cost_all": () => spawnCostFigure(SPAWN_COSTS),
  "spawn_cost_here": () => spawnCostFigure(SPAWN_HERE),
});
