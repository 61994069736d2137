import type { ArtifactRef, ModelFold } from '@assay/contracts';
import { modelPlan } from '@assay/domain';
import { insertRow } from '@assay/persistence';
import { Injectable } from '@nestjs/common';
import { In, MoreThan, type EntityManager } from 'typeorm';
import type { Recipe } from '../../recipes/recipe';
import { ModelArtifactEntity } from './model-artifact.entity';

export type ModelArtifactOrigin = Pick<
  ModelArtifactEntity,
  'id' | 'modelId' | 'modelRevision' | 'sha256' | 'trainStart' | 'trainEnd' | 'dataFingerprint'
>;

export const artifactRef = ({
  uri,
  sha256,
  trainEnd,
}: Pick<ModelArtifactEntity, 'uri' | 'sha256' | 'trainEnd'>): ArtifactRef => ({
  uri,
  sha256,
  train_end: trainEnd.toISOString(),
});

@Injectable()
export class ModelArtifactStore {
  async insert(em: EntityManager, row: ModelArtifactEntity): Promise<void> {
    await insertRow(em, ModelArtifactEntity, row);
  }

  /** The newest fit of exactly this recipe's model content on bars of the owner's symbol, if there is one. */
  async newestFor(
    em: EntityManager,
    { ownerId, source }: { ownerId: string; source: string | null },
    { model, universe, timeframe }: Pick<Recipe, 'model' | 'universe' | 'timeframe'>,
  ): Promise<ArtifactRef | null> {
    const pin = model && modelPlan(model)?.pin;
    if (!pin) return null;
    const { id: modelId, hash: modelHash } = pin;
    const own = { ownerId, modelId, modelHash, symbol: universe[0], timeframe };
    const row = await em.findOne(ModelArtifactEntity, {
      where: source === null ? own : { ...own, source },
      order: { createdAt: 'DESC' },
    });
    return row && artifactRef(row);
  }

  /** Sources of the bars that a model of these bytes was fitted on. */
  async sourcesOf(em: EntityManager, ownerId: string, modelId: string, sha256: string): Promise<string[]> {
    const rows = await em.find(ModelArtifactEntity, { select: { source: true }, where: { ownerId, modelId, sha256 } });
    return rows.map(({ source }) => source);
  }

  /** The owner's artifacts of which later bars than these are known to be seen, the latest first. */
  trainedAfter(em: EntityManager, ownerId: string, trainEnd: Date): Promise<ModelArtifactEntity[]> {
    const where = { ownerId, trainEnd: MoreThan(trainEnd) };
    return em.find(ModelArtifactEntity, { where, order: { trainEnd: 'DESC' } });
  }

  /** How a fit was judged part by part; null where that was not kept. */
  async foldsOf(em: EntityManager, id: string): Promise<ModelFold[] | null> {
    const row = await em.findOne(ModelArtifactEntity, { select: { id: true, folds: true }, where: { id } });
    return row?.folds ?? null;
  }

  findByIds(em: EntityManager, ids: readonly string[]): Promise<ModelArtifactEntity[]> {
    return ids.length === 0 ? Promise.resolve([]) : em.findBy(ModelArtifactEntity, { id: In([...ids]) });
  }

  /** The owner's artifacts, the lowest log loss on the training rows first; those without one last. */
  leaders(em: EntityManager, ownerId: string, limit: number): Promise<ModelArtifactEntity[]> {
    return em
      .createQueryBuilder(ModelArtifactEntity, 'a')
      .where('a.ownerId = :ownerId', { ownerId })
      .orderBy(`a.metrics ->> 'log_loss' IS NULL`)
      .addOrderBy(`(a.metrics ->> 'log_loss')::float8`)
      .limit(limit)
      .getMany();
  }

  /** What artifacts of a model were fitted on, oldest first. */
  originsOf(em: EntityManager, ownerId: string, modelId: string): Promise<ModelArtifactOrigin[]> {
    return em.find(ModelArtifactEntity, {
      select: {
        id: true,
        modelId: true,
        modelRevision: true,
        sha256: true,
        trainStart: true,
        trainEnd: true,
        dataFingerprint: true,
      },
      where: { ownerId, modelId },
      order: { id: 'ASC' },
    });
  }

  async removeOfModel(em: EntityManager, ownerId: string, modelId: string): Promise<void> {
    await em.delete(ModelArtifactEntity, { modelId, ownerId });
  }
}
