import {addressesOf, isElsewhere} from "./addresses.js";
import type {BookFiles, Finding} from "./book-files.js";

/** What a browser would load from another host: the book must work without any. */
export function foreignHosts(book: BookFiles): Finding[] {
  return addressesOf(book)
    .filter(({text, isLink}) => isElsewhere(text) && !isAllowed(text.trim(), isLink))
    .map(({page, text, isLink}) => ({
      page,
      problem: isLink
        ? `the link ${text} has no scheme, and leads nowhere from file://`
        : `${text} is loaded from elsewhere; only links may lead out`,
    }));
}

function isAllowed(address: string, isLink: boolean): boolean {
  return isLink ? !address.startsWith("//") : /^(data|blob|about):/i.test(address);
}
