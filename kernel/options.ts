/**
 * What a kernel is given by its door.
 * @module
 */
import type { CellLanguageName, SpawnedTranslator } from "../language/mod.ts";
import type { OutgoingMessage, RequestChannel } from "../protocol/mod.ts";
import type { SessionOptions } from "../session/mod.ts";
import type { CheckMode } from "./check_mode.ts";
import type { HistoryStore } from "./history.ts";
import type { Translator } from "./translator.ts";

/** How a kernel runs cells, and where its messages go. */
export interface KernelOptions
  extends Omit<SessionOptions, "onEvents" | "onExit"> {
  /**
   * Takes every message, in the order in which they are to be sent; may say
   * that there is nobody to send it to.
   */
  readonly send: (message: OutgoingMessage) => boolean | void;
  /** Told that the session has ended by itself, and why. */
  readonly onSessionEnded?: (why: string) => void;
  /**
   * Takes lines about what went wrong in the kernel itself.
   * @default they are lost
   */
  readonly log?: (line: string) => void;
  /**
   * Keeps what is run.
   * @default in memory, as long as the kernel lives
   */
  readonly history?: HistoryStore;
  /**
   * What cells are written in; JavaScript has no types.
   * @default "typescript"
   */
  readonly cells?: CellLanguageName | undefined;
  /**
   * What is done about errors of type in cells that say nothing themselves.
   * @default "off"
   */
  readonly check?: CheckMode;
  /**
   * Whether a language server may be started, which takes some 350 MB; without
   * one the running program alone answers editors, and nothing is checked.
   * @default true
   */
  readonly languageServer?: boolean;
  /**
   * The process that parses cells, if it was started before all else; or that it
   * is to be started when the door is open, or a cell needs it.
   * @default one is started
   */
  readonly translator?: SpawnedTranslator | "later" | undefined;
  /**
   * Parses cells for others too: it is neither ended nor interrupted here.
   * @default the kernel has its own
   */
  readonly sharedTranslator?: Translator | undefined;
}

/** Where a request came from. */
export interface RequestOrigin {
  /** The channel it came on. */
  readonly channel: RequestChannel;
  /** What the door needs to send the reply to the asker. @default undefined */
  readonly route?: unknown;
}
