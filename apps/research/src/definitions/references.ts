import { refuse } from '@assay/primitives';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ModelStore } from '../records/definitions/model.store';
import { StrategyStore, type StrategyPart } from '../records/strategies/strategy.store';

export interface Reference {
  kind: 'strategy' | 'model';
  id: string;
}

/** Who uses a definition: strategies now or in any of their revisions (they stay readable), models their features. */
@Injectable()
export class References {
  constructor(
    private readonly strategies: StrategyStore,
    private readonly models: ModelStore,
  ) {}

  /** @throws DomainError `referenced` that lists who refers to it. */
  async assertNone(em: EntityManager, part: StrategyPart, ownerId: string, id: string): Promise<void> {
    const users = await this.strategies.usersOf(em, ownerId, part, id);
    const readers = part === 'feature' ? await this.models.readersOf(em, ownerId, id) : [];
    const pinners = await this.strategies.pinnersOf(em, ownerId, part, id);
    const found: Reference[] = [
      ...users.map((user) => ({ kind: 'strategy' as const, id: user })),
      ...readers.map((reader) => ({ kind: 'model' as const, id: reader })),
      ...pinners.map((pinner) => ({ kind: 'strategy' as const, id: pinner })),
    ];
    if (found.length === 0) return;
    const distinct = [...new Map(found.map((ref) => [ref.id, ref])).values()];
    const names = distinct.map((ref) => `${ref.kind} ${ref.id}`).join(', ');
    throw refuse('referenced', `${part} ${id} is used by ${names}`, { id, referenced_by: distinct });
  }
}
