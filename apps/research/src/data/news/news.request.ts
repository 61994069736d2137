import { IntegerField, StringField } from '@assay/platform';
import { ReadingFields } from '../data.request';
import { SERIES_NAME } from '../series-name';

export class ImportNewsQuery extends ReadingFields {
  @StringField({
    ...SERIES_NAME,
    optional: true,
    description: 'required: where the news comes from',
    example: 'newswire',
  })
  source?: string;
  @StringField({
    optional: true,
    min: 1,
    max: 2000,
    description: 'of news that names no symbol itself, with commas between',
    example: 'AAPL',
  })
  symbols?: string;
}

export class ImportNewsDto extends ImportNewsQuery {
  @StringField({
    optional: true,
    min: 1,
    max: 60_000_000,
    description:
      'the file as text: CSV with a header, JSON, RSS or Atom; a packed file is the body itself, or in a form',
    example: 'published_at,symbols,headline\n2024-01-02T14:30:00Z,AAPL,Barclays downgrades Apple\n',
  })
  content?: string;
}

export class NewsQuery {
  @StringField({ ...SERIES_NAME, optional: true }) symbol?: string;
  @StringField({ ...SERIES_NAME, optional: true }) source?: string;
  @StringField({ optional: true, description: 'published at or after, date or time' }) start?: string;
  @StringField({ optional: true, description: 'published at or before, date or time; a date includes its whole day' })
  end?: string;
  @StringField({ optional: true, description: 'date or time: only what was known then' }) as_of?: string;
  @IntegerField({ optional: true, min: 1, max: 1000, default: 100, description: 'most items to answer' })
  limit?: number;
  @StringField({
    optional: true,
    pattern: /^[0-9a-f]{64}$/,
    form: 'be the next_cursor of a page',
    description: '`next_cursor` of the page before',
  })
  cursor?: string;
}
