import type { Timeframe, TrialOrigin } from '@assay/contracts';
import { decodeTrialSeries, sharpePerBar, type TrialSeries } from '@assay/pipeline';
import { notFound } from '@assay/primitives';
import { newId } from '@assay/primitives/ids';
import { Injectable } from '@nestjs/common';
import { In, type EntityManager, type SelectQueryBuilder } from 'typeorm';
import { TAGGED_IDS } from '../annotations/selected-ids';
import { barsBefore, holdoutLocked } from '../holdouts/holdout-locked';
import { HoldoutStore } from '../holdouts/holdout.store';
import { directionOf, LIST_ORDERS, type PageRead } from '../list-page';
import type { DataPin } from '../market/data-pin';
import type { StrategyEntity } from '../strategies/strategy.entity';
import { columnHash, packColumn, packColumns, sharedColumns, unpackColumn } from './return-series';
import { TrialEntity } from './trial.entity';

export interface TriedConfiguration {
  /** Of a new trial; one that was tried before keeps its own. Default: a new one. */
  id?: string;
  configHash: string;
  params: Record<string, unknown>;
  metrics: Record<string, number | null>;
  returns: Float64Array;
}

/** Configurations tried over the same bars. */
export interface TrialBatch {
  origin: TrialOrigin;
  /** Ascending; every series has one return per time. */
  openTimeMs: Float64Array;
  trials: readonly TriedConfiguration[];
}

/** Which of an owner's trials. */
export interface TrialFilter
  extends Pick<TrialEntity, 'ownerId'>, Partial<Pick<TrialEntity, 'lineageId' | 'origin' | 'symbol' | 'timeframe'>> {
  /** The run that tried it last. */
  jobId?: string;
  /** First tried within, inclusive. */
  since?: Date;
  until?: Date;
}

export const TRIAL_ORDERS = [...LIST_ORDERS, 'best', 'worst'] as const;
/** By when they were first tried, or by their Sharpe ratio a bar; those without one come last. */
export type TrialOrder = (typeof TRIAL_ORDERS)[number];

export interface TrialPage extends Omit<PageRead, 'order'> {
  order?: TrialOrder;
  tag?: string;
}

export interface LedgerOutline {
  origins: { origin: TrialOrigin; trials: number }[];
  bars: { source: string; symbol: string; timeframe: string; trials: number }[];
  /** Ascending; days without a new trial are left out. */
  days: LedgerDay[];
}

/** A day (UTC) on which trials were first made. */
export interface LedgerDay {
  day: string;
  /** Of that day. */
  trials: number;
  /** Up to that day and with it. */
  total: number;
}

export type NewTrial = Omit<TrialBatch, 'trials'> & TriedConfiguration;

const UPSERT = `
  INSERT INTO research.trial AS t (id, owner_id, lineage_id, strategy_id, origin, source, symbol, timeframe,
    data_fingerprint, job_id, axis_sha256, observations, config_hash, params, metrics, sharpe_per_bar, series,
    created_at, updated_at)
  SELECT u.id, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, u.config_hash, u.params::jsonb, u.metrics::jsonb, u.sharpe,
    substring($12::bytea FROM u.at FOR u.size), now(), now()
  FROM unnest($13::uuid[], $14::text[], $15::text[], $16::text[], $17::float8[], $18::integer[], $19::integer[])
    AS u (id, config_hash, params, metrics, sharpe, at, size)
  ON CONFLICT (owner_id, lineage_id, config_hash) DO UPDATE SET source = excluded.source, symbol = excluded.symbol,
    timeframe = excluded.timeframe, data_fingerprint = excluded.data_fingerprint, metrics = excluded.metrics,
    observations = excluded.observations, sharpe_per_bar = excluded.sharpe_per_bar, series = excluded.series,
    axis_sha256 = excluded.axis_sha256, updated_at = excluded.updated_at`;

/** Series in the memory at once while the ledger is read. */
const PAGE = 500;
/** Of packed bytes that are kept beside the numbers: those of some thousands of trials. */
const MOST_PACKED = 2 ** 26;
const NO_ID = '00000000-0000-0000-0000-000000000000';

/** A trial with the bars that it was made on. */
export interface LedgerTrial extends TrialSeries {
  source: string;
  symbol: string;
  timeframe: string;
}

interface StoredSeries extends Pick<LedgerTrial, 'source' | 'symbol' | 'timeframe'> {
  id: string;
  config_hash: string;
  series: Buffer;
  axis_sha256: string | null;
  observations: number;
}

