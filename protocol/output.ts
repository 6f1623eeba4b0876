/**
 * What a cell shows: streams, display data, its result, its error.
 *
 * The shapes are those of nbformat 4.5, field names included, because the same
 * value is written into notebook files and, with another envelope, sent as a
 * Jupyter message. Pure: types and parsers only.
 * @module
 */
import * as z from "zod/mini";

/**
 * One value in several formats, keyed by MIME type.
 *
 * Shape: text formats hold a string, binary formats hold base64 text, formats
 * that end in `json` hold a JSON value.
 */
export type MimeBundle = Readonly<Record<string, unknown>>;

/** Parses a {@link MimeBundle}. */
export const mimeBundleSchema: z.ZodMiniType<MimeBundle> = z.record(
  z.string(),
  z.unknown(),
);

/**
 * Text that a cell wrote to one of its two streams; in files also of others, as
 * `stdin`, which JupyterLab writes for an answered question.
 */
export interface StreamOutput {
  /** Tells the kinds of output apart. */
  readonly output_type: "stream";
  /** Which stream was written to. */
  readonly name: string;
  /** What was written, line ends and terminal escapes included. */
  readonly text: string;
}

/** A value that a cell displayed. */
export interface DisplayDataOutput {
  /** Tells the kinds of output apart. */
  readonly output_type: "display_data";
  /** The value in several formats. */
  readonly data: MimeBundle;
  /** Hints for the front end, per MIME type. */
  readonly metadata: MimeBundle;
}

/** The value of a cell's last expression. */
export interface ExecuteResultOutput {
  /** Tells the kinds of output apart. */
  readonly output_type: "execute_result";
  /** The number shown beside the cell. */
  readonly execution_count: number | null;
  /** The value in several formats. */
  readonly data: MimeBundle;
  /** Hints for the front end, per MIME type. */
  readonly metadata: MimeBundle;
}

/** An error that ended a cell, or that arose in its background. */
export interface ErrorOutput {
  /** Tells the kinds of output apart. */
  readonly output_type: "error";
  /** Name of the error's class. */
  readonly ename: string;
  /** The error's message. */
  readonly evalue: string;
  /** What to show, one entry a line, terminal escapes allowed. */
  readonly traceback: readonly string[];
}

/** What a cell shows, in the order it was made. */
export type Output =
  | StreamOutput
  | DisplayDataOutput
  | ExecuteResultOutput
  | ErrorOutput;
