import { feedDocument, type FeedDocument, type Timeframe, type MarketCode } from '@assay/contracts';
import { calendarFor, dateOfUtc, type Series } from '@assay/market-data';
import { checkFeed, freshnessOf, usualDelayS, usualSource, type FedSeries } from '@assay/market-data/feeds';
import { Transactions } from '@assay/persistence';
import { addAudit, Jobs, type JobRow, type Principal } from '@assay/platform';
import { below, DAY_MS, invalid, invalidField, isoOrNull } from '@assay/primitives';
import { newId } from '@assay/primitives/ids';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { pageOf, type Page } from '../../listing/page';
import type { PageQuery } from '../../listing/page.request';
import { SubscriptionRows } from '../../records/market/subscription-rows.store';
import type { SubscriptionEntity } from '../../records/market/subscription.entity';
import { MarketData } from '../market-data';
import { aboutSeries } from '../about-series';
import { mayCorrect } from '../may-correct';
import { DataThreads } from '../threads/data-threads';
import { auditFacts, changeFacts } from './audit-subscription';
import { Feeds } from './feeds';
import { wakeUpAt } from './wake-up';
import type { ChangeSubscriptionDto, SubscribeDto } from './subscription.request';
import type { SubscriptionDto } from './subscription.response';

const USUAL_DAYS = { daily: 3652, intraday: 365 };
const USUAL_OVERLAP = 5;

/** Series that are kept fresh from feeds: what their owners say about them. */
@Injectable()
export class SubscriptionsService {
  constructor(
    private readonly db: DataSource,
    private readonly tx: Transactions,
    private readonly jobs: Jobs,
    private readonly market: MarketData,
    private readonly feeds: Feeds,
    private readonly rows: SubscriptionRows,
    private readonly threads: DataThreads,
  ) {}

  async create(owner: Principal, body: SubscribeDto): Promise<SubscriptionDto> {
    const { symbol, timeframe, market } = body;
    const feed = readFeed(body.feed);
    await this.checkFeed(feed, { timeframe, market, symbol, feedSymbol: body.feed_symbol });
    const now = new Date();
    const row: SubscriptionEntity = {
      id: newId(),
      ownerId: owner.userId,
      source: body.source ?? usualSource(feed),
      ...{ symbol, timeframe, market, feed },
      synthetic: body.synthetic ?? false,
      feedSymbol: body.feed_symbol ?? symbol,
      sealedKey: body.api_key === undefined ? null : this.feeds.sealed(body.api_key),
      firstBar: firstBarOf(body.start ?? usualStart(timeframe, market, now), market, now),
      delayS: body.delay_s ?? usualDelayS(feed, timeframe),
      overlapBars: body.overlap_bars ?? USUAL_OVERLAP,
      mayCorrect: mayCorrect(owner),
      enabled: body.enabled ?? true,
      nextDueAt: now,
      ...{ attempts: 0, feedRevision: null, holesAskedAt: null, holesFrom: null, claim: null, claimedUntil: null },
      ...{ lastAttemptAt: null, lastSuccessAt: null, lastError: null, lastResult: null, version: 1 },
      ...{ createdAt: now, updatedAt: now },
    };
    return this.tx.run(async (em) => {
      const added = await this.rows.add(em, row);
      await this.plan(em, added);
      await addAudit(em, owner.userId, 'feed.subscribed', added.id, {
        ...auditFacts(added),
        key: added.sealedKey !== null,
      });
      return this.view(em, added);
    });
  }

  list(ownerId: string, query: PageQuery): Promise<Page<SubscriptionDto>> {
    const em = this.db.manager;
    return pageOf(
      query,
      (limit, cursor) => this.rows.list(em, ownerId, limit, cursor),
      (rows) => this.views(em, rows),
    );
  }

  async get(ownerId: string, id: string): Promise<SubscriptionDto> {
    return this.view(this.db.manager, await this.rows.get(this.db.manager, ownerId, id));
  }

  /** A changed subscription is due at once. */
  async change(owner: Principal, id: string, expected: number, body: ChangeSubscriptionDto): Promise<SubscriptionDto> {
    const known = await this.rows.get(this.db.manager, owner.userId, id);
    const [market, timeframe] = [known.market as MarketCode, known.timeframe as Timeframe];
    const feed = body.feed && readFeed(body.feed);
    const feedSymbol = body.feed_symbol ?? known.feedSymbol;
    if (feed || body.feed_symbol !== undefined)
      await this.checkFeed(feed ?? known.feed, { timeframe, market, symbol: known.symbol, feedSymbol });
    return this.tx.run(async (em) => {
      const row = await this.rows.get(em, owner.userId, id);
      const { api_key: key } = body;
      const now = new Date();
      const changed = await this.rows.change(em, row, expected, {
        ...(feed && { feed, feedRevision: null }),
        ...(body.feed_symbol !== undefined && { feedSymbol: body.feed_symbol, feedRevision: null }),
        ...(key !== undefined && { sealedKey: key === null ? null : this.feeds.sealed(key) }),
        // what lies before the stored bars is asked for again
        ...(body.start !== undefined && {
          firstBar: firstBarOf(body.start, market, now),
          holesAskedAt: null,
          feedRevision: null,
        }),
        ...(body.delay_s !== undefined && { delayS: body.delay_s }),
        ...(body.overlap_bars !== undefined && { overlapBars: body.overlap_bars }),
        ...(body.enabled !== undefined && { enabled: body.enabled }),
        ...{ mayCorrect: mayCorrect(owner), nextDueAt: now, attempts: 0, updatedAt: now },
      });
      await this.plan(em, changed);
      const facts = changeFacts(row, changed, key);
      if (facts) await addAudit(em, owner.userId, 'feed.changed', id, { ...auditFacts(changed), ...facts });
      return this.view(em, changed);
    });
  }

