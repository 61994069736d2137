import { isDated, type Timeframe } from '@assay/contracts';
import type { Table, TableBatch } from '@assay/tables';
import type { StoredDataset } from '../data/threads/dataset-profile';

/** @param rows of a batch */
export const datasetTable = (dataset: StoredDataset, timeframe: string, rows: number): Table => ({
  columns: [
    { name: 'date', type: isDated(timeframe as Timeframe) ? 'date' : 'timestamp' },
    { name: 'value', type: 'double' },
  ],
  batches: batchesOf(dataset, rows),
});

function* batchesOf({ openTimeMs, values }: StoredDataset, rows: number): Generator<TableBatch> {
  for (let from = 0; from < values.length; from += rows) {
    const to = Math.min(from + rows, values.length);
    // copies, so that a thread is given these rows alone
    yield { rows: to - from, values: [openTimeMs.slice(from, to), values.slice(from, to)] };
  }
}
