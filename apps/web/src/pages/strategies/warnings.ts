import { inWords } from '../../format/words';

const PART = /^substrategies\[(\d+)\]\.?/;

/** Where a document says it: part 1 is the first of its rules. */
function placeOf(field: string): string {
  const part = PART.exec(field);
  if (part) return `Part ${Number(part[1]) + 1}`;
  return inWords(
    field
      .split('.')
      .at(-1)!
      .replace(/\[\d+\]/g, ''),
  );
}

/** Said in other words than the message, which is for those who write the document. */
const PLAIN: Record<string, string> = {
  relative_to_average:
    'how far the price is from its average counts, as a share of the average: 0.02 stands for 2 % above it, 0 for the average itself',
};

/** Warnings of the API (`{code, field, message, …}`) as sentences. */
export const warningSentences = (warnings: readonly Record<string, unknown>[]): string[] =>
  warnings.flatMap(({ code, field, message }) => {
    const words = PLAIN[String(code)] ?? message;
    if (typeof words !== 'string') return [];
    return [typeof field === 'string' && field !== '' ? `${placeOf(field)}: ${words}` : words];
  });
