/**
 * Compares every figure of the gallery with its committed SVG, byte for byte.
 */
import {
  comparisonFigure,
  showComparison,
} from "../../measure/compare/figure.ts";
import { ALONE, CPU, NOISY, PREDICTED, WAITING } from "./gallery_data.ts";
import { LONG, LONG_NAMES, MANY, TINY } from "./gallery_spans.ts";
import { timelineFigure } from "../figures/timeline.ts";
import { readShown, testGallery } from "./test_gallery.ts";

testGallery({
  "comparison_computing": () => comparisonFigure(CPU),
  "comparison_waiting": () => comparisonFigure(WAITING),
  "comparison_predicted": () => comparisonFigure(PREDICTED),
  "comparison_noisy": () => comparisonFigure(NOISY),
  "comparison_alone": () => comparisonFigure(ALONE),
  "timeline_computing": () => timelineFigure(CPU),
  "timeline_waiting": () => timelineFigure(WAITING),
  "timeline_long_names": () => timelineFigure(LONG_NAMES),
  "timeline_many_lanes": () => timelineFigure(MANY),
  "timeline_microseconds": () => timelineFigure(TINY),
  "timeline_minutes": () => timelineFigure(LONG),
  "timeline_empty": () => timelineFigure([]),
  "whole_computing": () => readShown(showComparison(CPU)),
  "whole_predicted": () => readShown(showComparison(PREDICTED)),
  "whole_waiting": () => readShown(showComparison(WAITING)),
});
