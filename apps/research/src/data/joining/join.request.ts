import { TIMEFRAMES } from '@assay/contracts';
import { ArrayField, EnumField, StringField } from '@assay/platform';
import { NEWS_MEASURES, type NewsMeasure } from '@assay/market-data/sentiment';
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

export class JoinedNewsDto {
  @EnumField({
    values: NEWS_MEASURES,
    description:
      'sentiment: mean tone from -1 to 1 of the articles that became known within the window, newer ones weighing more. momentum: that less ' +
      'the same a window earlier. divergence: that less the price move over the window, scaled to -1 to 1. count: how many articles',
  })
  measure: NewsMeasure;
  @StringField({
    ...SERIES_NAME,
    optional: true,
    description: 'name of the new column; default `news_` and the measure',
  })
  as?: string;
  @StringField({ ...SERIES_NAME, optional: true, description: 'of the news; default: all sources' }) source?: string;
  @StringField({ ...SERIES_NAME, optional: true, description: 'which the news is about; default: that of the bars' })
  symbol?: string;
  @StringField({
    optional: true,
    min: 1,
    max: 16,
    default: '3d',
    description: 'in m, h, d or w: for so long an article counts, from when it became known',
  })
  window?: string;
  @StringField({
    optional: true,
    min: 1,
    max: 16,
    description: 'in m, h, d or w: the age at which an article counts half; default: all of the window count alike',
    example: '1d',
  })
  half_life?: string;
}

export class JoinDto {
  @StringField({ ...SERIES_NAME, optional: true, description: 'of the stored bars; asked for where several have them' })
  source?: string;
  @StringField({ ...SERIES_NAME, example: 'SP500' }) symbol: string;
  @EnumField({ values: TIMEFRAMES, example: '1d' }) timeframe: string;
  @ArrayField(() => JoinedSeriesDto, { optional: true, min: 1, max: 64, description: 'external series' })
  series?: JoinedSeriesDto[];
  @ArrayField(() => JoinedNewsDto, { optional: true, min: 1, max: 16, description: 'columns made of stored news' })
  news?: JoinedNewsDto[];
  @StringField({
    ...SERIES_NAME,
    optional: true,
    description: 'source under which the bars with the new columns are stored; by default `joined.` and the source',
  })
  into?: string;
}
