import { NO_MODEL, type TrainModelPayload, type TrainedModel } from '@assay/contracts';
import { modelPlan } from '@assay/domain';
import { inTurn, Transactions } from '@assay/persistence';
import { JobHandler, type JobContext, type JobRunner } from '@assay/platform';
import { barsFingerprint, refuse } from '@assay/primitives';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Artifacts } from '../artifacts/artifacts';
import { MarketData } from '../data/market-data';
import { indexRange } from '../data/time-range';
import { FeatureStore } from '../records/definitions/feature.store';
import { ModelStore } from '../records/definitions/model.store';
import { Compute, documentOfFeatures } from '../runs/compute';
import { featureSpec, modelSpec } from '../recipes/compose-recipe';
import { LockedBars } from '../runs/locked-bars';
import { KeptFits } from './kept-fits';

@JobHandler('model.train')
@Injectable()
export class TrainModel implements JobRunner<TrainModelPayload, TrainedModel> {
  constructor(
    private readonly db: DataSource,
    private readonly tx: Transactions,
    private readonly market: MarketData,
    private readonly locked: LockedBars,
    private readonly artifacts: Artifacts,
    private readonly compute: Compute,
    private readonly kept: KeptFits,
    private readonly models: ModelStore,
    private readonly features: FeatureStore,
  ) {}

  async run(ctx: JobContext<TrainModelPayload>): Promise<TrainedModel> {
    const { payload } = ctx;
    const em = this.db.manager;
    const ownerId = ctx.ownerId!;
    await this.models.find(em, ownerId, payload.model_id);
    const pin = { id: payload.model_id, revision: payload.revision, hash: payload.hash };
    const pinned = await this.models.pinned(em, pin);
    const content = modelPlan(pinned.content);
    const plan = modelPlan(modelSpec(pinned));
    if (!content || !plan) throw refuse('not_ready', `${NO_MODEL} has nothing to fit`);
    const inputs = await inTurn(content.inputs, (input) => this.features.pinned(em, input.pin));
    const series = await this.market.requireSeries(payload.source, payload.symbol, payload.timeframe);
    const { bars } = await this.locked.cut(em, ownerId, await this.market.load(series));
    const train = indexRange(bars.openTimeMs, payload.start, payload.end);
    const document = { ...documentOfFeatures(inputs.map(featureSpec), bars), model: plan };
    await ctx.progress(0.2, 'bars loaded');
    const fitted = await this.compute.run(
      'fitModel',
      { document, bars, train, folds: payload.folds },
      { signal: ctx.signal },
    );
    await ctx.progress(0.8, 'fitted');
    const { uri, sha256 } = await this.artifacts.put(fitted.bytes);
    const fit = {
      ...{ uri, sha256, metrics: fitted.metrics, folds: fitted.folds ?? null },
      dataFingerprint: barsFingerprint(bars, 0, train[1]),
      trainStart: new Date(bars.openTimeMs[train[0]]!),
      trainEnd: new Date(fitted.trainEnd),
    };
    return this.tx.run((manager) => this.kept.keep(manager, ownerId, payload, fit));
  }
}
