import { invalidField } from '@assay/primitives';
import { betterOf, METRIC_KEYS, type MetricKey } from '@assay/quant';

/** What the cells of a training window are ranked by: a metric of the catalogue, or the Sharpe ratio judged with its neighbours on the grid. */
export type SelectedBy = MetricKey | 'plateau';

/** The metric behind a choice; of `plateau` the Sharpe ratio. */
export const metricBehind = (by: SelectedBy): MetricKey => (by === 'plateau' ? 'sharpe_ratio' : by);

/** @throws DomainError for what is no metric, or one of which no value is the better */
export function checkedSelection(by: SelectedBy): MetricKey {
  const metric = metricBehind(by);
  const usable = METRIC_KEYS.filter((key) => betterOf(key) !== null);
  if (usable.includes(metric)) return metric;
  const message = `by must be plateau or a metric of which one value is the better, one of ${usable.join(', ')}, was ${by}`;
  throw invalidField('by', 'metric', by, message);
}
