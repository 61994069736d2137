import type { FeedDocument, FeedOf, MarketCode, Timeframe } from '@assay/contracts';
import { invalidField, isZone } from '@assay/primitives';
import { requireFetchable } from './fetchable';
import { folderPath, requireInnerPath } from './folder/folder-source';
import { mayBePrivate, privateAddressOf } from './http/private-addresses';
import { checkColumns, checkHeaders } from './http/check-request';
import { addressWithoutPlaces, templateOf } from './http/presets';

/** The series that a feed is stated for. */
export interface FedSeries {
  timeframe: Timeframe;
  market: MarketCode;
  symbol: string;
  /** The symbol as the feed writes it, where that is another. */
  feedSymbol?: string;
}

/**
 * Whether an exchange is known is another question: `requireExchange`. Names of hosts are looked up where the connection is made.
 * @throws DomainError `validation_failed` that names the field of a feed that cannot give such bars
 */
export function checkFeed(feed: FeedDocument, series: FedSeries, privateHosts: readonly string[]): void {
  const { timeframe, market, symbol, feedSymbol } = series;
  requireFetchable(timeframe);
  if (feed.kind === 'ccxt' && market !== 'CRYPTO') {
    const message = `market must be CRYPTO for an exchange of ccxt, was ${market}`;
    throw invalidField('market', 'never_closes', market, message);
  }
  if (feed.kind === 'http') checkHttp(feed, timeframe, privateHosts);
  if (feed.kind === 'folder') {
    requireInnerPath(feed.path);
    const field = feedSymbol === undefined ? 'symbol' : 'feed_symbol';
    folderPath(feed.path, { symbol: feedSymbol ?? symbol, timeframe }, field);
  }
  if ('zone' in feed && feed.zone !== undefined && !isZone(feed.zone)) {
    const message = `feed.zone must be an IANA time zone such as America/New_York, was ${feed.zone}`;
    throw invalidField('feed.zone', 'iana_zone', feed.zone, message);
  }
}

function checkHttp(feed: FeedOf<'http'>, timeframe: Timeframe, privateHosts: readonly string[]): void {
  const { url, columns } = templateOf(feed, timeframe);
  checkHeaders(feed.headers ?? {});
  checkColumns(columns ?? {});
  const address = addressWithoutPlaces(url);
  const inside = privateAddressOf(address);
  if (inside === null || mayBePrivate(address, privateHosts)) return;
  const message = `feed.url must have a host on the public internet, was ${inside}: state another, or have the operator allow it in FEED_PRIVATE_HOSTS`;
  throw invalidField('feed.url', 'public_address', inside, message);
}
