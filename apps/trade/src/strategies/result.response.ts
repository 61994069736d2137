import {
  ArrayField,
  DateField,
  DateTimeField,
  IntegerField,
  MapField,
  NumberField,
  ObjectField,
  StringField,
  UuidField,
} from '@assay/platform';

class DataRangeDto {
  @DateField({ description: 'First day of the data.', example: '2016-01-01' })
  start: string;

  @DateField({ description: 'Last day of the data.', example: '2026-04-01' })
  end: string;
}

class WalkForwardSummaryDto {
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

/** Stored results: the document with the pinned revision and the row's id. */
export class ResultDto {
  @UuidField() result_id: string;
  @UuidField() strategy_id: string;
  @IntegerField({ min: 1 }) revision: number;
  @DateTimeField() run_at: string;
  @ObjectField(() => DataRangeDto) data_range: DataRangeDto;
  @StringField() ticker_backtested: string;
  @NumberField({ min: 0 }) fee_bps: number;
  @MapField() metrics: Record<string, number | null>;
  @MapField({ nullable: true }) buy_hold_metrics: Record<string, number | null> | null;
  @ObjectField(() => WalkForwardSummaryDto, { nullable: true }) walk_forward: WalkForwardSummaryDto | null;
  @DateTimeField() created_at: string;
}

export class ResultPageDto {
  @ArrayField(() => ResultDto) items: ResultDto[];
  @StringField({ nullable: true }) next_cursor: string | null;
}