/**
 * Counts what was tried. One trial per distinct config hash of an owner's lineage; trying it again, on longer or
 * corrected bars or with another engine, replaces its series and adds none.
 */
@Injectable()
export class TrialLedger {
  constructor(private readonly holdouts: HoldoutStore) {}

  async record(
    em: EntityManager,
    strategy: Pick<StrategyEntity, 'id' | 'ownerId' | 'lineageId'>,
    data: DataPin,
    jobId: string | null,
    { origin, openTimeMs, ...trial }: NewTrial,
  ): Promise<void> {
    await this.recordAll(em, strategy, data, jobId, { origin, openTimeMs, trials: [trial] });
  }

  /** One statement for the whole batch. Of trials with the same hash the first is recorded. */
  async recordAll(
    em: EntityManager,
    { id: strategyId, ownerId, lineageId }: Pick<StrategyEntity, 'id' | 'ownerId' | 'lineageId'>,
    { source, symbol, timeframe, fingerprint, series }: DataPin,
    jobId: string | null,
    { origin, openTimeMs, trials }: TrialBatch,
  ): Promise<void> {
    const distinct = new Map<string, TriedConfiguration>();
    for (const trial of trials) if (!distinct.has(trial.configHash)) distinct.set(trial.configHash, trial);
    // Always in the same order, so that two batches with common trials wait for one another and never in a circle.
    const rows = [...distinct.values()].sort((a, b) => (a.configHash < b.configHash ? -1 : 1));
    if (rows.length === 0) return;
    const symbols = series?.map((one) => one.symbol) ?? [symbol];
    await this.assertUnlocked(em, ownerId, symbols, openTimeMs, timeframe as Timeframe);
    const packed = await packColumns(rows.map(({ returns }) => returns));
    // After the packing, since other batches over the same bars wait for this row until the transaction ends.
    const axis = await this.axisOf(em, openTimeMs);
    const sizes = packed.map(({ length }) => length);
    let end = 1;
    const starts = sizes.map((size) => (end += size) - size);
    await em.query(UPSERT, [
      ownerId,
      lineageId,
      strategyId,
      origin,
      source,
      symbol,
      timeframe,
      fingerprint,
      jobId,
      axis,
      openTimeMs.length,
      Buffer.concat(packed),
      rows.map(({ id }) => id ?? newId()),
      rows.map(({ configHash }) => configHash),
      rows.map(({ params }) => JSON.stringify(params)),
      rows.map(({ metrics }) => JSON.stringify(metrics)),
      rows.map(({ returns }) => sharpePerBar(returns)),
      starts,
      sizes,
    ]);
  }

  /** What read its bars before they were locked is not kept after. @throws DomainError 409 `holdout_locked` */
  private async assertUnlocked(
    em: EntityManager,
    ownerId: string,
    symbols: readonly string[],
    openTimeMs: Float64Array,
    timeframe: Timeframe,
  ): Promise<void> {
    await this.holdouts.hold(em, ownerId, 'read');
    const holdout = await this.holdouts.openOn(em, ownerId, symbols);
    if (holdout && barsBefore(openTimeMs, timeframe, holdout.fromAt.getTime()) < openTimeMs.length)
      throw holdoutLocked(holdout);
  }

  /** Open time of the last bar that a trial of the owner has scored of one of the symbols; null where none has. */
  async lastScored(em: EntityManager, ownerId: string, symbols: readonly string[]): Promise<number | null> {
    const of = `FROM research.trial t WHERE t.owner_id = $1 AND (t.symbol = ANY($2::text[]) OR EXISTS (
      SELECT FROM research.strategy_revision r WHERE r.strategy_id = t.strategy_id AND r.recipe -> 'universe' ?| $2::text[]))`;
    const axes: { bars: number; open_times: Buffer }[] = await em.query(
      `SELECT bars, open_times FROM research.trial_axis WHERE sha256 IN (SELECT t.axis_sha256 ${of})`,
      [ownerId, symbols],
    );
    const own: { series: Buffer }[] = await em.query(`SELECT t.series ${of} AND t.axis_sha256 IS NULL`, [
      ownerId,
      symbols,
    ]);
    const ends = [
      ...axes.map(({ bars, open_times: times }) => unpackColumn(times, bars)),
      ...own.map(({ series }) => decodeTrialSeries(series).openTimeMs),
    ].flatMap((times) => times.at(-1) ?? []);
    return ends.length === 0 ? null : Math.max(...ends);
  }

