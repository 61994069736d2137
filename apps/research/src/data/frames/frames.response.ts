import type {
  BarRow,
  BarsProfile,
  ColumnProfile,
  ColumnSummary,
  Correlated,
  CorrelationMethod,
  Correlations,
  Histogram,
  Quantiles,
  ReturnProfile,
} from '@assay/market-data/frames';
import {
  ArrayField,
  BooleanField,
  DateTimeField,
  IntegerField,
  NumberField,
  ObjectField,
  StringField,
} from '@assay/platform';

export class DescribeDto {
  @StringField() symbol: string;
  @ArrayField('json', { description: '{column, count, missing, mean, std, min, median, max}' })
  columns: ColumnSummary[];
}

export class QuantilesDto implements Quantiles {
  @NumberField() p1: number;
  @NumberField() p5: number;
  @NumberField() p25: number;
  @NumberField() p50: number;
  @NumberField() p75: number;
  @NumberField() p95: number;
  @NumberField() p99: number;
}

export class HistogramDto implements Histogram {
  @ArrayField('number', { description: 'one more than bins, of equal width from the least to the greatest value' })
  edges: number[];
  @ArrayField('integer', { description: 'values in [edge, next edge); in the last bin also at its upper edge' })
  counts: number[];
}

export class ColumnProfileDto implements ColumnProfile {
  @StringField({ example: 'close' }) column: string;
  @IntegerField({ description: 'finite values' }) count: number;
  @IntegerField() missing: number;
  @NumberField({ nullable: true }) mean: number | null;
  @NumberField({ nullable: true, description: 'of the sample (ddof 1)' }) std: number | null;
  @NumberField({ nullable: true }) min: number | null;
  @NumberField({ nullable: true }) max: number | null;
  @ObjectField(() => QuantilesDto, { nullable: true, description: 'by linear interpolation (Hyndman and Fan 7)' })
  quantiles: QuantilesDto | null;
  @IntegerField() zeros: number;
  @IntegerField({ description: 'how many different values' }) distinct: number;
  @ArrayField('json', { nullable: true, description: '{value, count}, ascending, of 20 different values or fewer' })
  values: { value: number; count: number }[] | null;
  @NumberField({ nullable: true, description: 'g1 of the population' }) skew: number | null;
  @NumberField({ nullable: true, description: 'g2 of the population; 0 for a normal distribution' })
  excess_kurtosis: number | null;
  @NumberField({ nullable: true, description: 'of each simple return of the column with the one before (Pearson)' })
  return_autocorrelation: number | null;
  @ObjectField(() => HistogramDto, { nullable: true }) histogram: HistogramDto | null;
}

export class DatedReturnDto {
  @DateTimeField({ description: 'open time of the bar' }) time: string;
  @NumberField() value: number;
}

export class ReturnProfileDto extends ColumnProfileDto implements ReturnProfile {
  @NumberField({ nullable: true, description: 'std times the root of periods_per_year' })
  annualised_volatility: number | null;
  @NumberField({ nullable: true, description: 'bars a year by the calendar of the market' })
  periods_per_year: number | null;
  @ObjectField(() => DatedReturnDto, { nullable: true }) worst: DatedReturnDto | null;
  @ObjectField(() => DatedReturnDto, { nullable: true }) best: DatedReturnDto | null;
}

export class ProfileDto implements BarsProfile {
  @StringField({ example: 'SP500' }) symbol: string;
  @StringField() source: string;
  @StringField({ example: '1d' }) timeframe: string;
  @StringField({ example: 'US' }) market: string;
  @BooleanField() synthetic: boolean;
  @StringField({ description: '`adj_close`, `splits`, or `none` for prices as traded' }) adjustment: string;
  @IntegerField() bars: number;
  @DateTimeField({ nullable: true }) first: string | null;
  @DateTimeField({ nullable: true }) last: string | null;
  @ArrayField(() => ColumnProfileDto) columns: ColumnProfileDto[];
  @ObjectField(() => ReturnProfileDto, { description: 'simple returns from close to close' }) returns: ReturnProfileDto;
  @ArrayField('json', { description: 'the first bars: time and each column' }) head: BarRow[];
  @ArrayField('json', { description: 'the last bars' }) tail: BarRow[];
}

export class CorrelatedSeriesDto {
  @StringField() symbol: string;
  @StringField() source: string;
  @StringField() market: string;
  @BooleanField() synthetic: boolean;
}

export class CorrelationDto implements Correlations {
  @ArrayField(() => CorrelatedSeriesDto, { description: 'in the order asked for, which is that of the matrices' })
  series: CorrelatedSeriesDto[];
  @StringField() timeframe: string;
  @StringField() method: CorrelationMethod;
  @StringField() of: Correlated;
  @StringField() adjustment: string;
  @IntegerField({ description: 'bars that all symbols have, by open time' }) common_bars: number;
  @DateTimeField({ description: 'of the common bars' }) first: string;
  @DateTimeField({ description: 'of the common bars' }) last: string;
  @IntegerField({ description: 'values of each symbol that were correlated' }) observations: number;
  @ArrayField('json', { description: 'bars that two symbols have in common; on the diagonal those of one' })
  overlap: number[][];
  @ArrayField('json', { description: 'null where a symbol does not vary' }) matrix: (number | null)[][];
}
