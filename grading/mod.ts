/**
 * Student versions of notebooks, and grades of what comes back.
 * @module
 */
export {
  type Assignment,
  parseAssignment,
  serializeAssignment,
} from "./assignment.ts";
export { type Exercise, readExercise } from "./exercise.ts";
export { type Examination, examine, type ExamOptions } from "./exam.ts";
export { Lanes } from "./lanes.ts";
export { findLeaks, type Leak, tellingLines } from "./leaks.ts";
export { type Proof, type ProofOptions, prove } from "./proof.ts";
export type { CheckResult, CheckState } from "./verdict.ts";
export {
  complete,
  exerciseOf,
  type Graded,
  scores,
  studentOf,
  withoutResults,
} from "./gradebook.ts";
export { checksCsv, gradesCsv } from "./report/csv.ts";
export { gradesHtml } from "./report/html.ts";
export { gradesJson } from "./report/json.ts";
export { gradesJunit } from "./report/junit.ts";
export { fileNames, withoutHidden } from "./feedback.ts";