  private async axisOf(em: EntityManager, openTimeMs: Float64Array): Promise<string> {
    const sha256 = columnHash(openTimeMs);
    await em.query(
      `INSERT INTO research.trial_axis (sha256, bars, open_times) VALUES ($1, $2, $3) ON CONFLICT (sha256) DO NOTHING`,
      [sha256, openTimeMs.length, packColumn(openTimeMs)],
    );
    return sha256;
  }

  /** All trials of the lineage, oldest first, in memory that threads share; those over the same bars share the array of their times. */
  async series(em: EntityManager, ownerId: string, lineageId: string): Promise<LedgerTrial[]> {
    const axes = new Map<string, Float64Array>();
    const all: LedgerTrial[] = [];
    let packedBytes = 0;
    for (let after = NO_ID; ;) {
      const page: StoredSeries[] = await em.query(
        `SELECT id, config_hash, source, symbol, timeframe, series, axis_sha256, observations FROM research.trial
         WHERE owner_id = $1 AND lineage_id = $2 AND id > $3 ORDER BY id LIMIT ${PAGE}`,
        [ownerId, lineageId, after],
      );
      packedBytes += page.reduce((sum, { series }) => sum + series.length, 0);
      const trials = await this.decode(em, page, axes);
      all.push(...(packedBytes > MOST_PACKED ? trials.map(({ deflated: _, ...trial }) => trial) : trials));
      if (page.length < PAGE) return all;
      after = page.at(-1)!.id;
    }
  }

  /** Series of some of the owner's trials, in no order; ids that are not there are left out. */
  async seriesOf(em: EntityManager, ownerId: string, ids: readonly string[]): Promise<Map<string, TrialSeries>> {
    const rows: StoredSeries[] = await em.query(
      `SELECT id, config_hash, source, symbol, timeframe, series, axis_sha256, observations FROM research.trial
       WHERE owner_id = $1 AND id = ANY($2::uuid[])`,
      [ownerId, ids],
    );
    const series = await this.decode(em, rows, new Map());
    return new Map(rows.map(({ id }, i) => [id, series[i]!]));
  }

  /** @param axes those read so far, by hash; those that are missing are added */
  private async decode(
    em: EntityManager,
    rows: readonly StoredSeries[],
    axes: Map<string, Float64Array>,
  ): Promise<LedgerTrial[]> {
    const missing = new Set(rows.map((row) => row.axis_sha256).filter((hash) => hash !== null && !axes.has(hash)));
    if (missing.size > 0) {
      const found: { sha256: string; bars: number; open_times: Buffer }[] = await em.query(
        `SELECT sha256, bars, open_times FROM research.trial_axis WHERE sha256 = ANY($1::text[])`,
        [[...missing]],
      );
      const times = sharedColumns(found.map(({ bars }) => bars));
      found.forEach(({ sha256, bars, open_times }, i) => axes.set(sha256, unpackColumn(open_times, bars, times[i])));
    }
    const columns = sharedColumns(rows.map(({ observations }) => observations));
    return rows.map(
      ({ config_hash: configHash, series, axis_sha256: axis, observations, source, symbol, timeframe }, i) => {
        const bars = { source, symbol, timeframe };
        if (axis === null) return { configHash, ...bars, ...decodeTrialSeries(series) };
        const returns = unpackColumn(series, observations, columns[i]);
        return { configHash, ...bars, openTimeMs: axes.get(axis)!, returns, deflated: series };
      },
    );
  }

  /** Trials without their series. */
  async list(em: EntityManager, filter: TrialFilter, page: TrialPage): Promise<TrialEntity[]> {
    const { order = 'oldest', limit, cursor, tag } = page;
    const chosen = selected(em, filter).take(limit);
    if (tag !== undefined)
      chosen.andWhere(`t.id IN (${TAGGED_IDS})`, {
        taggedOwner: filter.ownerId,
        taggedKind: 'experiment',
        taggedBy: tag,
      });
    if (order === 'oldest' || order === 'newest') {
      if (cursor !== undefined) chosen.andWhere(`t.id ${order === 'newest' ? '<' : '>'} :cursor`, { cursor });
      return chosen.orderBy('t.id', directionOf(order)).getMany();
    }
    // trials of the same figure stand in the order in which they were made
    const rank = order === 'best' ? `-coalesce(t.sharpePerBar, '-Infinity')` : `coalesce(t.sharpePerBar, 'Infinity')`;
    if (cursor !== undefined) {
      const [from] = await this.find(em, filter.ownerId, [cursor]);
      const at = order === 'best' ? -(from!.sharpePerBar ?? -Infinity) : (from!.sharpePerBar ?? Infinity);
      chosen.andWhere(`(${rank}, t.id) > (:at::float8, :cursor::uuid)`, { at, cursor });
    }
    return chosen.addSelect(rank, 'rank').orderBy('rank', 'ASC').addOrderBy('t.id', 'ASC').getMany();
  }

