import type { PromotionEvidence } from '@assay/contracts';
import { newId } from '@assay/primitives/ids';
import type { PromotionEntry, PromotionStore } from '../../src/records/promotions/promotion.store';
import type { StrategyStore } from '../../src/records/strategies/strategy.store';
import { madeRecipe, madeStrategy } from '../made-strategy';
import type { Connection } from '../research-database';

/** What holds for every store of promotions. */
export function itKeepsPromotions(store: PromotionStore, strategies: StrategyStore, open: () => Connection): void {
  const entryOf = async (change: Partial<PromotionEntry> = {}): Promise<PromotionEntry> => {
    const strategy = madeStrategy();
    await strategies.insert(open().em, strategy, madeRecipe());
    return {
      ownerId: strategy.ownerId,
      strategyId: strategy.id,
      revision: 1,
      action: 'promoted',
      policy: 'default',
      actorId: strategy.ownerId,
      reason: null,
      evidenceId: newId(),
      evidenceSha256: 'e'.repeat(64),
      at: new Date('2024-05-06T07:08:09.000Z'),
      ...change,
    };
  };

  it('gives the history of a strategy by time, whatever the order it was written in', async () => {
    const { em } = open();
    const first = await entryOf();
    const later: PromotionEntry = {
      ...first,
      action: 'demoted',
      policy: null,
      reason: 'drifts',
      evidenceId: null,
      evidenceSha256: null,
      at: new Date('2024-06-06T07:08:09.000Z'),
    };
    await store.addHistory(em, later);
    await store.addHistory(em, first);
    await store.addHistory(em, await entryOf());
    const history = await store.historyOf(em, first.strategyId);
    expect(history).toEqual([
      { id: expect.any(String), ...first },
      { id: expect.any(String), ...later },
    ]);
    expect(await store.historyOf(em, newId())).toEqual([]);
  });

  it('tells which evidence rests on a backtest', async () => {
    const { em } = open();
    const { ownerId, strategyId } = await entryOf();
    const backtestId = newId();
    const [id, other] = [newId(), newId()];
    for (const [one, backtest_id] of [
      [id, backtestId],
      [other, newId()],
    ] as const) {
      const document = { evidence_id: one, backtest_id } as PromotionEvidence;
      const rest = { facts: {}, sha256: 'e'.repeat(64), createdAt: new Date() };
      await store.addEvidence(em, { id: one, ownerId, strategyId, revision: 1, policy: 'default', document, ...rest });
    }
    expect(await store.evidenceOnBacktest(em, backtestId)).toEqual([id]);
    expect(await store.evidenceOnBacktest(em, newId())).toEqual([]);
  });
}
