import { NO_MODEL, type TrainModelPayload, type TrainedModel } from '@assay/contracts';
import { modelPlan } from '@assay/domain';
import { inTurn, Outbox, Transactions } from '@assay/persistence';
import { type FittedModel } from '@assay/pipeline';
import { JobHandler, type JobContext, type JobRunner } from '@assay/platform';
import { barsFingerprint, refuse } from '@assay/primitives';
import { newId } from '@assay/primitives/ids';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Artifacts } from '../artifacts/artifacts';
import { MarketData } from '../data/market-data';
import { indexRange } from '../data/time-range';
import { FeatureStore } from '../records/definitions/feature.store';
import { ModelStore } from '../records/definitions/model.store';
import { Compute, documentOfFeatures } from '../runs/compute';
import { featureSpec, modelSpec } from '../recipes/compose-recipe';
import type { ModelArtifactEntity } from '../records/model-artifacts/model-artifact.entity';
import { artifactRef, ModelArtifactStore } from '../records/model-artifacts/model-artifact.store';
import { ModelWriteBack } from './model-write-back';

@JobHandler('model.train')
@Injectable()
export class TrainModel implements JobRunner<TrainModelPayload, TrainedModel> {
  constructor(
    private readonly db: DataSource,
    private readonly tx: Transactions,
    private readonly outbox: Outbox,
    private readonly market: MarketData,
    private readonly artifacts: Artifacts,
    private readonly compute: Compute,
    private readonly writeBack: ModelWriteBack,
    private readonly models: ModelStore,
    private readonly fits: ModelArtifactStore,
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
    const { bars } = await this.market.load(series);
    const train = indexRange(bars.openTimeMs, payload.start, payload.end);
    const document = { ...documentOfFeatures(inputs.map(featureSpec), bars), model: plan };
    await ctx.progress(0.2, 'bars loaded');
    const fitted = await this.compute.run(
      'fitModel',
      { document, bars, train, folds: payload.folds },
      { signal: ctx.signal },
    );
    await ctx.progress(0.8, 'fitted');
    const { metrics } = fitted;
    const { uri, sha256 } = await this.artifacts.put(fitted.bytes);
    return this.tx.run(async (manager) => {
      const row = await this.store(manager, ownerId, payload, fitted, {
        uri,
        sha256,
        metrics,
        dataFingerprint: barsFingerprint(bars, 0, train[1]),
        trainStart: new Date(bars.openTimeMs[train[0]]!),
      });
      const artifact = artifactRef(row);
      const strategy = payload.strategy_id ? await this.writeBack.apply(manager, ownerId, payload, artifact) : null;
      await this.outbox.publish(manager, {
        type: 'model.trained',
        aggregateId: payload.model_id,
        actor: ownerId,
        data: {
          model_id: payload.model_id,
          owner_id: ownerId,
          strategy_id: payload.strategy_id,
          revision: payload.revision,
          artifact_sha256: sha256,
        },
      });
      return {
        model_id: payload.model_id,
        artifact_id: row.id,
        artifact_uri: uri,
        artifact_sha256: sha256,
        train_end: artifact.train_end!,
        metrics,
        strategy,
      };
    });
  }

  private async store(
    em: EntityManager,
    ownerId: string,
    payload: TrainModelPayload,
    fitted: FittedModel,
    fit: Pick<ModelArtifactEntity, 'uri' | 'sha256' | 'metrics' | 'dataFingerprint' | 'trainStart'>,
  ): Promise<ModelArtifactEntity> {
    const row: ModelArtifactEntity = {
      id: newId(),
      ownerId,
      modelId: payload.model_id,
      modelRevision: payload.revision,
      modelHash: payload.hash,
      source: payload.source,
      symbol: payload.symbol,
      timeframe: payload.timeframe,
      trainEnd: new Date(fitted.trainEnd),
      createdAt: new Date(),
      ...fit,
    };
    await this.fits.insert(em, row);
    await this.models.attachArtifact(em, ownerId, payload.model_id, row.id);
    return row;
  }
}