  /** Names of all metrics that the trials have. */
  async metricNames(em: EntityManager, filter: TrialFilter): Promise<string[]> {
    const rows: { name: string }[] = await selected(em, filter)
      .select('DISTINCT jsonb_object_keys(t.metrics) COLLATE "C"', 'name')
      .orderBy('name')
      .getRawMany();
    return rows.map(({ name }) => name);
  }

  /** How many trials a lineage has by origin, by bars, and by the day (UTC) on which each was first tried. */
  async outline(em: EntityManager, ownerId: string, lineageId: string): Promise<LedgerOutline> {
    const of = [ownerId, lineageId];
    const by = <Row>(columns: string): Promise<(Row & { trials: number })[]> =>
      em.query(
        `SELECT ${columns}, count(*)::int AS trials FROM research.trial WHERE owner_id = $1 AND lineage_id = $2
         GROUP BY ${columns} ORDER BY ${columns}`,
        of,
      );
    const days: Omit<LedgerDay, 'total'>[] = await em.query(
      `SELECT to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS day, count(*)::int AS trials
       FROM research.trial WHERE owner_id = $1 AND lineage_id = $2 GROUP BY day ORDER BY day`,
      of,
    );
    let total = 0;
    const counted = days.map(({ day, trials }) => ({ day, trials, total: (total += trials) }));
    return { origins: await by('origin'), bars: await by('source, symbol, timeframe'), days: counted };
  }

  /** Jobs of the sweeps and tunings that brought trials to a lineage, those of the newest trials first. */
  async sweepsOf(em: EntityManager, ownerId: string, lineageId: string): Promise<string[]> {
    const rows: { job_id: string }[] = await em.query(
      `SELECT job_id FROM research.trial WHERE owner_id = $1 AND lineage_id = $2 AND origin IN ('sweep', 'tuning')
         AND job_id IS NOT NULL
       GROUP BY job_id ORDER BY max(created_at) DESC, job_id`,
      [ownerId, lineageId],
    );
    return rows.map(({ job_id: id }) => id);
  }

  /** Trials without their series, in the order of the ids. @throws DomainError `not_found` for the first that is not the owner's. */
  async find(em: EntityManager, ownerId: string, ids: readonly string[]): Promise<TrialEntity[]> {
    const found = await em.find(TrialEntity, { where: { ownerId, id: In([...ids]) } });
    const byId = new Map(found.map((row) => [row.id, row]));
    return ids.map((id) => {
      const row = byId.get(id);
      if (!row) throw notFound('experiment', id);
      return row;
    });
  }

  async count(em: EntityManager, ownerId: string, lineageId: string): Promise<number> {
    return em.count(TrialEntity, { where: { ownerId, lineageId } });
  }

  /** Over all lineages of the owner; a configuration tried in two lineages counts once. */
  async ownerTrialsOn(em: EntityManager, ownerId: string, symbol: string, timeframe: string): Promise<number> {
    const [{ count }] = (await em.query(
      `SELECT count(DISTINCT config_hash)::int AS count FROM research.trial WHERE owner_id = $1 AND symbol = $2 AND timeframe = $3`,
      [ownerId, symbol, timeframe],
    )) as [{ count: number }];
    return count;
  }
}

function selected(em: EntityManager, filter: TrialFilter): SelectQueryBuilder<TrialEntity> {
  const { since, until, ...equal } = filter;
  const chosen = em.createQueryBuilder(TrialEntity, 't').where('TRUE');
  for (const [name, value] of Object.entries(equal)) {
    if (value !== undefined) chosen.andWhere(`t.${name} = :${name}`, { [name]: value });
  }
  if (since !== undefined) chosen.andWhere('t.createdAt >= :since', { since });
  if (until !== undefined) chosen.andWhere('t.createdAt <= :until', { until });
  return chosen;
}
