import { TIMEFRAMES } from '@assay/contracts';
import { ArrayField, EnumField, StringField } from '@assay/platform';
import { SERIES_NAME } from '../series-name';

export class JoinedSeriesDto {
  @StringField({ ...SERIES_NAME, description: 'of the external series', example: 'gdp' }) name: string;
  @StringField({
    ...SERIES_NAME,
    optional: true,
    description: 'of the external series; asked for where several have it',
  })
  source?: string;
  @StringField({
    ...SERIES_NAME,
    optional: true,
    description: 'which it is about; without it, the one of the symbol of the bars or of none',
  })
  symbol?: string;
  @StringField({ ...SERIES_NAME, optional: true, description: 'name of the new column; default that of the series' })
  as?: string;
  @StringField({
    optional: true,
    min: 1,
    max: 16,
    description: 'in m, h, d or w: a value that became available longer ago than this is missing',
    example: '120d',
  })
  max_age?: string;
}

export class JoinDto {
  @StringField({ ...SERIES_NAME, optional: true, description: 'of the stored bars; asked for where several have them' })
  source?: string;
  @StringField({ ...SERIES_NAME, example: 'SP500' }) symbol: string;
  @EnumField({ values: TIMEFRAMES, example: '1d' }) timeframe: string;
  @ArrayField(() => JoinedSeriesDto, { min: 1, max: 64 }) series: JoinedSeriesDto[];
  @StringField({
    ...SERIES_NAME,
    optional: true,
    description: 'source under which the bars with the new columns are stored; by default `joined.` and the source',
  })
  into?: string;
}
