import type { MarketCode } from '@assay/contracts';
import type { BarColumns, Clock, MarketDataSource } from '@assay/domain';
import { DAY_MS, isDomainError, MINUTE_MS, refuse } from '@assay/primitives';
import { newId } from '@assay/primitives/ids';
import { calendarFor, type SessionCalendar } from '../calendars';
import type { QualityFinding, QualityReport } from '../quality';
import {
  analyseBars,
  MarketStore,
  QualityStore,
  type BarCache,
  type Query,
  type Series,
  type SeriesBars,
} from '../store';
import { freshnessOf } from './freshness';
import { holesOf, type Hole } from './holes';
import { mergeBars } from './join-bars';
import { addedOnly, requireSameKind } from './stored-bars';
import type { RefreshCounts, Subscription } from './subscription';
import { SubscriptionStore } from './subscription-store';
import { usableBars } from './usable-bars';

export interface RefreshDeps {
  clock: Clock;
  query: Query;
  /** Runs the body in one transaction, through the query that it is given. */
  transaction<T>(body: (query: Query) => Promise<T>): Promise<T>;
  sourceOf(subscription: Subscription): MarketDataSource;
  /** The quality report of bars, with what imports noticed of them; null leaves it to the next refresh. */
  judge(bars: BarColumns, market: MarketCode, noticed: readonly QualityFinding[]): Promise<QualityReport | null>;
  /** Where long series are read from; without it all come from their rows. */
  cache?: BarCache;
  /** How long a claim outlives a worker that was killed. */
  claimMs?: number;
  /** Bars that are stored at a time, so that a long history which breaks off is not begun anew. */
  chunkBars?: number;
}

export interface RefreshOptions {
  /** Also where it is not due, and with all holes. */
  force?: boolean;
  /** Also where it is not due. */
  early?: boolean;
  signal?: AbortSignal;
}

/**
 * `fresh`: the expected bar is stored; `late`: the feed does not have it yet; `failed`: the feed could not be asked; `busy`: another worker
 * is at it; `not_due`; `off`: disabled or gone; `lost`: another worker took over.
 */
export type RefreshOutcome = 'fresh' | 'late' | 'failed' | 'busy' | 'not_due' | 'off' | 'lost';

export interface Refreshed {
  outcome: RefreshOutcome;
  /** What the feed said, in words. */
  error: string | null;
  counts: RefreshCounts;
  /** Null where there is no such subscription. */
  nextDueMs: number | null;
}

const CLAIM_MS = 30_000;
const CHUNK_BARS = 20_000;
const FIRST_PAUSE_MS = 15_000;
const LONGEST_PAUSE_MS = 15 * MINUTE_MS;
/** How often a source that can say whether it has changed is looked at. */
const LOOK_MS = MINUTE_MS;
const HOLES_EVERY_MS = DAY_MS;
const MOST_HOLES = { regular: 20, forced: 200 };

class ClaimLost extends Error {}

const none = (): RefreshCounts => ({ fetched: 0, inserted: 0, corrected: 0, withheld: 0, outside: 0 });

/**
 * Brings one series up to date under its claim: what is missing at its end, the last bars again for corrections, and once a day its holes.
 * Written piece by piece in transactions that hold the claim, so that a worker which dies or is overtaken loses and doubles nothing. What
 * the feed refuses is not thrown: it is settled in the row, with the time of the next try.
 */
export async function refreshSeries(deps: RefreshDeps, id: string, options: RefreshOptions = {}): Promise<Refreshed> {
  const { clock, query, claimMs = CLAIM_MS } = deps;
  const store = new SubscriptionStore(query);
  const claim = newId();
  const subscription = await store.claim(id, claim, claimMs, options.force || options.early ? null : clock.nowMs());
  if (subscription === null) return unclaimed(store, id);
  const stop = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, stop.signal]) : stop.signal;
  const beat = setInterval(() => {
    store.keep(id, claim, claimMs).then(
      (kept) => void (kept || stop.abort(new ClaimLost())),
      () => undefined,
    );
  }, claimMs / 3);
  const run = new Refresh(deps, subscription, claim, { ...options, signal });
  try {
    const settled = await run.settle(await run.bring());
    return settled ?? { outcome: 'lost', error: null, counts: run.counts, nextDueMs: null };
  } catch (error) {
    if (error instanceof ClaimLost || stop.signal.aborted)
      return { outcome: 'lost', error: null, counts: run.counts, nextDueMs: null };
    await store.release(id, claim).catch(() => undefined);
    throw error;
  } finally {
    clearInterval(beat);
  }
}

async function unclaimed(store: SubscriptionStore, id: string): Promise<Refreshed> {
  const known = await store.find(id);
  const nextDueMs = known?.nextDueMs ?? null;
  const outcome = !known?.enabled ? 'off' : (await store.isClaimed(id)) ? 'busy' : 'not_due';
  return { outcome, error: known?.lastError ?? null, counts: none(), nextDueMs };
}

