import { TIMEFRAMES } from '@assay/contracts';
import { EnumField, StringField } from '@assay/platform';
import { SERIES_NAME } from '../series-name';

export class ResampleDto {
  @StringField({ ...SERIES_NAME, optional: true, description: 'of the stored bars; asked for where several have them' })
  source?: string;
  @StringField({ ...SERIES_NAME, example: 'SP500' }) symbol: string;
  @EnumField({ values: TIMEFRAMES, description: 'of the stored bars', example: '1m' }) timeframe: string;
  @EnumField({ values: TIMEFRAMES, description: 'a multiple of it; 1d, 1w and 1M by the calendar', example: '1h' })
  to: string;
  @StringField({
    ...SERIES_NAME,
    optional: true,
    description: 'source under which the new bars are stored; by default `resampled.`, the timeframe and the source',
  })
  into?: string;
  @EnumField({
    values: ['refuse', 'drop'],
    optional: true,
    default: 'refuse',
    description: 'bars outside of sessions, such as those before the opening',
  })
  outside_sessions?: 'refuse' | 'drop';
}
