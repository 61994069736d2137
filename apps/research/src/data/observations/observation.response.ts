import type { ReadNote } from '@assay/market-data';
import {
  ArrayField,
  DateTimeField,
  IntegerField,
  JsonField,
  ObjectField,
  StringField,
  UuidField,
} from '@assay/platform';

export class ObservationSeriesDto {
  @UuidField() id: string;
  @StringField() source: string;
  @StringField({ nullable: true }) symbol: string | null;
  @StringField() name: string;
  @IntegerField({ description: 'values, revisions included' }) observations: number;
  @DateTimeField({ nullable: true }) first_event_time: string | null;
  @DateTimeField({ nullable: true }) last_event_time: string | null;
  @DateTimeField({ nullable: true }) last_available_at: string | null;
  @StringField({ nullable: true }) fingerprint: string | null;
  @DateTimeField({ nullable: true, description: 'when what was known at an earlier time was last changed' })
  corrected_at: string | null;
}

export class ObservationSeriesPageDto {
  @ArrayField(() => ObservationSeriesDto) items: ObservationSeriesDto[];
  @UuidField({ nullable: true }) next_cursor: string | null;
}

export class ImportedSeriesDto extends ObservationSeriesDto {
  @IntegerField() inserted: number;
  @IntegerField() updated: number;
  @IntegerField() unchanged: number;
}

export class ImportedObservationsDto {
  @ArrayField(() => ImportedSeriesDto, { description: 'one a column of values' }) series: ImportedSeriesDto[];
  @ArrayField('json', {
    description: '{code, message, line}: how the file was read, also since when its values are known',
  })
  recognised: ReadNote[];
  @ArrayField('json', { description: '{code, message, line, count}: what was changed' }) repairs: ReadNote[];
}

export class ObservationDto {
  @DateTimeField() event_time: string;
  @DateTimeField() available_at: string;
  @JsonField({ types: ['number'] }) value: number;
}

export class ObservationValuesDto {
  @ObjectField(() => ObservationSeriesDto) series: ObservationSeriesDto;
  @ArrayField(() => ObservationDto, { description: 'by event and availability' }) items: ObservationDto[];
  @DateTimeField({ nullable: true, description: 'asks for later events' }) next_cursor: string | null;
}
