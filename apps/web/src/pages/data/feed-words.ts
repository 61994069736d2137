const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** A feed in a few words: kind and where it asks. */
export function feedWords(feed: Record<string, unknown>): string {
  const where = text(feed.exchange) || text(feed.preset) || text(feed.path) || text(feed.url) || text(feed.data_feed);
  return [text(feed.kind), where].filter(Boolean).join(': ');
}
