import {describe, expect, it} from "vitest";
import {RepositoryLinks} from "../../../kernel-lib/book/site/repository-links.js";

describe("RepositoryLinks", () => {
  it("has no address out of a copy that does not know its repository", () => {
    const links = new RepositoryLinks();
    expect(links.file("data/claims.json")).toBeUndefined();
    expect(links.binder("03-s3")).toBeUndefined();
    expect(links.errata("3.9")).toBe("index.html#errata");
  });

  it("finds the front page where the README is linked, with and without an address", () => {
    expect(new RepositoryLinks().file("README.md")).toBe("index.html");
    expect(new RepositoryLinks("https://github.com/a/b").file("README.md")).toBe("index.html");
  });

  it.each(["https://github.com/a/b", "https://github.com/a/b/", "https://github.com/a/b.git"])(
    "links into a repository on GitHub: %s",
    (address) => {
      const links = new RepositoryLinks(address);
      expect(links.file("data/claims.json")).toBe(
        "https://github.com/a/b/blob/HEAD/data/claims.json",
      );
      expect(links.binder("03-s3")).toBe(
        "https://mybinder.org/v2/gh/a/b/HEAD?urlpath=lab%2Ftree%2Fnotebooks%2F03-s3.ipynb",
      );
    },
  );

  it("gives Binder the whole address of a repository elsewhere", () => {
    expect(new RepositoryLinks("https://git.example.org/a/b").binder("x")).toBe(
      "https://mybinder.org/v2/git/https%3A%2F%2Fgit.example.org%2Fa%2Fb/HEAD" +
        "?urlpath=lab%2Ftree%2Fnotebooks%2Fx.ipynb",
    );
  });

  it("has no Binder without a notebook", () => {
    expect(new RepositoryLinks("https://github.com/a/b").binder(undefined)).toBeUndefined();
  });

  it("opens an issue that names the claim and asks for what is right", () => {
    const link = new URL(new RepositoryLinks("https://github.com/a/b").errata("3.9"));
    expect(link.pathname).toBe("/a/b/issues/new");
    expect(link.searchParams.get("title")).toBe("Claim 3.9: this verdict is wrong");
    expect(link.searchParams.get("body")).toContain("What is right:");
  });
});
