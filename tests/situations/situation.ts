/**
 * A situation: a small program whose truth is known by construction, with what
 * Skein must, may and must not say of it.
 *
 * Pure: types, and the judge. Tables of situations are beside this file, one a
 * theme; `run_one.ts` runs one in a process of its own, `situations_test.ts`
 * starts those and lets the judge look at what was said.
 * @module
 */

/** What a program got from the library, as a user would read it. */
export interface Said {
  /** Findings by their rules; `as measured` for those that are of no rule. */
  readonly findings: readonly {
    readonly rule: string;
    readonly sentence: string;
  }[];
  /** All else that a user reads: text of figures, errors. */
  readonly texts?: readonly string[];
  /** What does not agree with the truth, found by the program itself; each a sentence. */
  readonly wrong?: readonly string[];
}

/** A small program and the truth about it. */
export interface Situation {
  /** What is so, by construction. */
  readonly name: string;
  /** Does it, in a process of its own. */
  readonly run: () => Promise<Said>;
  /** What the process may do: all, or what `deno run` gives without a flag. */
  readonly rights?: "all" | "none";
  /** Only so many cores for the process, by `taskset`; Linux. */
  readonly cores?: 1;
  /** Whether programs that compute without end have the cores meanwhile. */
  readonly burners?: boolean;
  /** Each has to match one of the findings or texts; excused where others had the cores. */
  readonly must?: readonly RegExp[];
  /** Rules that may speak; that of any other one is an error. All may, if left out. */
  readonly may?: readonly string[];
  /** None may match anything that is said, noise or not. */
  readonly never?: readonly RegExp[];
  /** None may match where nobody else had the cores; excused where others had them. */
  readonly neverAlone?: readonly RegExp[];
}

/** What the judge says of a run. */
export interface Verdict {
  /** False sentences, and what does not agree with the truth: never excused. */
  readonly falseSentences: readonly string[];
  /** What had to be said and was not, or is true beside others only: excused where others were. */
  readonly doubtful: readonly string[];
}

/**
 * Judges what was said.
 *
 * @param situation The situation.
 * @param said What was said in it.
 * @returns What is wrong with it.
 */
export function judge(situation: Situation, said: Said): Verdict {
  const { must = [], may, never = [], neverAlone = [] } = situation;
  const { findings, texts = [], wrong = [] } = said;
  const all = [...findings.map(({ sentence }) => sentence), ...texts];
  const find = (patterns: readonly RegExp[], when = "") =>
    patterns.flatMap((pattern) =>
      all.filter((text) => pattern.test(text))
        .map((text) => `${pattern} must not match${when}: ${text}`)
    );
  const uncalled = may === undefined
    ? []
    : findings.filter(({ rule }) => !may.includes(rule)).map((
      { rule, sentence },
    ) => `"${rule}" may not speak: ${sentence}`);
  return {
    falseSentences: [...wrong, ...find(never), ...uncalled],
    doubtful: [
      ...must.filter((pattern) => !all.some((text) => pattern.test(text)))
        .map((pattern) => `nothing said matches ${pattern}`),
      ...find(neverAlone, " where nobody else is"),
    ],
  };
}
