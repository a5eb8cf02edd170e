import {readFileSync} from "node:fs";
import {versions} from "kernel-lib/lesson";
import {expect, it} from "vitest";

it("versions() names every pinned package with the version in package.json, and no Node", () => {
  const root = new URL("../../package.json", import.meta.url);
  const {dependencies} = JSON.parse(readFileSync(root, "utf8")) as {
    dependencies: Record<string, string>;
  };
  for (const [name, version] of Object.entries(dependencies)) {
    expect(versions()).toContain(`${name} ${version}`);
  }
  expect(versions()).not.toContain(process.version.slice(1));
});
