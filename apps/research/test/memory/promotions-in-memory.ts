import { newId } from '@assay/primitives/ids';
import type { EntityManager } from 'typeorm';
import type { EvidenceEntity } from '../../src/records/promotions/evidence.entity';
import type { PromotionHistoryEntity } from '../../src/records/promotions/promotion-history.entity';
import { PromotionStore, type PromotionEntry } from '../../src/records/promotions/promotion.store';
import { copy } from './no-connection';

/** Promotions without a database; `contracts/promotion-store.contract.ts` holds for it as for the real one. */
export class PromotionsInMemory extends PromotionStore {
  readonly evidence: EvidenceEntity[] = [];
  readonly history: PromotionHistoryEntity[] = [];

  override addEvidence(_: EntityManager, row: EvidenceEntity): Promise<void> {
    this.evidence.push(copy(row));
    return Promise.resolve();
  }

  override evidenceOnBacktest(_: EntityManager, backtestId: string): Promise<string[]> {
    const rows = this.evidence.filter(({ document }) => document.backtest_id === backtestId);
    return Promise.resolve(rows.map(({ id }) => id));
  }

  override addHistory(_: EntityManager, entry: PromotionEntry): Promise<void> {
    this.history.push({ id: newId(), ...copy(entry) });
    return Promise.resolve();
  }

  override historyOf(_: EntityManager, strategyId: string): Promise<PromotionHistoryEntity[]> {
    const own = this.history.filter((one) => one.strategyId === strategyId);
    return Promise.resolve(copy(own.sort((a, b) => a.at.getTime() - b.at.getTime())));
  }
}
