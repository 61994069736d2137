import type { ReadNote } from '@assay/market-data';
import { ArrayField, DateTimeField, IntegerField, StringField } from '@assay/platform';

export class NewsDto {
  @StringField({ description: 'SHA-256 of the content' }) id: string;
  @StringField() source: string;
  @ArrayField('string') symbols: string[];
  @StringField({ description: 'text without markup' }) headline: string;
  @StringField({ nullable: true, description: 'text without markup' }) summary: string | null;
  @StringField({ nullable: true }) url: string | null;
  @DateTimeField() published_at: string;
  @DateTimeField({ description: 'since when it is known as it stands' }) available_at: string;
}

export class NewsPageDto {
  @ArrayField(() => NewsDto, { description: 'the newest first' }) items: NewsDto[];
  @StringField({ nullable: true, description: 'asks for older ones' }) next_cursor: string | null;
}

export class ImportedNewsDto {
  @IntegerField({ description: 'pieces in the file' }) news: number;
  @IntegerField() inserted: number;
  @IntegerField({ description: 'stored pieces that are known since another time now' }) updated: number;
  @IntegerField() unchanged: number;
  @ArrayField('json', { description: '{code, message, line}: how the file was read' }) recognised: ReadNote[];
  @ArrayField('json', { description: '{code, message, line, count}: what was left out or cut' }) repairs: ReadNote[];
}
