// What a person pasted, cut to a length that may cross to the program.

/** As many letters as the program reads at most; an honest error text has a few hundred. */
export const LONGEST = 64 * 1024;
/** What is kept of the beginning, where the command and the server stand; the failure stands at the end. */
const HEAD = 8 * 1024;

/** The text, or its beginning and its end where it is longer than the program reads. */
export function bounded(text: string): { text: string; cut: boolean } {
  if (text.length <= LONGEST) return { text, cut: false };
  // Half of a letter that takes two code units is left out.
  const head = text.slice(0, HEAD).replace(/[\ud800-\udbff]$/, '');
  const tail = text.slice(HEAD - LONGEST + 1).replace(/^[\udc00-\udfff]/, '');
  return { text: `${head}\n${tail}`, cut: true };
}
