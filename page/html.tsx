/**
 * HTML that the server made: the one place where text becomes elements.
 * @module
 */
/** @jsxImportSource preact */
/// <reference lib="dom" />
import type { JSX } from "preact";
import { useMemo } from "preact/hooks";

interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createHTML(text: string): string },
  ): { createHTML(text: string): unknown };
}

/** The page's policy lets no text become HTML but by this one. */
const policy = (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes
  ?.createPolicy("skein", { createHTML: (text) => text });

/** Shows HTML of the server; it is put in place again only when it is another. */
export function Html(
  { html, ...rest }:
    & { readonly html: string }
    & JSX.HTMLAttributes<HTMLDivElement>,
): JSX.Element {
  const inner = useMemo(
    () => ({ __html: (policy?.createHTML(html) ?? html) as string }),
    [html],
  );
  return <div {...rest} dangerouslySetInnerHTML={inner} />;
}
