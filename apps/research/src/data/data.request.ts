import { MARKETS, TIMEFRAMES } from '@assay/contracts';
import {
  ACTION_COLUMNS,
  ADJUSTMENTS,
  DATE_FORMATS,
  type ActionColumns,
  type Adjustment,
  type DateFormat,
  type DecimalMark,
  type OutsideSessions,
} from '@assay/market-data';
import {
  ArrayField,
  BooleanField,
  DateTimeField,
  EnumField,
  IntegerField,
  ReasonField,
  StringField,
} from '@assay/platform';
import { FindFilter, PageQuery } from '../listing/page.request';
import { SERIES_NAME } from './series-name';

const OUTSIDE_SESSIONS = {
  values: ['refuse', 'drop', 'keep'],
  optional: true,
  default: 'refuse',
  description:
    'csv: daily bars on dates without a session of the market; dropped ones are left out, with a warning, kept ones are a warning of the quality report, to be acknowledged before a promotion',
} as const;

const ACTIONS = {
  values: ACTION_COLUMNS,
  optional: true,
  default: 'none',
  description:
    'columns Dividends, Stock Splits and Capital Gains of yfinance: none keeps them as columns; from_columns declares them as corporate actions, beside prices as traded; dividends_from_columns declares the dividends alone, beside prices that are adjusted for splits, as those of Yahoo are',
} as const;

/** How a file of bars is read; what its content settles needs none of them. Not for ccxt. */
export class ReadingFields {
  @StringField({
    optional: true,
    min: 1,
    max: 255,
    description: "name of the file; LEAN's intraday files have their date there",
  })
  name?: string;
  @StringField({
    optional: true,
    min: 1,
    max: 64,
    description:
      "IANA zone of times that state none (default UTC), and of the dates of daily bars stamped by instants (default the market's)",
  })
  zone?: string;
  @EnumField({
    values: DATE_FORMATS,
    optional: true,
    description: 'asked for where 02/03/2024 could be both; otherwise recognised',
  })
  date_format?: DateFormat;
  @EnumField({
    values: ['point', 'comma'],
    optional: true,
    description: 'asked for where 1,234 could be a thousand or a fraction; otherwise recognised',
  })
  decimal?: DecimalMark;
  @StringField({
    optional: true,
    min: 1,
    max: 2000,
    description: 'names of the columns in their order, in place of the header, with commas between; - leaves one out',
    example: 'date,open,high,low,close,volume',
  })
  columns?: string;
  @BooleanField({ optional: true, description: 'sort rows that are in no order, instead of refusing them' })
  sort?: boolean;
  @BooleanField({ optional: true, description: 'leave out rows that break a rule, instead of refusing the file' })
  skip_bad?: boolean;
  @BooleanField({ optional: true, description: 'refuse what would have to be repaired or left out' }) strict?: boolean;
}

const CONTENT = {
  optional: true,
  min: 1,
  max: 60_000_000,
  description:
    'the file as text, recognised by its content (docs/data.md); a binary file is the body itself, or in a form',
} as const;

export class ImportBarsDto extends ReadingFields {
  @StringField({
    ...SERIES_NAME,
    description: 'where the bars come from; `ccxt` fetches them from an exchange',
    example: 'csv',
  })
  source: string;
  @StringField({ ...SERIES_NAME, example: 'SP500' }) symbol: string;
  @EnumField({ values: TIMEFRAMES }) timeframe: string;
  @EnumField({ values: MARKETS, optional: true, description: 'calendar of the symbol; required for csv' })
  market?: string;
  @EnumField({ values: ['csv'], optional: true, default: 'csv' }) format?: string;
  @StringField(CONTENT) content?: string;
  @EnumField({
    values: ['none', 'adj_close'],
    optional: true,
    default: 'none',
    description: 'adj_close: keep Adj Close / Close as the adjustment',
  })
  adjust?: 'none' | 'adj_close';
  @EnumField(ACTIONS) actions?: ActionColumns;
  @BooleanField({ optional: true, default: false, description: 'made-up bars, shown as such everywhere' })
  synthetic?: boolean;
  @EnumField(OUTSIDE_SESSIONS) outside_sessions?: OutsideSessions;
  @StringField({ optional: true, min: 1, max: 64, description: 'ccxt: exchange id' }) exchange?: string;
  @StringField({ optional: true, description: 'ccxt: first bar, date or ISO-8601 time' }) start?: string;
  @StringField({ optional: true, description: 'ccxt: last bar, date or ISO-8601 time' }) end?: string;
}

