/**
 * The files that `skein grade` writes.
 * @module
 */
import { join } from "node:path";
import {
  checksCsv,
  type Exercise,
  fileNames,
  type Graded,
  gradesCsv,
  gradesHtml,
  gradesJson,
  gradesJunit,
  withoutHidden,
} from "../grading/mod.ts";
import { writeFile } from "./write_file.ts";

/** The reports of all students, by the option that names their file. */
export const REPORTS: readonly {
  readonly option: string;
  readonly write: (name: string, graded: readonly Graded[]) => string;
}[] = [
  { option: "csv", write: gradesCsv },
  { option: "checks", write: checksCsv },
  { option: "json", write: gradesJson },
  { option: "junit", write: gradesJunit },
  { option: "html", write: gradesHtml },
];

/**
 * Writes a page per student.
 *
 * @param folder Where to.
 * @param graded All files, sorted.
 * @param assignment Its name and notebooks.
 */
export async function writeFeedback(
  folder: string,
  graded: readonly Graded[],
  { name, exercises }: {
    readonly name: string;
    readonly exercises: readonly Exercise[];
  },
): Promise<void> {
  const seen = withoutHidden(graded, exercises);
  const byStudent = Map.groupBy(seen, ({ student }) => student);
  const names = fileNames([...byStudent.keys()]);
  for (const [student, files] of byStudent) {
    const page = gradesHtml(name, files);
    await writeFile(join(folder, names.get(student)!), page);
  }
}
