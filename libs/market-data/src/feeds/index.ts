export { requireExchange } from './ccxt/open-exchange';
export { fetchClosedBars, type CcxtImport } from './ccxt/fetch-closed-bars';
export { checkFeed, type FedSeries } from './check-feed';
export { checkKey } from './http/check-request';
export { FeedSources, usualDelayS, usualSource, type FeedConfig } from './feed-sources';
export { freshnessOf, type Freshness } from './freshness';
export { refreshSeries, type RefreshDeps, type Refreshed } from './refresh-series';
export type { RefreshCounts, Subscription } from './subscription';
export { SubscriptionStore } from './subscription-store';
