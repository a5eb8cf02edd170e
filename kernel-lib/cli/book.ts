/**
 * `npm run book`: the book as static files in `build/book/`. Open `index.html` by a double click, or
 * serve the folder. `-- --repository https://github.com/OWNER/NAME` puts links to the repository,
 * to Binder and to its issues in; `--out FOLDER` writes elsewhere.
 */
import {readFileSync} from "node:fs";
import {join, relative} from "node:path";
import {parseArgs} from "node:util";
import {bookWeights, buildBook} from "../book/index.js";
import {alignColumns} from "../plot/index.js";
import {ROOT} from "./notebook-files.js";
import {runCommand} from "./run-command.js";

await runCommand(async () => {
  const {values} = parseArgs({options: {out: {type: "string"}, repository: {type: "string"}}});
  const out = values.out ?? join(ROOT, "build", "book");
  const manifest = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
    repository?: {url: string};
  };
  const repository = values.repository ?? manifest.repository?.url;
  const pages = await buildBook({
    ...{root: ROOT, out},
    ...(repository === undefined ? {} : {repository}),
  });
  console.log(alignColumns(bookWeights(out, pages)));
  console.log(`\nBook: ${relative(process.cwd(), join(out, "index.html"))}`);
});
