import {mkdirSync, writeFileSync} from "node:fs";
import {dirname, join} from "node:path";
import {handedInTimes} from "kernel-lib/course/record";
import {describe, expect, it} from "vitest";
import {scratchFolder} from "../../support/scratch.js";
import {TARO, ZOE} from "./small-class.js";

function submitted(files: Record<string, string>): string {
  const folder = scratchFolder();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), {recursive: true});
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

const ofPs03 = (...students: string[]) =>
  students.map((student) => ({student, problemSet: "ps03"}));

describe("handedInTimes", () => {
  it("handedInTimes reads nbgrader's timestamp.txt, and says nothing where there is none", () => {
    const folder = submitted({
      [`${TARO}/ps03/timestamp.txt`]: "2020-11-30 22:59:00.948203 UTC",
      [`${ZOE.normalize("NFD")}/ps03/timestamp.txt`]: "2020-12-01 00:00:00 +0100\n",
      "ada/ps03/ps03.ipynb": "{}",
      "ada/ps04/timestamp.txt": "2020-11-30 22:59:00 UTC",
    });
    expect(handedInTimes(folder, ofPs03(TARO, ZOE, "ada", "nobody"))).toEqual([
      {student: TARO, problemSet: "ps03", at: "2020-11-30T22:59:00Z"},
      {student: ZOE, problemSet: "ps03", at: "2020-11-30T23:00:00Z"},
    ]);
  });

  it("handedInTimes names the file that holds no time", () => {
    const folder = submitted({"ada/ps03/timestamp.txt": "yesterday"});
    expect(() => handedInTimes(folder, ofPs03("ada"))).toThrow(
      /ada.ps03.timestamp\.txt: Cannot read the time "yesterday"/,
    );
  });

  it("handedInTimes makes no path of an id", () => {
    const folder = submitted({"ada/ps03/timestamp.txt": "2020-11-30 22:59:00 UTC"});
    expect(handedInTimes(join(folder, "none"), ofPs03("../ada", "ada"))).toEqual([]);
    expect(handedInTimes(folder, ofPs03("../ada", "."))).toEqual([]);
  });
});
