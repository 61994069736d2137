import { insertRow } from '@assay/persistence';
import { newId } from '@assay/primitives/ids';
import { Injectable } from '@nestjs/common';
import { Raw, type EntityManager } from 'typeorm';
import { EvidenceEntity } from './evidence.entity';
import { PromotionHistoryEntity } from './promotion-history.entity';

/** An entry of the history before it has its id. */
export type PromotionEntry = Omit<PromotionHistoryEntity, 'id'>;

/** Promotions: what each rested on, and who changed them when. Both are only ever added to. */
@Injectable()
export class PromotionStore {
  async addEvidence(em: EntityManager, row: EvidenceEntity): Promise<void> {
    await insertRow(em, EvidenceEntity, row);
  }

  /** Ids of the evidence that rests on a backtest. */
  async evidenceOnBacktest(em: EntityManager, backtestId: string): Promise<string[]> {
    const document = Raw((column) => `${column} ->> 'backtest_id' = :backtestId`, { backtestId });
    return (await em.find(EvidenceEntity, { select: { id: true }, where: { document } })).map(({ id }) => id);
  }

  /** What the newest promotion of a revision rests on; null before one. */
  newestEvidence(em: EntityManager, strategyId: string, revision: number): Promise<EvidenceEntity | null> {
    return em.findOne(EvidenceEntity, { where: { strategyId, revision }, order: { id: 'DESC' } });
  }

  async addHistory(em: EntityManager, entry: PromotionEntry): Promise<void> {
    await insertRow(em, PromotionHistoryEntity, { id: newId(), ...entry });
  }

  /** Oldest first. */
  historyOf(em: EntityManager, strategyId: string): Promise<PromotionHistoryEntity[]> {
    return em.find(PromotionHistoryEntity, { where: { strategyId }, order: { at: 'ASC' } });
  }
}
