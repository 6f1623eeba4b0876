/**
 * Grades as one page for the teacher, without scripts or requests. Pure.
 * @module
 */
import { type Graded, scores } from "../gradebook.ts";
import type { CheckResult } from "../verdict.ts";

/**
 * Writes the page: all students, then each file with its checks.
 *
 * @param assignment Name of the assignment.
 * @param graded All files, sorted.
 */
export function gradesHtml(
  assignment: string,
  graded: readonly Graded[],
): string {
  const title = `Grades of ${assignment}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${text(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${text(title)}</h1>
${overview(graded)}
${graded.map(section).join("\n")}
</main>
</body>
</html>
`;
}

function overview(graded: readonly Graded[]): string {
  const rows = scores(graded).map(({ student, score, maxScore, toGrade }) =>
    `<tr><th scope="row"><a href="#${anchor(student)}">${
      text(student)
    }</a></th><td>${score}</td><td>${maxScore}</td><td>${
      toGrade === 0 ? "" : toGrade
    }</td></tr>`
  );
  return `<div class="scroll" tabindex="0" role="region" aria-label="All students"><table>
<thead><tr><th scope="col">Student</th><th scope="col">Points</th><th scope="col">Of</th><th scope="col">For a person to grade</th></tr></thead>
<tbody>${rows.join("\n")}</tbody>
</table></div>`;
}

function section(
  { student, notebook, file, failure, results, findings, cellErrors }: Graded,
  index: number,
  all: readonly Graded[],
): string {
  const isFirst = all[index - 1]?.student !== student;
  const id = isFirst ? ` id="${anchor(student)}"` : "";
  const notes = [
    ...failure === null ? [] : [`Not graded: ${failure}`],
    ...findings,
    ...cellErrors,
  ];
  return `<section${id}>
<h2>${text(student)}</h2>
<p class="file">${text(notebook ?? "unknown notebook")}${
    file === null ? "" : ` · ${text(file)}`
  }</p>
${
    notes.length === 0
      ? ""
      : `<ul>${notes.map((note) => `<li>${text(note)}</li>`).join("")}</ul>`
  }
<div class="scroll" tabindex="0" role="region" aria-label="${
    text(`Checks of ${student}, ${notebook}`)
  }"><table>
<thead><tr><th scope="col">Check</th><th scope="col">Result</th><th scope="col">Points</th><th scope="col">Why</th></tr></thead>
<tbody>${results.map(row).join("\n")}</tbody>
</table></div>
</section>`;
}

function row({ id, state, score, maxScore, reason }: CheckResult): string {
  return `<tr class="${state}"><th scope="row">${text(id)}</th><td>${
    MARKS[state]
  } ${state}</td><td>${score} of ${maxScore}</td><td class="why">${
    text(reason)
  }</td></tr>`;
}

function anchor(student: string): string {
  return `student-${encodeURIComponent(student)}`;
}

function text(value: string): string {
  return value.toWellFormed().replaceAll("&", "&amp;").replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

const MARKS: Readonly<Record<CheckResult["state"], string>> = {
  passed: "✓",
  partial: "½",
  failed: "✗",
  error: "✗",
  timeout: "✗",
  memory: "✗",
  "not-run": "–",
  "needs-person": "?",
};
const STYLE = `
:root { color-scheme: light dark; --line: #c8ccd2; --soft: #5a6270; --good: #17652f; --bad: #a3221b; }
@media (prefers-color-scheme: dark) { :root { --line: #454b55; --soft: #a6adb9; --good: #7ed69a; --bad: #ff9d94; } }
body { font: 16px/1.5 system-ui, sans-serif; margin: 0; }
main { max-width: 60rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
h1 { font-size: 1.6rem; margin: 0 0 1rem; }
h2 { font-size: 1.2rem; margin: 2.5rem 0 0; overflow-wrap: anywhere; }
.file { color: var(--soft); margin: 0 0 .75rem; overflow-wrap: anywhere; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .35rem .75rem .35rem 0; border-bottom: 1px solid var(--line); }
thead th { font-weight: 600; color: var(--soft); }
tbody th { font-weight: 600; }
td:nth-child(2), td:nth-child(3) { white-space: nowrap; font-variant-numeric: tabular-nums; }
.why { white-space: pre-wrap; overflow-wrap: anywhere; font-size: .9rem; }
section tbody th { overflow-wrap: anywhere; }
@media (min-width: 40rem) { section tbody th { width: 9rem; } section td:nth-child(2) { width: 9rem; } section td:nth-child(3) { width: 7rem; } }
@media (max-width: 40rem) { section td:nth-child(2), section td:nth-child(3) { white-space: normal; } }
tr.passed td:nth-child(2) { color: var(--good); }
tr.failed td:nth-child(2), tr.error td:nth-child(2), tr.timeout td:nth-child(2), tr.memory td:nth-child(2) { color: var(--bad); }
`;
