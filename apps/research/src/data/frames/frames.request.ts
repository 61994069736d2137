import { TIMEFRAMES } from '@assay/contracts';
import type { Adjustment } from '@assay/market-data';
import { CORRELATED, CORRELATION_METHODS, type Correlated, type CorrelationMethod } from '@assay/market-data/frames';
import { ArrayField, EnumField, IntegerField, StringField } from '@assay/platform';
import { AdjustmentField, SeriesQuery } from '../data.request';
import { SERIES_NAME } from '../series-name';

const BOUND = { optional: true, description: 'date or ISO-8601 time, inclusive' } as const;
export class DescribeQuery extends SeriesQuery {
  @AdjustmentField('adj_close') adjustment?: Adjustment;
}

export class ProfileQuery extends SeriesQuery {
  @StringField(BOUND) start?: string;
  @StringField(BOUND) end?: string;
  @AdjustmentField('adj_close') adjustment?: Adjustment;
  @IntegerField({ optional: true, min: 1, max: 500, default: 20, description: 'of each histogram' }) bins?: number;
  @IntegerField({ optional: true, min: 0, max: 100, default: 5, description: 'of head and tail' }) rows?: number;
}

export class CorrelationQuery {
  @ArrayField('string', { min: 2, max: 20, description: '2 to 20, with commas between', example: ['SP500', 'GOLD'] })
  symbols: string[];
  @EnumField({ values: TIMEFRAMES, example: '1d' }) timeframe: string;
  @StringField({ ...SERIES_NAME, optional: true, description: 'of all symbols; asked for where several have one' })
  source?: string;
  @EnumField({ values: CORRELATION_METHODS, optional: true, default: 'pearson' }) method?: CorrelationMethod;
  @EnumField({ values: CORRELATED, optional: true, default: 'returns', description: 'simple returns, or closes' })
  of?: Correlated;
  @StringField(BOUND) start?: string;
  @StringField(BOUND) end?: string;
  @AdjustmentField('adj_close') adjustment?: Adjustment;
}
