/**
 * `npm run lint:notebooks`: holds every notebook to the rules of a chapter, and finds what a stub
 * of `npm run new:chapter` left to be written anywhere in the project.
 */
import {relative} from "node:path";
import {lintProject} from "./lint-project.js";
import {ROOT} from "./notebook-files.js";

const findings = lintProject(ROOT);
for (const {path, problem} of findings) console.error(`${relative(ROOT, path)}: ${problem}`);
if (findings.length > 0) {
  console.error(`\n${findings.length} problems`);
  process.exit(1);
}
console.log("Every notebook keeps the rules.");
