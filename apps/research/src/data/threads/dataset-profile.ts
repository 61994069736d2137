import { deserialize } from 'node:v8';
import type { ColumnProfile } from '@assay/market-data/frames';

/** A generated column with the bars it is of; NaN where it has no value. */
export interface StoredDataset {
  openTimeMs: Float64Array;
  values: Float64Array;
}

export interface DatasetProfileTask {
  /** Where the store of artifacts is, and which of them it is: its thread reads it, so that it lies nowhere else. */
  artifactUrl: string;
  sha256: string;
  name: string;
  bins?: number;
  /** Of the tail. */
  rows?: number;
}

export interface DatasetProfile extends ColumnProfile {
  rows: number;
  first: string | null;
  last: string | null;
  /** The last rows, the newest last; null where a bar has no value. */
  tail: { time: string; value: number | null }[];
}

const TAIL_ROWS = 10;
const iso = (ms: number): string => new Date(ms).toISOString();

export async function datasetProfile(task: DatasetProfileTask): Promise<DatasetProfile> {
  // only the thread that profiles loads them
  const [{ openArtifactStore }, { profileColumn }] = await Promise.all([
    import('@assay/pipeline'),
    import('@assay/market-data/frames'),
  ]);
  const { name, bins, rows = TAIL_ROWS } = task;
  const { openTimeMs, values } = deserialize(
    await openArtifactStore(task.artifactUrl).get(task.sha256),
  ) as StoredDataset;
  const n = values.length;
  const from = Math.max(0, n - rows);
  const tail = Array.from(values.subarray(from), (value, i) => ({
    time: iso(openTimeMs[from + i]!),
    value: Number.isFinite(value) ? value : null,
  }));
  return {
    ...profileColumn(name, values, bins),
    ...{ rows: n, first: n === 0 ? null : iso(openTimeMs[0]!), last: n === 0 ? null : iso(openTimeMs[n - 1]!), tail },
  };
}
