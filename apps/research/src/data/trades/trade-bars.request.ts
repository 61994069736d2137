import { MARKETS } from '@assay/contracts';
import { EnumField, StringField } from '@assay/platform';
import { ReadingFields } from '../data.request';
import { SERIES_NAME } from '../series-name';

export class TradeBarsQuery extends ReadingFields {
  @StringField({
    optional: true,
    min: 1,
    max: 64,
    description:
      'required: what ends a bar, `time:` and a timeframe, `ticks:` and a number of trades, `volume:` and units, `dollar:` and an amount',
    example: 'dollar:1e6',
  })
  by?: string;
  @StringField({ ...SERIES_NAME, optional: true, description: 'which to read of several symbols; of stored bars' })
  symbol?: string;
  @EnumField({ values: MARKETS, optional: true, description: 'required for bars of time: whose sessions they follow' })
  market?: string;
  @EnumField({
    values: ['taker', 'maker'],
    optional: true,
    description: "whose side a column of sides states; default by the source, otherwise the taker's",
  })
  side_of?: 'taker' | 'maker';
  @StringField({
    optional: true,
    description: 'bars of time: the file has all trades from this date or time on, so that the first bar is whole',
  })
  from?: string;
  @StringField({
    optional: true,
    description: 'bars of time: the file has all trades before this date or time, so that the last bar is whole',
  })
  until?: string;
  @EnumField({
    values: ['refuse', 'drop'],
    optional: true,
    default: 'refuse',
    description: 'bars of time: trades outside of sessions',
  })
  outside_sessions?: 'refuse' | 'drop';
  @EnumField({ values: ['json', 'csv'], optional: true, default: 'json', description: 'of the answer' })
  format?: 'json' | 'csv';
  @StringField({
    ...SERIES_NAME,
    optional: true,
    description: 'bars of time: store them as a series of `symbol` from this source, which needs scope data:write',
  })
  into?: string;
}

export class TradeBarsBody extends TradeBarsQuery {
  @StringField({
    optional: true,
    min: 1,
    max: 60_000_000,
    description: 'the file as text; a binary file is the body itself, or in a form',
  })
  content?: string;
}
