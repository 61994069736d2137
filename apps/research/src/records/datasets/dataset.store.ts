import { insertNew } from '@assay/persistence';
import { notFound } from '@assay/primitives';
import { Injectable } from '@nestjs/common';
import { In, type EntityManager } from 'typeorm';
import { DatasetEntity } from './dataset.entity';

export type DatasetOrigin = Pick<
  DatasetEntity,
  'id' | 'featureId' | 'featureRevision' | 'hash' | 'source' | 'symbol' | 'timeframe' | 'rows' | 'fingerprints'
>;

@Injectable()
export class DatasetStore {
  findByHash(em: EntityManager, ownerId: string, hash: string): Promise<DatasetEntity | null> {
    return em.findOne(DatasetEntity, { where: { ownerId, hash } });
  }

  /** @throws DomainError `not_found` for one that is not the owner's, or of another feature */
  async find(em: EntityManager, ownerId: string, featureId: string, id: string): Promise<DatasetEntity> {
    const row = await em.findOne(DatasetEntity, { where: { id, ownerId, featureId } });
    if (!row) throw notFound('dataset', id);
    return row;
  }

  /** The stored dataset of the row's hash: another run's where that was quicker. */
  async keep(em: EntityManager, row: DatasetEntity): Promise<DatasetEntity> {
    await insertNew(em, DatasetEntity, row);
    return em.findOneByOrFail(DatasetEntity, { ownerId: row.ownerId, hash: row.hash });
  }

  /** Datasets of some revisions of a feature, the newest first. */
  ofFeature(
    em: EntityManager,
    ownerId: string,
    featureId: string,
    revisions: readonly number[],
    limit: number,
  ): Promise<DatasetEntity[]> {
    return em.find(DatasetEntity, {
      where: { featureId, ownerId, featureRevision: In([...revisions]) },
      order: { createdAt: 'DESC' },
      take: limit,
    });
  }

  /** What datasets of the features were made of, oldest first. */
  originsOf(em: EntityManager, ownerId: string, featureIds: readonly string[]): Promise<DatasetOrigin[]> {
    return em.find(DatasetEntity, {
      select: {
        id: true,
        featureId: true,
        featureRevision: true,
        hash: true,
        source: true,
        symbol: true,
        timeframe: true,
        rows: true,
        fingerprints: true,
      },
      where: { ownerId, featureId: In([...featureIds]) },
      order: { id: 'ASC' },
    });
  }

  async removeOfFeature(em: EntityManager, ownerId: string, featureId: string): Promise<void> {
    await em.delete(DatasetEntity, { featureId, ownerId });
  }
}