  remove(ownerId: string, id: string): Promise<void> {
    return this.tx.run(async (em) => {
      const row = await this.rows.get(em, ownerId, id);
      await this.rows.remove(em, ownerId, id);
      await addAudit(em, ownerId, 'feed.ended', id, auditFacts(row));
    });
  }

  /** Refreshes now, due or not, with all holes. */
  refresh(ownerId: string, id: string): Promise<JobRow> {
    return this.tx.run(async (em) => {
      const row = await this.rows.get(em, ownerId, id);
      if (!row.enabled) {
        const message = 'enabled must be true of a subscription that is refreshed, was false';
        throw invalid([{ field: 'enabled', rule: 'enabled', value: false, message }]);
      }
      const payload = { subscription_id: id, force: true };
      const named = { subjectId: id, about: aboutSeries(row), dedupeKey: `now:${id}` };
      return this.jobs.submit(em, { kind: 'data.refresh', ownerId, payload, ...named });
    });
  }

  /** @throws DomainError `validation_failed` for a feed that can never give the series */
  private async checkFeed(feed: FeedDocument, series: FedSeries): Promise<void> {
    checkFeed(feed, series, this.feeds.privateHosts);
    if (feed.kind === 'ccxt') await this.threads.requireExchange(feed.exchange, 'feed.exchange');
  }

  /** A wake-up at the time at which the row is due. */
  private async plan(em: EntityManager, row: SubscriptionEntity): Promise<void> {
    if (!row.enabled) return;
    const { id, ownerId, nextDueAt } = row;
    await this.jobs.submit(em, wakeUpAt(nextDueAt, { id, ownerId, about: aboutSeries(row) }));
  }

  private async view(em: EntityManager, row: SubscriptionEntity): Promise<SubscriptionDto> {
    return (await this.views(em, [row]))[0]!;
  }

  /** Of all rows by one question. */
  private async views(em: EntityManager, rows: readonly SubscriptionEntity[]): Promise<SubscriptionDto[]> {
    const keys = rows.map(({ source, symbol, timeframe }) => ({ source, symbol, timeframe: timeframe as Timeframe }));
    const known = await this.market.in(em).store.findAllSeries(keys);
    return rows.map((row, i) => viewOf(row, known[i]!));
  }
}

function viewOf(row: SubscriptionEntity, series: Series | null): SubscriptionDto {
  const { source, symbol, timeframe, market } = row;
  const { lastBarMs, expected, isFresh, lateByMs } = freshnessOf(calendarFor(market), timeframe as Timeframe, {
    lastBarMs: series?.lastOpenMs ?? null,
    delayMs: row.delayS * 1000,
    nowMs: Date.now(),
  });
  return {
    id: row.id,
    version: row.version,
    ...{ source, symbol, timeframe, market },
    synthetic: row.synthetic,
    feed: row.feed,
    feed_symbol: row.feedSymbol,
    has_key: row.sealedKey !== null,
    start: dateOfUtc(row.firstBar.getTime()),
    delay_s: row.delayS,
    overlap_bars: row.overlapBars,
    may_correct: row.mayCorrect,
    enabled: row.enabled,
    next_due_at: row.nextDueAt.toISOString(),
    attempts: row.attempts,
    last_attempt_at: row.lastAttemptAt?.toISOString() ?? null,
    last_success_at: row.lastSuccessAt?.toISOString() ?? null,
    last_error: row.lastError,
    last_result: row.lastResult,
    freshness: {
      last_bar: isoOrNull(lastBarMs),
      expected_bar: isoOrNull(expected?.openMs ?? null),
      fresh: isFresh,
      late_by_s: Math.floor(lateByMs / 1000),
    },
  };
}

/** @throws DomainError `validation_failed` with every problem of the feed */
function readFeed(input: unknown): FeedDocument {
  return below('feed', () => {
    const { document, problems } = feedDocument.read(input);
    if (document === undefined) throw invalid(problems);
    return document;
  });
}

/** The tables of a market's calendar say when its history begins. */
function usualStart(timeframe: Timeframe, market: MarketCode, now: Date): string {
  const days = timeframe === '1d' ? USUAL_DAYS.daily : USUAL_DAYS.intraday;
  const date = dateOfUtc(now.getTime() - days * DAY_MS);
  const [begin] = calendarFor(market).coverage;
  return date < begin ? begin : date;
}

function firstBarOf(start: string, market: MarketCode, now: Date): Date {
  const calendar = calendarFor(market);
  const [begin] = calendar.coverage;
  if (start < begin) {
    const message = `start must be at least ${begin}, where the calendar of ${market} begins, was ${start}`;
    throw invalidField('start', 'calendar_coverage', start, message);
  }
  // the date of the market may be the next one already, and that of who asks
  const today = [dateOfUtc(now.getTime()), calendar.tradingDate(now.getTime())].sort()[1];
  if (start > today) {
    const message = `start must not lie in the future, at most ${today}, was ${start}: state a past date or leave it out`;
    throw invalidField('start', 'past', start, message);
  }
  return new Date(`${start}T00:00:00Z`);
}
