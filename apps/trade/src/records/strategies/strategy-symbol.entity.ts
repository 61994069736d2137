import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { StrategyDocument } from '@assay/contracts';

/** The promoted Strategy JSON of one symbol, as its artifact bytes said. */
@Entity({ schema: 'bt', name: 'strategy_symbol' })
export class StrategySymbolEntity {
  @PrimaryColumn({ name: 'strategy_id', type: 'uuid' })
  strategyId: string;

  @PrimaryColumn({ name: 'revision', type: 'integer' })
  revision: number;

  @PrimaryColumn({ name: 'symbol', type: 'text' })
  symbol: string;

  @Column({ name: 'document', type: 'jsonb' })
  document: StrategyDocument;

  /** Config hash of this document; the revision's own hash covers the whole universe. */
  @Column({ name: 'document_hash', type: 'text' })
  documentHash: string;

  @Column({ name: 'uri', type: 'text' })
  uri: string;

  @Column({ name: 'sha256', type: 'text' })
  sha256: string;
}
