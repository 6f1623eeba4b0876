/**
 * What cells ask for by tags, metadata and option lines.
 *
 * A door of its own: whoever only reads and writes notebooks loads no YAML. Pure.
 * @module
 */
export {
  type Directives,
  type DocumentWishes,
  readDirectives,
  shownOutputs,
  type Visibility,
} from "./directives.ts";
export type { SlideType } from "./slide_types.ts";
