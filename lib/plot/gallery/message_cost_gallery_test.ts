/**
 * Compares the pictures of messages with their committed SVG, byte for byte.
 */
import { messageCostFigure } from "../../measure/message_cost/figure.ts";
import { CLONE_ONLY, MESSAGE_COSTS } from "./message_cost_gallery_data.ts";
import { testGallery } from "./test_gallery.ts";

testGallery({
  "message_cost_all": () => messageCostFigure(MESSAGE_COSTS),
  "message_cost_clone": () => messageCostFigure(CLONE_ONLY),
});
