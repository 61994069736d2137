import { updateRows } from '@assay/persistence';
import { Injectable } from '@nestjs/common';
import { In, Raw, type EntityManager } from 'typeorm';
import type { ModelContent } from '../../recipes/model-content';
import { DefinitionStore } from './definition.store';
import { ModelRevisionEntity } from './model-revision.entity';
import { ModelEntity } from './model.entity';

@Injectable()
export class ModelStore extends DefinitionStore<ModelEntity, ModelContent> {
  constructor() {
    super({ kind: 'model', entity: ModelEntity, revisions: ModelRevisionEntity, builtIn: true });
  }

  /** Which artifact is the newest is no content of the model: its version is for its author's writes. */
  async attachArtifact(em: EntityManager, ownerId: string, id: string, artifactId: string): Promise<void> {
    await updateRows(em, ModelEntity, { id, ownerId }, { artifactId });
  }

  /** Ids of the owner's models that read a feature. */
  async readersOf(em: EntityManager, ownerId: string, featureId: string): Promise<string[]> {
    const reads = Raw((column) => `${column} ? :featureId`, { featureId });
    const rows = await em.find(ModelEntity, { select: { id: true }, where: { ownerId, featureIds: reads } });
    return rows.map(({ id }) => id);
  }

  /** Names of the owner's models by id. */
  async namesOf(em: EntityManager, ownerId: string, ids: readonly string[]): Promise<Map<string, string>> {
    const rows = await em.find(ModelEntity, { select: { id: true, name: true }, where: { ownerId, id: In([...ids]) } });
    return new Map(rows.map(({ id, name }) => [id, name]));
  }
}
