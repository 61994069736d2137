import type { Acknowledgement, FileInspection, ImportWarning, QualityFinding, ReadNote } from '@assay/market-data';
import type { FieldProblem } from '@assay/primitives';
import {
  ArrayField,
  BooleanField,
  DateTimeField,
  IntegerField,
  JsonField,
  ObjectField,
  StringField,
  UuidField,
} from '@assay/platform';
import type { SeriesOrigin } from './derived-series';

export class QualitySummaryDto {
  @UuidField() id: string;
  @ArrayField('json', { description: '{code, message, count, share, sample, digest}; an error forbids promotion' })
  errors: QualityFinding[];
  @ArrayField('json', { description: '{code, message, count, share, sample, digest}' })
  warnings: QualityFinding[];
}

export class ImportedBarsDto {
  @UuidField() series_id: string;
  @IntegerField({ description: 'bars in the file that were imported' }) bars: number;
  @IntegerField() inserted: number;
  @IntegerField() updated: number;
  @IntegerField() unchanged: number;
  @DateTimeField() first: string;
  @DateTimeField() last: string;
  @ArrayField('string') extra_columns: string[];
  @BooleanField() synthetic: boolean;
  @ArrayField('json', { description: '{code, message, line}: how the file was read where it is no plain one' })
  recognised: ReadNote[];
  @ArrayField('json', { description: '{code, message, line, count}: what was changed, such as rows turned round' })
  repairs: ReadNote[];
  @ArrayField('json', {
    description: '{code, message, count, share, sample}: `unclosed_bar` (left out), `unadjusted_split`',
  })
  warnings: ImportWarning[];
  @ObjectField(() => QualitySummaryDto) quality: QualitySummaryDto;
  @StringField() fingerprint: string;
  @JsonField({
    nullable: true,
    description: '{added, changed, unchanged}: corporate actions of its columns, where asked for',
  })
  actions: { added: number; changed: number; unchanged: number } | null;
}

export class SeriesOriginDto implements SeriesOrigin {
  @UuidField() series_id: string;
  @StringField() source: string;
  @StringField() symbol: string;
  @StringField() timeframe: string;
  @IntegerField() bars: number;
  @StringField() fingerprint: string;
}

export class FileInspectionDto implements FileInspection {
  @StringField({ nullable: true }) name: string | null;
  @IntegerField() bytes: number;
  @ArrayField('string', { description: 'outermost first' }) containers: string[];
  @StringField({ nullable: true }) encoding: string | null;
  @StringField({ nullable: true, description: 'of the file inside its containers' }) format: string | null;
  @StringField({ nullable: true, description: 'whose export it looks like' }) layout: string | null;
  @StringField({ nullable: true }) delimiter: string | null;
  @StringField({ nullable: true }) decimal: string | null;
  @ArrayField('json', { description: '{name, read_as}: date, clock, open, ..., extra, or skip' })
  columns: { name: string; read_as: string }[];
  @StringField({ nullable: true }) time_format: string | null;
  @StringField({ nullable: true, description: 'of times that state none' }) zone: string | null;
  @ArrayField('string') symbols: string[];
  @StringField({ nullable: true }) timeframe: string | null;
  @StringField({ nullable: true, description: 'most common distance between rows' }) spacing: string | null;
  @IntegerField({ nullable: true }) rows: number | null;
  @IntegerField({ nullable: true }) bars: number | null;
  @DateTimeField({ nullable: true }) first: string | null;
  @DateTimeField({ nullable: true }) last: string | null;
  @ArrayField('json', { description: '{code, message, line}' }) recognised: ReadNote[];
  @ArrayField('json', { description: '{code, message, line, count}' }) repairs: ReadNote[];
  @ArrayField('json', { description: '{field, rule, value, message}: why it is refused; empty when it is read' })
  problems: FieldProblem[];
}

export class SymbolDto {
  @StringField() symbol: string;
  @StringField() source: string;
  @StringField() timeframe: string;
  @StringField() market: string;
  @BooleanField() synthetic: boolean;
  @BooleanField({ description: 'whether the adjusted prices differ from the raw ones' }) adjusted: boolean;
  @ArrayField('string') extra_columns: string[];
  @IntegerField() bars: number;
  @DateTimeField({ nullable: true }) first: string | null;
  @DateTimeField({ nullable: true }) last: string | null;
  @StringField({ nullable: true }) fingerprint: string | null;
}

export class SymbolsDto {
  @ArrayField(() => SymbolDto) items: SymbolDto[];
  @UuidField({ nullable: true }) next_cursor: string | null;
}

export class BarDto {
  @DateTimeField() open_time: string;
  @JsonField({ types: ['number'], nullable: true }) open: number | null;
  @JsonField({ types: ['number'], nullable: true }) high: number | null;
  @JsonField({ types: ['number'], nullable: true }) low: number | null;
  @JsonField({ types: ['number'], nullable: true }) close: number | null;
  @JsonField({ types: ['number'], nullable: true }) volume: number | null;
  @JsonField({ description: 'further columns by name' }) extra: Record<string, number | null>;
}

export class BarsDto {
  @StringField() symbol: string;
  @StringField() source: string;
  @StringField() timeframe: string;
  @BooleanField() synthetic: boolean;
  @DateTimeField({ nullable: true, description: 'asks for the bars before these' }) next_cursor: string | null;
  @ArrayField(() => BarDto) items: BarDto[];
}

export class QualityDto {
  @UuidField() id: string;
  @UuidField() series_id: string;
  @StringField() fingerprint: string;
  @ArrayField('json') errors: QualityFinding[];
  @ArrayField('json') warnings: QualityFinding[];
  @ArrayField('json', {
    description:
      '{code, by, reason, at, carried_from}: carried_from is the earlier report on which it was given, where it was',
  })
  acknowledgements: Acknowledgement[];
  @ArrayField('string', { description: 'codes of warnings that nobody has acknowledged' }) unacknowledged: string[];
  @DateTimeField() created_at: string;
}
