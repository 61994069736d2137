/** Names under which tables and documents have the parts of news, lower case, the preferred one first. */
export const NEWS_FIELDS = {
  published: [
    ...['published_at', 'published', 'published_utc', 'time_published', 'publication_date', 'pubdate', 'created_at'],
    ...['datetime', 'date_time', 'timestamp', 'date', 'time'],
  ],
  available: ['available_at', 'available'],
  changed: ['updated_at', 'updated', 'updated_utc', 'modified'],
  headline: ['headline', 'title'],
  summary: ['summary', 'description', 'abstract', 'teaser'],
  url: ['url', 'article_url', 'link', 'news_url'],
  symbols: ['symbols', 'tickers', 'symbol', 'ticker', 'related', 'ticker_sentiment', 'stocks'],
} as const;

export type NewsField = keyof typeof NEWS_FIELDS;
const NAMES = Object.keys(NEWS_FIELDS) as NewsField[];
export const NEEDED_FIELDS = ['published', 'headline'] as const;

/** Lower case, blanks as underscores, `publishedAt` as `published_at`. */
export const fieldName = (name: string): string =>
  name
    .trim()
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[\s-]+/g, '_');

/** Which of the names has each part; undefined where none does. */
export function fieldsOf(names: readonly string[]): Record<NewsField, string | undefined> {
  const known = new Map(names.map((name) => [fieldName(name), name]));
  const of = (field: NewsField): string | undefined => {
    const found = NEWS_FIELDS[field].find((name) => known.has(name));
    return found === undefined ? undefined : known.get(found);
  };
  return Object.fromEntries(NAMES.map((field) => [field, of(field)])) as Record<NewsField, string | undefined>;
}

/** Symbols of a cell: parted by commas, semicolons, bars or blanks. */
export const symbolsOfText = (text: string): string[] => text.split(/[\s,;|]+/).filter((symbol) => symbol !== '');
