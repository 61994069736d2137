/** The words of what a list is searched by: parted by whitespace, none of them empty. */
export const searchWordsOf = (text: string): string[] => text.split(/\s+/u).filter((word) => word !== '');

/** Whether every word stands somewhere in the text, in any order and any case; true where there is none. */
export function hasEveryWord(text: string, words: string): boolean {
  const folded = text.toLowerCase();
  return searchWordsOf(words).every((word) => folded.includes(word.toLowerCase()));
}
