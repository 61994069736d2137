const DIGITS = 3;
/** What a figure was made of, behind it. */
const PARTS = / \(blocks [^)]*\)/g;
const FIGURE = /(?<![\w.-])-?\d+\.\d+(?:e-?\d+)?(?![\w.])/g;

/**
 * The answer of a gate for reading: figures with three significant digits, without what they were made of. One that would be rounded to another
 * figure of the sentence, such as the bound it missed, keeps its digits.
 */
export function shortAnswer(words: string): string {
  const short = words.replace(PARTS, '');
  const figures = new Set((short.match(/-?\d+(?:\.\d+)?(?:e-?\d+)?/g) ?? []).map(Number));
  return short.replace(FIGURE, (text) => {
    const rounded = Number(Number(text).toPrecision(DIGITS));
    if (rounded === Number(text) || figures.has(rounded)) return text;
    return String(rounded);
  });
}
