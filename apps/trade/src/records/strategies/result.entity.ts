import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { BacktestResultsDocument } from '@assay/contracts';

/** Backtest performance stored beside a strategy revision. */
@Entity({ schema: 'bt', name: 'result' })
@Index('result_strategy', ['strategyId', 'runAt'])
export class ResultEntity {
  @PrimaryColumn({ name: 'result_id', type: 'uuid' })
  resultId: string;

  @Column({ name: 'strategy_id', type: 'uuid' })
  strategyId: string;

  @Column({ name: 'revision', type: 'integer' })
  revision: number;

  @Column({ name: 'owner_id', type: 'uuid' })
  ownerId: string;

  @Column({ name: 'run_at', type: 'timestamptz' })
  runAt: Date;

  @Column({ name: 'data_start', type: 'date' })
  dataStart: string;

  @Column({ name: 'data_end', type: 'date' })
  dataEnd: string;

  @Column({ name: 'ticker', type: 'text' })
  ticker: string;

  @Column({ name: 'fee_bps', type: 'numeric' })
  feeBps: string;

  @Column({ name: 'metrics_json', type: 'jsonb' })
  metricsJson: BacktestResultsDocument['metrics'];

  @Column({ name: 'buy_hold_metrics_json', type: 'jsonb', nullable: true })
  buyHoldMetricsJson: BacktestResultsDocument['buy_hold_metrics'] | null;

  @Column({ name: 'walk_forward_json', type: 'jsonb', nullable: true })
  walkForwardJson: BacktestResultsDocument['walk_forward'] | null;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt: Date;
}