/** Fields of a form with the file of an import. */
export class ImportFileFields extends ReadingFields {
  @StringField({ ...SERIES_NAME, optional: true }) source?: string;
  @StringField({ ...SERIES_NAME, optional: true }) symbol?: string;
  @EnumField({ values: TIMEFRAMES, optional: true }) timeframe?: string;
  @EnumField({ values: MARKETS, optional: true }) market?: string;
  @EnumField({ values: ['none', 'adj_close'], optional: true }) adjust?: 'none' | 'adj_close';
  @EnumField(ACTIONS) actions?: ActionColumns;
  @BooleanField({ optional: true }) synthetic?: boolean;
  @EnumField(OUTSIDE_SESSIONS) outside_sessions?: OutsideSessions;
}

/** Query of an import: the same where the body is the file itself, and how it is taken. */
export class ImportFileQuery extends ImportFileFields {
  @BooleanField({
    optional: true,
    description:
      'true: the file is stored as it comes and imported by a job, answered 202, and may be as long as MAX_UPLOAD_BYTES ' +
      '(2 GiB); so is a file of more than 64 MiB without it. Also beside a form',
  })
  background?: boolean;
}

export class InspectFileQuery extends ReadingFields {
  @StringField({ ...SERIES_NAME, optional: true, description: 'which to read of several symbols' }) symbol?: string;
  @EnumField({ values: TIMEFRAMES, optional: true, description: 'default: recognised by the spacing of the bars' })
  timeframe?: string;
  @EnumField({ values: MARKETS, optional: true, description: 'its clock dates daily bars stamped by instants' })
  market?: string;
}

export class InspectFileDto extends InspectFileQuery {
  @StringField(CONTENT) content?: string;
}

/** The basis of prices that are asked for. */
export const AdjustmentField = (byDefault: Adjustment): PropertyDecorator =>
  EnumField({
    values: ADJUSTMENTS,
    optional: true,
    default: byDefault,
    description:
      'none: as traded; splits: as if all shares had always been those of today, volume too, dividends left in; adj_close: splits and dividends taken out, as research reads them',
  });

export class SymbolsQuery extends PageQuery {
  @FindFilter('symbol, timeframe, source or market') q?: string;
}

export class SeriesQuery {
  @StringField({ ...SERIES_NAME, optional: true }) source?: string;
  @StringField(SERIES_NAME) symbol: string;
  @EnumField({ values: TIMEFRAMES }) timeframe: string;
}

/** Stored bars of a series, as they are to be read. */
export class BarRangeQuery extends SeriesQuery {
  @StringField({ optional: true, description: 'date or ISO-8601 time, inclusive' }) start?: string;
  @StringField({ optional: true, description: 'date or ISO-8601 time, inclusive' }) end?: string;
  @AdjustmentField('none') adjustment?: Adjustment;
}

export class BarsQuery extends BarRangeQuery {
  @IntegerField({ optional: true, min: 1, max: 100000, default: 1000, description: 'the last bars of the range' })
  limit?: number;
  @DateTimeField({ optional: true, description: '`next_cursor` of the page before: bars that opened earlier' })
  cursor?: string;
}

export class AcknowledgeDto {
  @StringField({ min: 1, max: 255 }) by: string;
  @ReasonField() reason: string;
  @ArrayField('string', { optional: true, min: 1, max: 100, description: 'codes; default all' }) codes?: string[];
}
