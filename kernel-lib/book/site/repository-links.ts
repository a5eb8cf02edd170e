import {SITE_STRINGS} from "../strings.js";

const WORDS = SITE_STRINGS.claims;

/**
 * Addresses that lead out of the book, into the repository it was made from. A copy made without
 * its address has none, and says so on its front page.
 */
export class RepositoryLinks {
  private readonly address: string | undefined;

  /** @param repository as in "https://github.com/owner/name" */
  constructor(repository?: string) {
    this.address = repository?.replace(/(\.git)?\/*$/, "");
  }

  /** @param path from the root of the repository */
  file(path: string): string | undefined {
    if (path === "README.md") return "index.html";
    return this.address === undefined ? undefined : `${this.address}/blob/HEAD/${path}`;
  }

  /** Binder with a notebook open. It is given a name of GitHub's, or any address for git. */
  binder(notebook: string | undefined): string | undefined {
    if (this.address === undefined || notebook === undefined) return undefined;
    const onGitHub = /^https:\/\/github\.com\/([^/]+\/[^/]+)$/.exec(this.address)?.[1];
    const source = onGitHub ? `gh/${onGitHub}` : `git/${encodeURIComponent(this.address)}`;
    const place = encodeURIComponent(`lab/tree/notebooks/${notebook}.ipynb`);
    return `https://mybinder.org/v2/${source}/HEAD?urlpath=${place}`;
  }

  /** Where to say that the verdict on a claim is wrong. */
  errata(claimId: string): string {
    if (this.address === undefined) return "index.html#errata";
    const title = encodeURIComponent(WORDS.issueTitle(claimId));
    const body = encodeURIComponent(WORDS.issueBody);
    return `${this.address}/issues/new?title=${title}&body=${body}`;
  }
}
