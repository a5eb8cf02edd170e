import {mkdirSync} from "node:fs";
import {join} from "node:path";
import {student, variant} from "kernel-lib/course";
import {afterEach, beforeEach, describe, expect, it} from "vitest";
import {hashNames} from "../../kernel-lib/dist/course/variant.js";
import {scratchFolder} from "../support/scratch.js";

const home = process.cwd();

beforeEach(() => {
  delete process.env["JUPYTERHUB_USER"];
  delete process.env["GLASS_CLOUD_STUDENT"];
});

afterEach(() => {
  process.chdir(home);
  delete process.env["JUPYTERHUB_USER"];
  delete process.env["GLASS_CLOUD_STUDENT"];
});

function workIn(...names: string[]): void {
  const folder = join(scratchFolder(), ...names);
  mkdirSync(folder, {recursive: true});
  process.chdir(folder);
}

describe("student", () => {
  it("the grader's word goes before nbgrader's folder, that before the hub's, that before the typed", () => {
    workIn("submitted", "of-the-folder", "ps03");
    process.env["GLASS_CLOUD_STUDENT"] = "of-the-grader";
    process.env["JUPYTERHUB_USER"] = "of-the-hub";
    expect(student("typed")).toBe("of-the-grader");
    delete process.env["GLASS_CLOUD_STUDENT"];
    expect(student("typed")).toBe("of-the-folder");
    process.chdir(home);
    expect(student("typed")).toBe("of-the-hub");
    delete process.env["JUPYTERHUB_USER"];
    expect(student(" typed ")).toBe("typed");
    expect(student("  ")).toBe("practice");
  });

  it.each(["submitted", "autograded", "feedback"])(
    "in nbgrader's folder %s/ it is known",
    (kind) => {
      workIn(kind, "张伟", "ps03");
      expect(student("typed")).toBe("张伟");
    },
  );

  it.each([
    ["release", "ada", "ps03"],
    ["ada", "submitted"],
    ["submitted", "ps03"],
  ])("in %s/%s/%s the student is who is typed", (...names) => {
    workIn(...names.filter(Boolean));
    expect(student("typed")).toBe("typed");
  });

  it.each(["GLASS_CLOUD_STUDENT", "JUPYTERHUB_USER"])("an empty %s says nothing", (name) => {
    process.env[name] = "";
    expect(student("typed")).toBe("typed");
  });
});

describe("variant", () => {
  it("variant is FNV-1a, with the published vectors", () => {
    // Source: the reference vectors of FNV-1a, 32 bits, of texts that end in a zero byte.
    expect(hashNames([])).toBe(0x811c9dc5);
    expect(hashNames([""])).toBe(0x050c5d1f);
    expect(hashNames(["a"])).toBe(0x2b24d044);
    expect(hashNames(["foobar"])).toBe(0x0c1c9eb8);
  });

  it("names do not run together, and blanks around an id are nobody's", () => {
    expect(variant("ab", "c")).not.toBe(variant("a", "bc"));
    expect(variant("cloud", " ada ")).toBe(variant("cloud", "ada"));
    expect(variant("cloud-2026", "ada")).not.toBe(variant("cloud-2027", "ada"));
  });

  it("an accent written as part of its letter or after it is the same student", () => {
    expect(variant("cloud", "zoe\u0308")).toBe(variant("cloud", "zo\u00eb"));
    expect(variant("cloud", "zoë")).not.toBe(variant("cloud", "zoe"));
  });

  it.each([
    ["", "ada", "the course has no name"],
    ["cloud", " ", "the student has no name"],
  ])("variant(%j, %j) is refused", (course, name, message) => {
    expect(() => variant(course, name)).toThrow(message);
  });
});
