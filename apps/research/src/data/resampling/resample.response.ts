import type { ResampleNote } from '@assay/market-data';
import { ArrayField, ObjectField, StringField } from '@assay/platform';
import { ImportedBarsDto, SeriesOriginDto } from '../data.response';

export class ResampledBarsDto extends ImportedBarsDto {
  @StringField({ description: 'of the stored bars' }) source: string;
  @StringField() timeframe: string;
  @ObjectField(() => SeriesOriginDto, { description: 'what they were made of' }) origin: SeriesOriginDto;
  @ArrayField('json', {
    description:
      '{code, message, count, sample}: `incomplete_first`, `incomplete_last`, `outside_sessions` (left out), `missing_bars`, `calendar_not_covered`',
  })
  notes: ResampleNote[];
}
