/**
 * Compares figures with Python beside JavaScript with their committed SVGs.
 */
import {
  comparisonFigure,
  showComparison,
} from "../../measure/compare/figure.ts";
import {
  PYTHON_COMPUTING,
  PYTHON_FREE,
  PYTHON_WAITING,
} from "./gallery_python.ts";
import { timelineFigure } from "../figures/timeline.ts";
import { readShown, testGallery } from "./test_gallery.ts";

testGallery({
  "comparison_python": () => comparisonFigure(PYTHON_COMPUTING),
  "comparison_python_free": () => comparisonFigure(PYTHON_FREE),
  "comparison_python_waiting": () => comparisonFigure(PYTHON_WAITING),
  "timeline_python": () => timelineFigure(PYTHON_WAITING),
  "whole_python": () => readShown(showComparison(PYTHON_COMPUTING)),
  "whole_python_waiting": () => readShown(showComparison(PYTHON_WAITING)),
});
