import type { ResampleNote } from '@assay/market-data';
import { ArrayField, IntegerField, ObjectField, StringField, UuidField } from '@assay/platform';
import { ImportedBarsDto } from '../data.response';

export class ResampleOriginDto {
  @UuidField() series_id: string;
  @StringField() source: string;
  @StringField() symbol: string;
  @StringField() timeframe: string;
  @IntegerField() bars: number;
  @StringField() fingerprint: string;
}

export class ResampledBarsDto extends ImportedBarsDto {
  @StringField({ description: 'of the stored bars' }) source: string;
  @StringField() timeframe: string;
  @ObjectField(() => ResampleOriginDto, { description: 'what they were made of' }) origin: ResampleOriginDto;
  @ArrayField('json', {
    description:
      '{code, message, count, sample}: `incomplete_first`, `incomplete_last`, `outside_sessions` (left out), `missing_bars`, `calendar_not_covered`',
  })
  notes: ResampleNote[];
}
