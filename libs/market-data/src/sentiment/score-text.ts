import { LONGEST_PHRASE, NEGATION_REACH, NEGATORS, TONES } from './lexicon';

/** A term that was found, with the tone that counts: turned where it is negated. */
export interface ScoredTerm {
  term: string;
  tone: number;
  negated: boolean;
}

export interface TextScore {
  /** From -1, all terms negative, to 1; 0 for as much of both, and for a text without terms. */
  score: number;
  terms: ScoredTerm[];
}

/** Sentences as lists of lower-case words; apostrophes are left out, other signs part words. A negation ends with its sentence. */
function sentencesOf(text: string): string[][] {
  return text
    .toLowerCase()
    .replace(/['\u2019]/g, '')
    .split(/[.!?;:\n]+(?=\s|$)/)
    .map((sentence) => sentence.match(/[a-z0-9]+/g) ?? []);
}

/**
 * Tone of a text by the lexicon: sum of the tones of its terms / sum of their sizes. At each word the longest phrase that begins there
 * counts, and its words not again; a negator among the three words before turns the tone.
 */
export function scoreText(text: string): TextScore {
  const terms: ScoredTerm[] = [];
  for (const words of sentencesOf(text)) {
    let negatedUntil = 0;
    for (let at = 0; at < words.length;) {
      const found = termAt(words, at);
      if (found === null) {
        if (NEGATORS.has(words[at])) negatedUntil = at + 1 + NEGATION_REACH;
        at += 1;
        continue;
      }
      const negated = at < negatedUntil;
      if (found.tone !== 0) terms.push({ term: found.term, tone: negated ? -found.tone : found.tone, negated });
      at += found.words;
    }
  }
  const size = terms.reduce((sum, { tone }) => sum + Math.abs(tone), 0);
  return { score: size === 0 ? 0 : terms.reduce((sum, { tone }) => sum + tone, 0) / size, terms };
}

function termAt(words: readonly string[], at: number): { term: string; tone: number; words: number } | null {
  for (let count = Math.min(LONGEST_PHRASE, words.length - at); count > 0; count -= 1) {
    const term = words.slice(at, at + count).join(' ');
    const tone = TONES.get(term);
    if (tone !== undefined) return { term, tone, words: count };
  }
  return null;
}
