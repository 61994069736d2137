import { feedOf, type FeedFields } from './feed-fields';
import { feedWords } from './feed-words';

const FIELDS: FeedFields = {
  kind: 'ccxt',
  exchange: ' bybit ',
  dataFeed: 'iex',
  preset: 'stooq',
  url: 'https://a.example/{symbol}',
  path: 'x.csv',
};

describe('feedOf', () => {
  it.each([
    ['ccxt', { kind: 'ccxt', exchange: 'bybit' }, 'ccxt: bybit'],
    ['alpaca', { kind: 'alpaca', data_feed: 'iex' }, 'alpaca: iex'],
    ['preset', { kind: 'http', preset: 'stooq' }, 'http: stooq'],
    ['url', { kind: 'http', url: 'https://a.example/{symbol}' }, 'http: https://a.example/{symbol}'],
    ['folder', { kind: 'folder', path: 'x.csv' }, 'folder: x.csv'],
  ] as const)('has the fields of %s alone, and words for it', (kind, feed, words) => {
    expect(feedOf({ ...FIELDS, kind })).toEqual(feed);
    expect(feedWords(feed)).toBe(words);
  });
});
