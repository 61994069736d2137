import type { FeedDocument, Timeframe } from '@assay/contracts';
import type { MarketDataSource } from '@assay/domain';
import { refuse } from '@assay/primitives';
import type { Query } from '../store';
import { AlpacaSource } from './alpaca/alpaca-source';
import { CcxtSource } from './ccxt/ccxt-source';
import { FeedBudget } from './feed-budget';
import { FolderSource } from './folder/folder-source';
import { HttpSource } from './http/http-source';
import { addressWithoutPlaces, templateOf } from './http/presets';
import type { Subscription } from './subscription';

/** What the operator of an installation says about feeds. */
export interface FeedConfig {
  /** The folder that feeds of the kind `folder` lie in. */
  folder: string;
  /** Hosts, with or without a port, that may have addresses outside of the public internet. */
  privateHosts: readonly string[];
  /** Addresses that exchanges are asked at in place of their own, by id. */
  ccxtUrls: Readonly<Record<string, string>>;
  alpacaUrl: string;
  /** Keys of the environment by variable. */
  keys: Readonly<Record<string, string | undefined>>;
}

export interface FeedSourcesOptions {
  config: FeedConfig;
  query: Query;
  nowMs: () => number;
  /** The key in what was sealed; null where it cannot be opened. */
  unseal: (sealed: Buffer) => string | null;
}

/** Makes the source of a subscription, which asks its hosts no more often than all workers together may. */
export class FeedSources {
  private readonly budget: FeedBudget;

  constructor(private readonly options: FeedSourcesOptions) {
    this.budget = new FeedBudget(options.query);
  }

  /** @throws DomainError `unavailable` for a key that cannot be opened, `validation_failed` for a feed that has no such bars */
  of({ feed, timeframe, market, sealedKey }: Subscription): MarketDataSource {
    const { config, nowMs } = this.options;
    const { kind } = feed;
    const pace = (host: string, intervalMs: number): Promise<void> => this.budget.take(kind, host, intervalMs);
    const onLater = (host: string, afterMs: number): Promise<void> => this.budget.rest(kind, host, afterMs);
    const common = { market, nowMs, pace, onLater, privateHosts: config.privateHosts };
    switch (kind) {
      case 'ccxt': {
        const { exchange } = feed;
        const [baseUrl, paced] = [config.ccxtUrls[exchange], (intervalMs: number) => pace(exchange, intervalMs)];
        return new CcxtSource({ exchange, baseUrl, nowMs, pace: paced });
      }
      case 'alpaca':
        return new AlpacaSource({
          ...common,
          feed,
          baseUrl: config.alpacaUrl,
          key: this.key(sealedKey, 'ALPACA_API_KEY'),
        });
      case 'http': {
        const template = templateOf(feed, timeframe);
        return new HttpSource({ ...common, template, key: this.key(sealedKey, template.keyVariable) });
      }
      case 'folder':
        return new FolderSource({ feed, root: config.folder, market, nowMs });
    }
  }

  private key(sealed: Buffer | null, variable: string | null): string | null {
    if (sealed === null) return (variable && this.options.config.keys[variable]) || null;
    const key = this.options.unseal(sealed);
    if (key !== null) return key;
    throw refuse('unavailable', 'the api_key was sealed under another secret of the installation: state it again');
  }
}

/** The source of a series that names none. */
export function usualSource(feed: FeedDocument): string {
  if (feed.kind === 'ccxt') return `ccxt.${feed.exchange}`;
  if (feed.kind === 'http') return feed.preset ?? addressWithoutPlaces(feed.url!).hostname;
  return feed.kind;
}

/** Seconds after a close until a feed of the kind usually has the bar. */
export function usualDelayS(feed: FeedDocument, timeframe: Timeframe): number {
  switch (feed.kind) {
    case 'ccxt':
      return 5;
    case 'alpaca':
      return feed.data_feed === 'sip' ? 960 : 60;
    case 'http':
      return timeframe === '1d' ? 1800 : 60;
    case 'folder':
      return 0;
  }
}
