/** The branches of Windows and macOS, tested on whatever this is. */
import {posix, win32} from "node:path";
import {describe, expect, it} from "vitest";
import {
  isAtLeast,
  npmCommand,
  pythonAdvice,
  pythonCandidates,
  venvAdvice,
  venvPython,
} from "../../binder/platform.mjs";

describe("platform", () => {
  it.each([
    ["20.19.0", true],
    ["20.19.5", true],
    ["20.9.0", false],
    ["18.20.8", false],
    ["22.0.0", true],
    ["100.0.0", true],
  ])("isAtLeast(%j, [20, 19]) is %j", (version, enough) => {
    expect(isAtLeast(version, [20, 19])).toBe(enough);
  });

  it("venvPython() keeps spaces and non-ASCII letters, on Windows and elsewhere", () => {
    expect(venvPython("win32", "C:\\Users\\Zoë Müller\\glass cloud\\.venv", win32.join)).toBe(
      "C:\\Users\\Zoë Müller\\glass cloud\\.venv\\Scripts\\python.exe",
    );
    expect(venvPython("darwin", "/Users/Zoë/glass cloud/.venv", posix.join)).toBe(
      "/Users/Zoë/glass cloud/.venv/bin/python",
    );
    expect(venvPython("linux", "/home/z/.venv", posix.join)).toBe("/home/z/.venv/bin/python");
  });

  it("pythonCandidates() asks the Windows launcher first, and a chosen Python before all", () => {
    expect(pythonCandidates("win32", {})[0]).toEqual(["py", "-3"]);
    expect(pythonCandidates("darwin", {})).toEqual([["python3"], ["python"]]);
    expect(pythonCandidates("linux", {PYTHON: "/opt/python 3/bin/python"})[0]).toEqual([
      "/opt/python 3/bin/python",
    ]);
  });

  it("npmCommand() starts npm's script by this Node, and needs a shell only on Windows without it", () => {
    const npm = "C:\\Program Files\\nodejs\\node_modules\\npm\\bin\\npm-cli.js";
    expect(npmCommand("win32", {npm_execpath: npm}, "node.exe")).toEqual({
      command: "node.exe",
      args: [npm],
      shell: false,
    });
    expect(npmCommand("win32", {}, "node.exe")).toEqual({
      command: "npm.cmd",
      args: [],
      shell: true,
    });
    expect(npmCommand("linux", {}, "node")).toEqual({command: "npm", args: [], shell: false});
    // yarn and pnpm set the variable too; their scripts are not npm.
    expect(npmCommand("linux", {npm_execpath: "/usr/lib/yarn.js"}, "node").command).toBe("npm");
  });

  it("advice speaks the platform's language", () => {
    expect(pythonAdvice("linux")).toContain("apt install python3");
    expect(pythonAdvice("darwin")).toContain("brew");
    expect(pythonAdvice("win32")).toContain("python.org");
    expect(venvAdvice("linux", "3.11")).toContain("apt install python3.11-venv");
    expect(venvAdvice("win32", "3.11")).toContain("python.org");
  });
});
