import { ArrayField, DateTimeField, IntegerField, ObjectField, StringField, UuidField } from '@assay/platform';
import { ImportedBarsDto, SeriesOriginDto } from '../data.response';

export class JoinedColumnDto {
  @StringField({ description: 'name of the new column' }) column: string;
  @UuidField({ description: 'of the external series' }) series_id: string;
  @StringField() source: string;
  @StringField({ nullable: true }) symbol: string | null;
  @StringField() name: string;
  @StringField({ description: 'of its values when they were joined' }) fingerprint: string;
  @IntegerField({ description: 'bars at whose close nothing was known' }) missing: number;
  @DateTimeField({ nullable: true, description: 'open of the first bar that has a value' }) first: string | null;
}

export class JoinedNewsColumnDto {
  @StringField({ description: 'name of the new column' }) column: string;
  @StringField() measure: string;
  @StringField({ nullable: true, description: 'null: all' }) source: string | null;
  @StringField({ description: 'which the news is about' }) symbol: string;
  @IntegerField({ description: 'pieces of news that were looked at' }) news: number;
  @StringField({ description: 'of these pieces when they were joined, and of the version of the lexicon' })
  fingerprint: string;
  @IntegerField({ description: 'bars that have no value: without an article in the window' }) missing: number;
  @DateTimeField({ nullable: true, description: 'open of the first bar that has a value' }) first: string | null;
}

export class JoinedBarsDto extends ImportedBarsDto {
  @StringField() source: string;
  @StringField() timeframe: string;
  @ObjectField(() => SeriesOriginDto, { description: 'what they were made of' }) origin: SeriesOriginDto;
  @ArrayField(() => JoinedColumnDto) joined: JoinedColumnDto[];
  @ArrayField(() => JoinedNewsColumnDto) news: JoinedNewsColumnDto[];
}
