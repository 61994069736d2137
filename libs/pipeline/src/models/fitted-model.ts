import type { ModelFold } from '@assay/contracts';
import type { RowMetrics } from './row-metrics';

export interface FittedModel {
  bytes: Uint8Array;
  sha256: string;
  /** Open time of the last bar whose close entered the fit, ISO-8601: bars after it are out of sample. */
  trainEnd: string;
  /** Training rows; null where nobody counted them, as of a model that was imported. */
  rows: number | null;
  /** What the kind says of its search, see `ModelPlugin`, and how the model describes the rows it was fitted on: nothing about other bars, unless folds were asked for. */
  metrics: RowMetrics;
  /** What the `oos_` figures are means of, part by part; absent where it was not judged so. */
  folds?: ModelFold[];
}
