import type { Costs, FillRule, MetricKey, SweepGrid, SweepTemplate } from '@assay/quant';

/** Everything the cells of a template sweep share; columns may lie in shared memory. */
export interface TemplateSweep {
  template: SweepTemplate;
  grid: SweepGrid;
  openTimeMs: Float64Array;
  /** Read where the grid has stops or targets. */
  high: Float64Array;
  low: Float64Array;
  /** All NaN where the file has none; read by fill `next_open`, and where the grid has stops or targets. */
  open: Float64Array;
  close: Float64Array;
  fill: FillRule;
  costs: Costs;
  periodsPerYear: number;
  /** To be computed instead of the figures: the cells are runs of their own then, with their positions and trades. */
  metric?: MetricKey;
}
