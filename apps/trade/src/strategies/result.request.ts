import {
  DateField,
  DateTimeField,
  IntegerField,
  MapField,
  NumberField,
  ObjectField,
  StringField,
} from '@assay/platform';

export class DataRangeDto {
  @DateField({ description: 'First day of the data.', example: '2016-01-01' })
  start: string;

  @DateField({ description: 'Last day of the data.', example: '2026-04-01' })
  end: string;
}

export class WalkForwardSummaryDto {
  @NumberField({ optional: true })
  best_window?: number;

  @NumberField({ optional: true })
  best_signal?: number;

  @NumberField({ nullable: true })
  is_sharpe: number | null;

  @NumberField({ nullable: true })
  oos_sharpe: number | null;

  @NumberField({ nullable: true })
  overfitting_ratio: number | null;
}

/** The seed's example shows this where the id of its strategy will be; the path names the strategy. */
export const PATH_ID = 'links-to-strategy-config';

/** The seed's BacktestResults document. */
export class BacktestResultsDto {
  @StringField({ optional: true, max: 64, description: `The id of the path; ${PATH_ID} means the same.` })
  strategy_id?: string;

  @IntegerField({ optional: true, min: 1, description: 'Revision that was tested; the newest when absent.' })
  revision?: number;

  @DateTimeField()
  run_at: string;

  @ObjectField(() => DataRangeDto)
  data_range: DataRangeDto;

  @StringField({ min: 1, max: 64 })
  ticker_backtested: string;

  @NumberField({ min: 0 })
  fee_bps: number;

  @MapField({ description: 'Metric name to number, or null where it is undefined.' })
  metrics: Record<string, number | null>;

  @MapField({ optional: true })
  buy_hold_metrics?: Record<string, number | null>;

  @ObjectField(() => WalkForwardSummaryDto, { optional: true })
  walk_forward?: WalkForwardSummaryDto;
}
