/**
 * `npm run new:chapter -- NN-name`: the stubs of a chapter, in the form that chapter 3 has. They
 * fail `npm run lint:notebooks` and their own test until every placeholder ⟨…⟩ is filled.
 */
import {relative} from "node:path";
import {ROOT} from "./notebook-files.js";
import {writeChapterStubs} from "./chapter-stubs.js";
import {runCommand} from "./run-command.js";

await runCommand(() => {
  const paths = writeChapterStubs(ROOT, process.argv[2] ?? "");
  for (const path of paths) console.log(`  ${relative(ROOT, path)}`);
  console.log(
    "Fill each ⟨…⟩, then: npm run build, npm run bake, npm run lint:notebooks, npm test.",
  );
});
