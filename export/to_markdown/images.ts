/**
 * Images that Markdown cells name: attachments and files beside the notebook. Pure.
 * @module
 */
import type { Attachments } from "../../nbformat/mod.ts";
import { findDataUri } from "../images.ts";
import type { FilesBeside } from "./beside.ts";

/** Where images come from, and go to. */
export interface ImagePlaces {
  /** The cell's embedded files. */
  readonly attachments: Attachments;
  /** Gives the data URI of an image beside the notebook. */
  readonly embedImage: (source: string) => string | undefined;
  /** Whether images beside the notebook can be named as they are. */
  readonly isBeside: boolean;
  /** Takes the files. */
  readonly files: FilesBeside;
  /** Takes a sentence about an image that is not there. */
  readonly report: (problem: string) => void;
}

/**
 * Replaces the addresses of images by those of files beside the text.
 *
 * @param source Markdown.
 * @param places Where images come from, and go to.
 * @returns Markdown.
 */
export function moveImages(source: string, places: ImagePlaces): string {
  return source
    .replace(
      IMAGE,
      (whole, before: string, ...found: (string | undefined)[]) => {
        const address = found[0] ?? found[1] ?? "";
        if (ELSEWHERE.test(address)) return whole;
        const uri = places.embedImage(decode(address));
        if (uri === undefined) {
          places.report(`the image ${JSON.stringify(address)} is missing`);
          return whole;
        }
        if (places.isBeside) return whole;
        const name = decode(address).split(/[/\\]/).at(-1) ?? "";
        return before + places.files.put(uri, name);
      },
    )
    .replace(
      ATTACHMENT,
      (whole, before: string, name: string) => {
        const decoded = decode(name);
        const bundle = Object.hasOwn(places.attachments, decoded)
          ? places.attachments[decoded]!
          : {};
        const uri = findDataUri(bundle);
        if (uri !== undefined) return before + places.files.put(uri, decoded);
        places.report(`the attachment ${JSON.stringify(decoded)} is missing`);
        return whole;
      },
    );
}

function decode(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    // A lone percent sign is part of the name itself.
    return name;
  }
}

/** In `](…)`, in an attribute, in a definition of a reference. */
const ATTACHMENT =
  /(\]\(\s{0,9}<?|src\s{0,9}=\s{0,9}["']?|^\s{0,3}\[[^\]\n]{1,200}\]:\s{0,9}<?)attachment:([^\s)"'>]{1,500})/gm;
const IMAGE =
  /(!\[[^\]\n]{0,1000}\]\(\s{0,9}|<img\b[^>]{0,500}?\ssrc\s{0,9}=\s{0,9}["']?)(?:<([^<>\n]{1,2000})>|([^\s)<>"']{1,2000}))/g;
/** A scheme, the root of a server, or what was moved just before. */
const ELSEWHERE = /^(?:[a-z][a-z\d+.-]*:|[/\\#])/i;
