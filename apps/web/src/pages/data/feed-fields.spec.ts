import { feedPart, type FeedFields } from './feed-fields';
import { feedWords } from './feed-words';

const FIELDS: FeedFields = {
  kind: 'ccxt',
  exchange: ' bybit ',
  dataFeed: 'iex',
  preset: 'stooq',
  url: 'https://a.example/{symbol}',
  path: 'x.csv',
  apiKey: '',
};

describe('a feed', () => {
  it.each([
    ['ccxt', { kind: 'ccxt', exchange: 'bybit' }, 'ccxt: bybit'],
    ['alpaca', { kind: 'alpaca', data_feed: 'iex' }, 'alpaca: iex'],
    ['preset', { kind: 'http', preset: 'stooq' }, 'http: stooq'],
    ['url', { kind: 'http', url: 'https://a.example/{symbol}' }, 'http: https://a.example/{symbol}'],
    ['folder', { kind: 'folder', path: 'x.csv' }, 'folder: x.csv'],
  ] as const)('has the fields of %s alone, and words for it', (kind, feed, words) => {
    expect(feedPart({ ...FIELDS, kind })).toEqual({ feed });
    expect(feedWords(feed)).toBe(words);
  });

  it.each([
    ['ccxt', false],
    ['alpaca', true],
    ['preset', true],
    ['url', true],
    ['folder', false],
  ] as const)('sends a key that was typed before %s was chosen: %s', (kind, sent) =>
    expect(feedPart({ ...FIELDS, kind, apiKey: 'secret' }).api_key).toBe(sent ? 'secret' : undefined),
  );
});
