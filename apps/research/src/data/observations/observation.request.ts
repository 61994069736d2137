import { DateTimeField, IntegerField, StringField } from '@assay/platform';
import { PageQuery } from '../../listing/page.request';
import { ReadingFields } from '../data.request';
import { SERIES_NAME } from '../series-name';

const OF_SYMBOL = {
  ...SERIES_NAME,
  optional: true,
  description: 'which the values are about, such as a company; none for macro figures',
};

export class ImportObservationsQuery extends ReadingFields {
  @StringField({ ...SERIES_NAME, optional: true, description: 'required: where the values come from', example: 'fred' })
  source?: string;
  @StringField(OF_SYMBOL) symbol?: string;
  @StringField({
    ...SERIES_NAME,
    optional: true,
    description: 'of the series, where the file has one column of values; otherwise columns name theirs',
    example: 'gdp',
  })
  series?: string;
  @StringField({
    optional: true,
    min: 1,
    max: 16,
    description:
      'only for a file that does not say since when its values are known: how long after its event each was, in m, h, d or w',
    example: '45d',
  })
  available_after?: string;
}

export class ImportObservationsDto extends ImportObservationsQuery {
  @StringField({
    optional: true,
    min: 1,
    max: 60_000_000,
    description:
      'the file as text: columns date or event_time, available_at, and values; a binary file is the body itself, or in a form',
    example: 'date,available_at,gdp\n2024-03-31,2024-04-25T12:30:00Z,28269.2\n',
  })
  content?: string;
}

export class ObservationSeriesQuery extends PageQuery {
  @StringField({ ...SERIES_NAME, optional: true }) source?: string;
  @StringField({ ...SERIES_NAME, optional: true }) symbol?: string;
  @StringField({ ...SERIES_NAME, optional: true, description: 'of the series' }) name?: string;
}

export class ObservationValuesQuery {
  @StringField({
    optional: true,
    description: 'date or time: what was known then, of each event the newest revision by it; without it all revisions',
  })
  as_of?: string;
  @StringField({ optional: true, description: 'first event, date or time' }) start?: string;
  @StringField({ optional: true, description: 'last event, date or time; a date includes its whole day' }) end?: string;
  @IntegerField({ optional: true, min: 1, max: 10_000, default: 1000, description: 'most events to answer' })
  limit?: number;
  @DateTimeField({ optional: true, description: '`next_cursor` of the page before' }) cursor?: string;
}