/** What a source throws that is no refusal is told like one: the next try may go well, and a person can read why the last did not. */
async function* inWords(pieces: AsyncIterable<BarColumns>): AsyncGenerator<BarColumns> {
  try {
    yield* pieces;
  } catch (error) {
    throw isDomainError(error) ? error : refuse('unavailable', `the feed failed: ${(error as Error).message}`);
  }
}

/** One refresh under its claim. */
class Refresh {
  readonly counts = none();
  private readonly calendar: SessionCalendar;
  private readonly startMs: number;
  private readonly chunk: BarColumns[] = [];
  private chunkSize = 0;
  /** What is stored since this refresh has changed it. */
  private newest: SeriesBars | null = null;
  private revision: string | null;
  private holesAskedMs: number | null;
  private holesFromMs: number | null;

  constructor(
    private readonly deps: RefreshDeps,
    private readonly subscription: Subscription,
    private readonly claim: string,
    private readonly options: RefreshOptions,
  ) {
    this.calendar = calendarFor(subscription.market);
    this.startMs = deps.clock.nowMs();
    this.revision = subscription.feedRevision;
    this.holesAskedMs = subscription.holesAskedMs;
    this.holesFromMs = subscription.holesFromMs;
  }

  /** @returns what the feed refused, in words; null where it answered */
  async bring(): Promise<string | null> {
    try {
      await this.fetch();
      return null;
    } catch (error) {
      this.options.signal?.throwIfAborted();
      if (!isDomainError(error)) throw error;
      // what came before it is good, unless that was what could not be written
      await this.flush().catch((second: unknown) => {
        if (!isDomainError(second)) throw second;
      });
      return error.message;
    } finally {
      await this.judge();
    }
  }

  async settle(error: string | null): Promise<Refreshed | null> {
    const { timeframe, delayS, feed } = this.subscription;
    const { clock, query } = this.deps;
    const [nowMs, delayMs] = [clock.nowMs(), delayS * 1000];
    const lastBarMs = (await this.series())?.lastOpenMs ?? null;
    const isLate = !freshnessOf(this.calendar, timeframe, { lastBarMs, delayMs, nowMs }).isFresh;
    const attempts = error === null && !isLate ? 0 : this.subscription.attempts + 1;
    const regularMs = this.calendar.nextBarCloseMs(nowMs - delayMs, timeframe) + delayMs;
    const pauses = [
      attempts > 0 ? Math.min(FIRST_PAUSE_MS * 2 ** Math.min(attempts - 1, 20), LONGEST_PAUSE_MS) : Infinity,
      feed.kind === 'folder' ? LOOK_MS : Infinity,
    ];
    const nextDueMs = Math.min(regularMs, nowMs + Math.min(...pauses));
    const { counts, revision, holesAskedMs, holesFromMs } = this;
    const settlement = {
      atMs: nowMs,
      nextDueMs,
      attempts,
      error,
      counts,
      feedRevision: revision,
      holesAskedMs,
      holesFromMs,
    };
    const settled = await new SubscriptionStore(query).settle(this.subscription.id, this.claim, settlement);
    if (settled === null) return null;
    return { outcome: error !== null ? 'failed' : isLate ? 'late' : 'fresh', error, counts, nextDueMs };
  }

  private async fetch(): Promise<void> {
    const { feedSymbol: symbol, timeframe, firstBarMs, feedRevision } = this.subscription;
    const source = this.deps.sourceOf(this.subscription);
    const revision = (await source.revision?.({ symbol, timeframe })) ?? null;
    if (revision !== null && revision === feedRevision && !this.options.force) return;
    const series = await this.series();
    const isNew = series === null || series.lastOpenMs === null;
    const fromMs = isNew || revision !== null ? firstBarMs : await this.overlapBegin(series);
    await this.take(source, { fromMs, toMs: this.startMs });
    const areDue = this.holesAskedMs === null || this.startMs - this.holesAskedMs >= HOLES_EVERY_MS;
    if (!isNew && revision === null && (areDue || this.options.force)) await this.fill(source);
    if (isNew) this.holesAskedMs = this.startMs;
    await this.flush();
    this.revision = revision;
  }

  /** The holes of a series; the front of its history is one when it was not asked for yet. */
  private async fill(source: MarketDataSource): Promise<void> {
    await this.flush();
    const { timeframe, firstBarMs, holesAskedMs } = this.subscription;
    const series = (await this.series())!;
    const { openTimeMs } = await this.market().barsOf(series, { fromMs: firstBarMs });
    const isFront = series.firstOpenMs! > firstBarMs && (holesAskedMs === null || this.options.force === true);
    const front: Hole[] = isFront ? [{ fromMs: firstBarMs, toMs: series.firstOpenMs! }] : [];
    const holes = [...front, ...holesOf(openTimeMs, this.calendar, timeframe)];
    const after = this.options.force ? -Infinity : (this.holesFromMs ?? -Infinity);
    const most = this.options.force ? MOST_HOLES.forced : MOST_HOLES.regular;
    const left = holes.filter((hole) => hole.fromMs >= after);
    const asked = (left.length > 0 ? left : holes).slice(0, most);
    for (const hole of asked) await this.take(source, hole);
    this.holesFromMs = asked.length < left.length ? asked[asked.length - 1].toMs : null;
    this.holesAskedMs = this.startMs;
  }

