import type { StrategyDocument } from '@assay/contracts';
import { configHash } from '@assay/pipeline';
import { refuse } from '@assay/primitives';
import type { EntityManager } from 'typeorm';
import { StrategySymbolEntity } from '../records/strategies/strategy-symbol.entity';
import type { StrategyEntity } from '../records/strategies/strategy.entity';

type Revision = Pick<StrategyEntity, 'strategyId' | 'revision' | 'configJson' | 'configHash' | 'origin'>;

/**
 * The document of a revision for one ticker (a promoted strategy has one per symbol, any other has one for all), after proof
 * that it still is what was hashed when it was registered.
 *
 * @throws DomainError evidence_mismatch
 */
export async function documentFor(em: EntityManager, strategy: Revision, ticker: string): Promise<StrategyDocument> {
  const { document, hash } = await stored(em, strategy, ticker);
  const recomputed = configHash(document);
  if (recomputed !== hash) {
    throw refuse('evidence_mismatch', 'the stored document does not have the hash of its revision', {
      config_hash: hash,
      recomputed,
    });
  }
  return document;
}

async function stored(
  em: EntityManager,
  strategy: Revision,
  ticker: string,
): Promise<{ document: StrategyDocument; hash: string }> {
  if (strategy.origin === 'research') {
    const { strategyId, revision } = strategy;
    const rows = await em.find(StrategySymbolEntity, { where: { strategyId, revision }, order: { symbol: 'ASC' } });
    const match = rows.find((row) => row.symbol === ticker || ticker.endsWith(`.${row.symbol}`)) ?? rows[0];
    if (match) return { document: match.document, hash: match.documentHash };
  }
  return { document: strategy.configJson, hash: strategy.configHash };
}
