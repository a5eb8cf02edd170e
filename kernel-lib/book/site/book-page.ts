/** A page of the book, as far as its own content goes; the page shell puts the rest round it. */
export interface BookPage {
  /** Name of the file, such as "03-s3.html"; all pages lie in one folder. */
  path: string;
  title: string;
  /** One sentence, for search engines and previews. */
  description: string;
  /** The content of `<main>`: headings from h1 on, exactly one h1. */
  html: string;
}
