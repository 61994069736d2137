export type FeedKind = 'ccxt' | 'alpaca' | 'preset' | 'url' | 'folder';

/** The form's fields; which count depends on the kind. */
export interface FeedFields {
  kind: FeedKind;
  exchange: string;
  dataFeed: string;
  preset: string;
  url: string;
  path: string;
  /** Of the feed, where its kind has one. */
  apiKey: string;
}

export const HTTP_PRESETS = ['stooq', 'alpha_vantage', 'tiingo', 'eodhd'];

interface KindWords {
  label: string;
  hint: string;
  /** What its key looks like, where it has one. */
  key?: string;
}

export const FEED_KINDS: Record<FeedKind, KindWords> = {
  ccxt: {
    label: 'Crypto exchange',
    hint: "Public bars of an exchange, named as in ccxt's list; the market is CRYPTO.",
  },
  alpaca: { label: 'Alpaca', hint: 'Raw bars of US stocks and of crypto.', key: 'KEY_ID:SECRET; crypto needs none.' },
  preset: { label: 'Vendor', hint: 'Raw prices of a vendor of daily bars.', key: 'Stooq needs none.' },
  url: {
    label: 'Address of yours',
    hint: 'An https address of the public internet that answers CSV or JSON; {symbol}, {from}, {to}, {timeframe} and {key} are filled in.',
    key: 'Stands where the address has {key}.',
  },
  folder: {
    label: 'Folder on the server',
    hint: 'A CSV file, or a folder of them, below the feed folder of the installation.',
  },
};

/** The feed as the API takes it, with its key beside it where the kind has one: a key that was typed for another kind goes nowhere. */
export function feedPart(fields: FeedFields): { feed: Record<string, unknown>; api_key?: string } {
  const { key } = FEED_KINDS[fields.kind];
  return { feed: feedOf(fields), ...(key !== undefined && fields.apiKey !== '' ? { api_key: fields.apiKey } : {}) };
}

function feedOf(fields: FeedFields): Record<string, unknown> {
  switch (fields.kind) {
    case 'ccxt':
      return { kind: 'ccxt', exchange: fields.exchange.trim() };
    case 'alpaca':
      return { kind: 'alpaca', data_feed: fields.dataFeed };
    case 'preset':
      return { kind: 'http', preset: fields.preset };
    case 'url':
      return { kind: 'http', url: fields.url.trim() };
    case 'folder':
      return { kind: 'folder', path: fields.path.trim() };
  }
}
