import type { GenerateFeaturePayload, GeneratedDataset, Warning } from '@assay/contracts';
import { Transactions } from '@assay/persistence';
import { calendarWarnings, featureHash, featureRuntimes } from '@assay/pipeline';
import { JobHandler, type JobContext, type JobRunner } from '@assay/platform';
import { barsFingerprint } from '@assay/primitives';
import { newId } from '@assay/primitives/ids';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Artifacts } from '../artifacts/artifacts';
import { MarketData } from '../data/market-data';
import { indexRange } from '../data/time-range';
import { Compute } from '../runs/compute';
import { LockedBars } from '../runs/locked-bars';
import type { DatasetEntity } from '../records/datasets/dataset.entity';
import { DatasetStore } from '../records/datasets/dataset.store';
import { FeatureStore } from '../records/definitions/feature.store';
import type { FeatureContent } from '../recipes/feature-content';
import { noValues, summaryOf } from './dataset-summary';
import type { StoredDataset } from '../data/threads/dataset-profile';

const PREVIEW_ROWS = 10;

@JobHandler('feature.generate')
@Injectable()
export class GenerateFeature implements JobRunner<GenerateFeaturePayload, GeneratedDataset> {
  constructor(
    private readonly db: DataSource,
    private readonly tx: Transactions,
    private readonly market: MarketData,
    private readonly locked: LockedBars,
    private readonly artifacts: Artifacts,
    private readonly compute: Compute,
    private readonly features: FeatureStore,
    private readonly datasets: DatasetStore,
  ) {}

  /** The column is computed over the full history; `start` and `end` cut what is kept. Same hash: the stored one is used. */
  async run(ctx: JobContext<GenerateFeaturePayload>): Promise<GeneratedDataset> {
    const { payload } = ctx;
    const em = this.db.manager;
    const ownerId = ctx.ownerId!;
    const content = await this.contentOf(ownerId, payload);
    const reads: FeatureContent[] = [];
    for (const read of payload.reads ?? []) reads.push(await this.contentOf(ownerId, read));
    const series = await this.market.requireSeries(payload.source, payload.symbol, payload.timeframe);
    const { bars } = await this.locked.cut(em, ownerId, await this.market.load(series));
    const [from, to] = indexRange(bars.openTimeMs, payload.start, payload.end);
    const [startAt, endAt] = [new Date(bars.openTimeMs[from]!), new Date(bars.openTimeMs[to - 1]!)];
    const fingerprints = { bars: barsFingerprint(bars, 0, to) };
    const hash = featureHash({
      plugin: content.plugin,
      version: content.plugin_version,
      params: content.params,
      reads,
      symbol: series.symbol,
      timeframe: series.timeframe,
      start: startAt.toISOString(),
      end: endAt.toISOString(),
      fingerprints,
    });
    await ctx.progress(0.3, 'bars loaded');
    const specs = [...reads, content].map((one) => ({ pin: null, ...one }));
    const kept = { timeframe: series.timeframe, openTimeMs: bars.openTimeMs.subarray(from, to) };
    const known = await this.datasets.findByHash(em, ownerId, hash);
    if (known) {
      const stored = await this.artifacts.getValue<StoredDataset>(known.uri);
      return answer(known, stored, true, calendarWarnings(specs, kept));
    }
    featureRuntimes(specs, series.timeframe);
    const column = await this.compute.column(specs, bars, ctx.signal);
    const stored: StoredDataset = { openTimeMs: bars.openTimeMs.slice(from, to), values: column.slice(from, to) };
    const { uri } = await this.artifacts.putValue(stored);
    const made: DatasetEntity = {
      id: newId(),
      ownerId,
      featureId: payload.feature_id,
      featureRevision: payload.revision,
      hash,
      source: series.source,
      symbol: series.symbol,
      timeframe: series.timeframe,
      startAt,
      endAt,
      rows: to - from,
      uri,
      fingerprints,
      createdAt: new Date(),
    };
    const row = await this.tx.run((manager) => this.datasets.keep(manager, made));
    return answer(row, stored, false, calendarWarnings(specs, kept));
  }

  /** @throws DomainError `not_found` for what is not the owner's. */
  private async contentOf(
    ownerId: string,
    { feature_id: id, revision }: Pick<GenerateFeaturePayload, 'feature_id' | 'revision'>,
  ): Promise<FeatureContent> {
    const em = this.db.manager;
    await this.features.find(em, ownerId, id);
    const [pinned] = await this.features.revisionsOf(em, id, 1, revision - 1);
    return pinned!.content;
  }
}

function answer(
  row: DatasetEntity,
  { openTimeMs, values }: StoredDataset,
  reused: boolean,
  warnings: Warning[],
): GeneratedDataset {
  const first = Math.max(0, values.length - PREVIEW_ROWS);
  const summary = summaryOf(values);
  return {
    dataset_id: row.id,
    hash: row.hash,
    rows: row.rows,
    reused,
    preview: Array.from(values.subarray(first), (value, i) => ({
      time: new Date(openTimeMs[first + i]!).toISOString(),
      value: Number.isNaN(value) ? null : value,
    })),
    summary,
    warnings: [...warnings, ...noValues(summary)],
  };
}