  private async take(source: MarketDataSource, { fromMs, toMs }: Hole): Promise<void> {
    const { feedSymbol: symbol, timeframe, source: name, symbol: stored } = this.subscription;
    if (fromMs >= toMs) return;
    for await (const piece of inWords(
      source.getBars({ symbol, timeframe, fromMs, toMs, signal: this.options.signal }),
    )) {
      this.options.signal?.throwIfAborted();
      const { bars, outside } = usableBars({ ...piece, symbol: stored, source: name }, this.calendar, this.startMs);
      this.counts.outside += outside;
      this.counts.fetched += bars.openTimeMs.length;
      if (bars.openTimeMs.length > 0) this.chunk.push(bars);
      this.chunkSize += bars.openTimeMs.length;
      if (this.chunkSize >= (this.deps.chunkBars ?? CHUNK_BARS)) await this.flush();
    }
  }

  /** Writes what was taken; everything or nothing, and nothing without the claim. */
  private async flush(): Promise<void> {
    if (this.chunk.length === 0) return;
    const bars = mergeBars(this.chunk);
    const { market, synthetic, mayCorrect } = this.subscription;
    const written = await this.deps.transaction(async (query) => {
      await this.hold(query);
      const store = this.market(query);
      const series = await this.series(query);
      if (series !== null && series.lastOpenMs !== null) {
        requireSameKind(series, bars, series.adjusted && (await store.hasActions(series)));
      }
      const allowed = mayCorrect || series === null ? { bars, withheld: 0 } : await addedOnly(store, series, bars);
      const counts = { inserted: 0, updated: 0, withheld: allowed.withheld, newest: null, keep: async () => undefined };
      if (allowed.bars.openTimeMs.length === 0) return counts;
      const write = { id: newId(), market, synthetic, bars: allowed.bars, adjFactor: null, nowMs: Date.now() };
      const { inserted, updated, stored, keep, ...now } = await store.importBars({ ...write, addOnly: !mayCorrect });
      // the store has just read all of them for their fingerprint
      const newest = inserted + updated > 0 ? { series: now.series, bars: await stored() } : null;
      return { ...counts, inserted, updated, newest, keep };
    });
    await written.keep();
    await analyseBars(this.deps.query, written);
    this.newest = written.newest ?? this.newest;
    this.counts.inserted += written.inserted;
    this.counts.corrected += written.updated;
    this.counts.withheld += written.withheld;
    this.chunk.length = 0;
    this.chunkSize = 0;
  }

  /** The quality report of what is stored now, which promotion asks for: made outside of any transaction. */
  private async judge(): Promise<void> {
    const newest = this.newest ?? (await this.unjudged());
    this.newest = null;
    if (newest === null) return;
    const { id: seriesId, fingerprint } = newest.series;
    const bars = await this.market().judged(newest.series, newest.bars);
    const noticed = await new QualityStore(this.deps.query).noticed(seriesId);
    const report = await this.deps.judge(bars, this.subscription.market, noticed);
    if (report === null) return;
    const splits = report.warnings.filter(({ code }) => code === 'possible_split');
    if (splits.length > 0) this.counts.warnings = splits.map(({ message }) => message);
    await this.deps.transaction(async (query) => {
      await this.hold(query);
      // who has changed the bars since judges them
      if (fingerprint === null || (await this.series(query))?.fingerprint !== fingerprint) return;
      await new QualityStore(query).save({ id: newId(), seriesId, fingerprint, report, nowMs: Date.now() });
    });
  }

  /** Bars whose refresh was cut off before its report; null where there is a report. */
  private async unjudged(): Promise<SeriesBars | null> {
    const series = await this.series();
    if (series === null || series.fingerprint === null) return null;
    const report = await new QualityStore(this.deps.query).ofSeries(series.id);
    return report === null ? this.market().versionOf(series) : null;
  }

  private async hold(query: Query): Promise<void> {
    const isKept = await new SubscriptionStore(query).keep(
      this.subscription.id,
      this.claim,
      this.deps.claimMs ?? CLAIM_MS,
    );
    if (!isKept) throw new ClaimLost();
  }

  private async overlapBegin(series: Series): Promise<number> {
    const { overlapBars, firstBarMs } = this.subscription;
    const begin = overlapBars > 0 ? await this.market().beginOfLast(series, {}, overlapBars) : null;
    return Math.max(begin ?? series.lastOpenMs! + 1, firstBarMs);
  }

  private market(query: Query = this.deps.query): MarketStore {
    return new MarketStore(query, undefined, this.deps.cache);
  }

  private series(query?: Query): Promise<Series | null> {
    const { source, symbol, timeframe } = this.subscription;
    return this.market(query).findSeries({ source, symbol, timeframe });
  }
}
