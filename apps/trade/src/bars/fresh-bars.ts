import { setTimeout as sleep } from 'node:timers/promises';
import { TIMEFRAME_MINUTES } from '@assay/contracts';
import type { Clock } from '@assay/domain';
import { FileBarCache } from '@assay/market-data';
import { calendarFor } from '@assay/market-data/calendars';
import {
  REFRESH_STATEMENT_MS,
  refreshDeps,
  refreshSeries,
  SubscriptionStore,
  type RefreshDeps,
} from '@assay/market-data/feeds';
import { qualityReport } from '@assay/market-data/quality';
import { Transactions } from '@assay/persistence';
import { CONFIG, FEED_KEYS_SEALED_FOR, Seal, type AppConfig } from '@assay/platform';
import { MINUTE_MS } from '@assay/primitives';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { DeploymentEntity } from '../records/deployments/deployment.entity';
import { barOverMs } from './bar-over';
import { SeriesStore } from './series-store';

/** What the feed of a deployment's bars says while the newest one is missing. */
export interface FeedNews {
  /** What it refused at the last attempt, in words; null where it answered without the bar. */
  error: string | null;
  /** When it is asked again. */
  nextDueMs: number;
  /** Until then a missing bar is late, and no fault yet. */
  untilMs: number;
}

/** Longest time that a run waits for a feed. */
const WAIT_MS = 20_000;
const POLL_MS = 200;
/** How long a bar may be late after the feed should have it, at most its own length. */
const LATE_MS = 15 * MINUTE_MS;

/** A run waits for its bar: what takes longer to judge is left to the service of research. */
const MOST_JUDGED = 20_000;

const judge: RefreshDeps['judge'] = async (bars, market, noticed) =>
  bars.openTimeMs.length > MOST_JUDGED ? null : qualityReport(bars, calendarFor(market), noticed);

/** Asks the feed of a deployment's series for the bar that its run waits for. */
@Injectable()
export class FreshBars {
  private readonly log = new Logger(FreshBars.name);
  private readonly seal: Seal;
  private readonly query: RefreshDeps['query'];
  private readonly subscriptions: SubscriptionStore;

  constructor(
    db: DataSource,
    private readonly tx: Transactions,
    private readonly series: SeriesStore,
    private readonly cache: FileBarCache,
    @Inject(CONFIG) private readonly config: AppConfig,
  ) {
    this.query = (sql, params) => db.manager.query(sql, params);
    this.subscriptions = new SubscriptionStore(this.query);
    this.seal = new Seal(config.secret, FEED_KEYS_SEALED_FOR);
  }

  /** Null where the bar that closed then is stored, or no feed could bring it. What a feed refuses is told, not thrown. */
  async ask(deployment: DeploymentEntity, expectedCloseMs: number, clock: Clock): Promise<FeedNews | null> {
    const { dataSymbol: symbol, timeframe, dataSource: source } = deployment;
    const subscription = await this.subscriptions.ofSeries({ symbol, timeframe, source });
    if (subscription === null || !(await this.isMissing(deployment, subscription.source, expectedCloseMs))) return null;
    const lateMs = Math.min(LATE_MS, TIMEFRAME_MINUTES[timeframe] * MINUTE_MS);
    const untilMs = expectedCloseMs + subscription.delayS * 1000 + lateMs;
    // before a missing bar is a fault, its feed is asked once more, however long its pause would be
    const early = clock.nowMs() >= untilMs && (subscription.lastAttemptMs ?? 0) < untilMs;
    await this.refresh(subscription.id, clock, early);
    this.series.forgetRecent();
    if (!(await this.isMissing(deployment, subscription.source, expectedCloseMs))) return null;
    const { lastError: error, nextDueMs } = (await this.subscriptions.find(subscription.id)) ?? subscription;
    return { error, nextDueMs, untilMs };
  }

  /** Refreshes what is due, or waits for who is at it. */
  private async refresh(id: string, clock: Clock, early: boolean): Promise<void> {
    const signal = AbortSignal.timeout(WAIT_MS);
    const statementMs = REFRESH_STATEMENT_MS;
    const deps = refreshDeps({
      config: this.config.feeds,
      clock,
      query: this.query,
      cache: this.cache,
      transaction: (body) => this.tx.run((em) => body((sql, params) => em.query(sql, params)), { statementMs }),
      unseal: (sealed) => this.seal.open(sealed),
      judge,
    });
    try {
      const { outcome } = await refreshSeries(deps, id, { signal, early });
      if (outcome !== 'busy') return;
      while (!signal.aborted && (await this.subscriptions.isClaimed(id))) await sleep(POLL_MS);
    } catch (error) {
      if (!signal.aborted) throw error;
      this.log.warn(`subscription ${id} was not refreshed within ${WAIT_MS / 1000} s`);
    }
  }

  private async isMissing(
    { dataSymbol: symbol, timeframe, market }: DeploymentEntity,
    source: string,
    expectedCloseMs: number,
  ): Promise<boolean> {
    const info = await this.series.findRecent(symbol, timeframe, source);
    return info === null || barOverMs(calendarFor(market), info.lastBarMs, timeframe) < expectedCloseMs;
  }
}
