import type { StrategyDocument } from '@assay/contracts';
import { configHash } from '@assay/pipeline';
import { refuse } from '@assay/primitives';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { StrategyEntity } from '../records/strategies/strategy.entity';
import { StrategyStore } from '../records/strategies/strategy.store';

type Revision = Pick<StrategyEntity, 'strategyId' | 'revision' | 'configJson' | 'configHash' | 'origin'>;

/** The documents of stored revisions, proven to be what was hashed when they were registered. */
@Injectable()
export class StrategyDocuments {
  constructor(private readonly strategies: StrategyStore) {}

  /** The document that a deployment trades. @throws as `of` */
  async pinned(
    em: EntityManager,
    to: { strategyId: string; strategyRevision: number; ticker: string; dataSymbol: string },
  ): Promise<StrategyDocument> {
    return this.of(em, await this.strategies.pinned(em, to), to.ticker, [to.dataSymbol]);
  }

  /**
   * The document of a revision for one ticker: a promoted strategy has one per symbol, any other has one for all.
   * `dataSymbols`: what the ticker's bars are stored under, where a mapping says so.
   *
   * @throws DomainError evidence_mismatch, not_deployable for a ticker that was not promoted
   */
  async of(
    em: EntityManager,
    strategy: Revision,
    ticker: string,
    dataSymbols: readonly string[] = [],
  ): Promise<StrategyDocument> {
    const { document, hash } = await this.stored(em, strategy, ticker, dataSymbols);
    const recomputed = configHash(document);
    if (recomputed !== hash) {
      throw refuse('evidence_mismatch', 'the stored document does not have the hash of its revision', {
        config_hash: hash,
        recomputed,
      });
    }
    return document;
  }

  private async stored(
    em: EntityManager,
    strategy: Revision,
    ticker: string,
    dataSymbols: readonly string[],
  ): Promise<{ document: StrategyDocument; hash: string }> {
    const { strategyId, revision, configJson, configHash: hash } = strategy;
    if (strategy.origin !== 'research') return { document: configJson, hash };
    const rows = await this.strategies.symbols(em, strategyId, revision);
    const match = rows.find(
      ({ symbol }) => symbol === ticker || ticker.endsWith(`.${symbol}`) || dataSymbols.includes(symbol),
    );
    if (match) return { document: match.document, hash: match.documentHash };
    // Another symbol's document is another model, fitted to other bars: it says nothing of this ticker.
    const symbols = rows.map((row) => row.symbol);
    throw refuse('not_deployable', `ticker must be one of ${symbols.join(', ')}, which were promoted, was ${ticker}`, {
      strategy_id: strategyId,
      ticker,
      symbols,
    });
  }
}
