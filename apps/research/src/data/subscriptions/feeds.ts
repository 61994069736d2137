import { FileBarCache } from '@assay/market-data';
import {
  checkKey,
  REFRESH_STATEMENT_MS,
  refreshDeps,
  refreshSeries,
  SubscriptionStore,
  type RefreshDeps,
  type Refreshed,
} from '@assay/market-data/feeds';
import { Transactions } from '@assay/persistence';
import { CONFIG, FEED_KEYS_SEALED_FOR, Seal, type AppConfig } from '@assay/platform';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { queryOf } from '../../records/market/market.store';
import { DataThreads } from '../threads/data-threads';

/** Refreshes of series on this process's database, clock and settings. */
@Injectable()
export class Feeds {
  readonly store: SubscriptionStore;
  /** Hosts that feeds may ask although their addresses are not public. */
  readonly privateHosts: readonly string[];
  private readonly seal: Seal;
  private readonly deps: RefreshDeps;

  constructor(
    db: DataSource,
    tx: Transactions,
    threads: DataThreads,
    cache: FileBarCache,
    @Inject(CONFIG) config: AppConfig,
  ) {
    const query = queryOf(db.manager);
    this.store = new SubscriptionStore(query);
    this.privateHosts = config.feeds.privateHosts;
    this.seal = new Seal(config.secret, FEED_KEYS_SEALED_FOR);
    this.deps = refreshDeps({
      config: config.feeds,
      clock: { nowMs: () => Date.now() },
      query,
      cache,
      transaction: (body) => tx.run((em) => body(queryOf(em)), { statementMs: REFRESH_STATEMENT_MS }),
      unseal: (sealed) => this.seal.open(sealed),
      judge: (bars, market, noticed) => threads.quality({ bars, market, noticed }),
    });
  }

  /** @throws DomainError `validation_failed` for a key that cannot be sent */
  sealed(key: string): Buffer {
    checkKey(key);
    return this.seal.seal(key);
  }

  refresh(id: string, options: { force?: boolean; signal?: AbortSignal }): Promise<Refreshed> {
    return refreshSeries(this.deps, id, options);
  }
}
