import { sha256Hex } from '@assay/primitives';
import type { NewsItem } from '../news/news-item';
import { LEXICON_VERSION } from './lexicon';
import { byAvailability, type NewsState } from './news-columns';
import { scoreText } from './score-text';

/** News as their scores are made of them. */
export interface KnownNews extends Pick<NewsItem, 'headline' | 'summary' | 'url' | 'availableMs' | 'publishedMs'> {
  source: string;
}

/** Headline and summary are two sentences. */
export const textOf = ({ headline, summary }: Pick<NewsItem, 'headline' | 'summary'>): string =>
  summary === null ? headline : `${headline}.\n${summary}`;

/**
 * Scores of news by availability. Pieces of one source with one address are revisions of one article; without an address each is an
 * article of its own.
 */
export function newsStates(news: readonly KnownNews[]): NewsState[] {
  const states = inOrder(news).map((one, i): NewsState => ({
    article: one.url === null ? `#${i}` : JSON.stringify([one.source, one.url]),
    availableMs: one.availableMs,
    score: scoreText(textOf(one)).score,
  }));
  return byAvailability(states);
}

/** SHA-256 of what scores are made of: the news in an order of their own, and the version of the lexicon. */
export function newsFingerprint(news: readonly KnownNews[]): string {
  const rows = inOrder(news).map((one) => [one.source, one.availableMs, one.url, one.headline, one.summary]);
  return sha256Hex(JSON.stringify([LEXICON_VERSION, rows]));
}

/** By availability and publication, then by content, so that the order in which they were stored says nothing. */
function inOrder(news: readonly KnownNews[]): KnownNews[] {
  const keyed = news.map((one) => ({ one, key: JSON.stringify([one.source, one.url, one.headline, one.summary]) }));
  keyed.sort(
    (a, b) =>
      a.one.availableMs - b.one.availableMs ||
      a.one.publishedMs - b.one.publishedMs ||
      (a.key < b.key ? -1 : a.key > b.key ? 1 : 0),
  );
  return keyed.map(({ one }) => one);
}
