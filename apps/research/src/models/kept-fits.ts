import type { TrainedModel, TrainModelPayload } from '@assay/contracts';
import { Outbox } from '@assay/persistence';
import { newId } from '@assay/primitives/ids';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ModelStore } from '../records/definitions/model.store';
import type { ModelArtifactEntity } from '../records/model-artifacts/model-artifact.entity';
import { artifactRef, ModelArtifactStore } from '../records/model-artifacts/model-artifact.store';
import { ModelWriteBack } from './model-write-back';

/** Which revision of a model it is, on which bars, and for which strategy. */
export type FitTarget = Omit<TrainModelPayload, 'start' | 'end' | 'folds'>;
export type Fit = Pick<
  ModelArtifactEntity,
  'uri' | 'sha256' | 'metrics' | 'folds' | 'dataFingerprint' | 'trainStart' | 'trainEnd'
>;

/** Keeps a fitted model, fitted here or brought along: its row, the strategy that it was meant for, and the event. */
@Injectable()
export class KeptFits {
  constructor(
    private readonly outbox: Outbox,
    private readonly writeBack: ModelWriteBack,
    private readonly models: ModelStore,
    private readonly fits: ModelArtifactStore,
  ) {}

  async keep(em: EntityManager, ownerId: string, target: FitTarget, fit: Fit): Promise<TrainedModel> {
    const { model_id: modelId, revision, hash, source, symbol, timeframe, strategy_id: strategyId } = target;
    const row: ModelArtifactEntity = {
      ...{ id: newId(), ownerId, modelId, modelRevision: revision, modelHash: hash },
      ...{ source, symbol, timeframe, createdAt: new Date(), ...fit },
    };
    await this.fits.insert(em, row);
    await this.models.attachArtifact(em, ownerId, modelId, row.id);
    const artifact = artifactRef(row);
    const strategy = strategyId ? await this.writeBack.apply(em, ownerId, target, artifact) : null;
    await this.outbox.publish(em, {
      type: 'model.trained',
      aggregateId: modelId,
      actor: ownerId,
      data: {
        model_id: modelId,
        owner_id: ownerId,
        strategy_id: strategyId,
        revision,
        artifact_sha256: fit.sha256,
      },
    });
    return {
      model_id: modelId,
      artifact_id: row.id,
      artifact_uri: fit.uri,
      artifact_sha256: fit.sha256,
      train_end: artifact.train_end!,
      metrics: fit.metrics,
      ...(fit.folds ? { folds: fit.folds } : {}),
      strategy,
    };
  }
}
