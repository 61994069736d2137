import { statedCostsDocument } from '@assay/contracts';
import { ArrayField, DocumentField, EnumField, IntegerField, StringField, UuidField } from '@assay/platform';
import { TABLE_FORMATS } from '@assay/tables';
import { PageQuery } from '../listing/page.request';
import { SERIES_NAME } from '../data/series-name';

const ENGINES = ['vectorized', 'event', 'vectorbt', 'backtrader'] as const;

const MODES = ['weight', 'all_in'] as const;

const FILLS = ['next_open', 'close'] as const;

export class CreateBacktestDto {
  @UuidField() strategy_id: string;
  @IntegerField({ optional: true, min: 1, description: 'default: the newest revision' }) revision?: number;
  @EnumField({ values: ENGINES, optional: true, default: 'vectorized' }) engine?: string;
  @StringField({ ...SERIES_NAME, optional: true }) source?: string;
  @StringField({ optional: true, description: 'first scored bar, date or ISO-8601 time' }) start?: string;
  @StringField({ optional: true, description: 'last scored bar, date or ISO-8601 time' }) end?: string;
  @EnumField({ values: MODES, optional: true }) mode?: 'weight' | 'all_in';
  @EnumField({ values: FILLS, optional: true }) fill?: 'next_open' | 'close';
  @DocumentField(statedCostsDocument, { optional: true }) costs?: object;
  @IntegerField({
    optional: true,
    min: 0,
    description:
      'leading bars not scored; default: the lookback of the document. Validations score from the first bar of the gates on',
  })
  score_from?: number;
}

const FORMATS = ['json', ...TABLE_FORMATS] as const;

export class FormatQuery {
  @EnumField({ values: FORMATS, optional: true, description: 'default: as the header Accept prefers, json or csv' })
  format?: (typeof FORMATS)[number];
}

export class SignalsQuery extends FormatQuery {
  @StringField({ optional: true, description: 'first bar, date or ISO-8601 time' }) from?: string;
  @StringField({ optional: true, description: 'last bar, inclusive' }) to?: string;
}

export class CompareBacktestsDto {
  @ArrayField('uuid', { min: 2, max: 20 }) backtest_ids: string[];
}

export class BacktestListQuery extends PageQuery {
  @UuidField({ optional: true }) strategy_id?: string;
}
