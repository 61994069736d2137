import { columnsNamed, type RowColumn } from '@assay/tables';
import type { ExperimentDto } from './experiment.response';

/** Columns of the trial ledger: what a trial is, a column a metric, its parameters as JSON. */
export const experimentColumns = (metrics: readonly string[]): RowColumn<ExperimentDto>[] => [
  ...columnsNamed<ExperimentDto>({
    id: 'text',
    lineage_id: 'text',
    strategy_id: 'text',
    config_hash: 'text',
    origin: 'text',
    source: 'text',
    symbol: 'text',
    timeframe: 'text',
    data_fingerprint: 'text',
    observations: 'integer',
    sharpe_per_bar: 'double',
  }),
  ...metrics.map((name): RowColumn<ExperimentDto> => ({
    name: `metrics.${name}`,
    type: 'double',
    of: (trial) => trial.metrics[name],
  })),
  ...columnsNamed<ExperimentDto>({ params: 'text', job_id: 'text', created_at: 'timestamp', updated_at: 'timestamp' }),
];
