/** One page of the book before its shell (header, navigation, footer) is put round it. */
export interface BookPage {
  /** File name in the flat folder of the site, as in "claims.html". */
  path: string;
  title: string;
  /** One sentence for search engines and for the list of search results. */
  description: string;
  /** Content of `<main>`, with exactly one `<h1>`. */
  html: string;
}
