import type { ReadNote, ResampleNote } from '@assay/market-data';
import { ArrayField, IntegerField, JsonField, StringField } from '@assay/platform';
import { ImportedBarsDto } from '../data.response';

const NOTES = { description: '{code, message, count, sample}: what was left out' };

export class TradeBarDto {
  @StringField({ description: 'of the first trade, to the nanosecond; of a bar of time its open' }) open_time: string;
  @StringField({ description: 'of the last trade' }) close_time: string;
  @JsonField({ types: ['number'] }) open: number;
  @JsonField({ types: ['number'] }) high: number;
  @JsonField({ types: ['number'] }) low: number;
  @JsonField({ types: ['number'] }) close: number;
  @JsonField({ types: ['number'], description: 'sum of the sizes' }) volume: number;
  @IntegerField({ description: 'how many there are in the bar' }) trades: number;
  @JsonField({
    types: ['number'],
    nullable: true,
    description: 'of trades whose taker bought; null where one does not say',
  })
  buy_volume: number | null;
  @JsonField({ types: ['number'], description: 'dollar by volume' }) vwap: number;
  @JsonField({ types: ['number'], description: 'sum of price x size' }) dollar: number;
}

export class TradeBarsDto {
  @StringField() by: string;
  @StringField({ nullable: true }) symbol: string | null;
  @StringField({ nullable: true, description: 'whose export it looks like' }) layout: string | null;
  @IntegerField({ description: 'trades in the file' }) trades: number;
  @ArrayField('json', NOTES) notes: ResampleNote[];
  @ArrayField('json', { description: '{code, message, line}' }) recognised: ReadNote[];
  @ArrayField('json', { description: '{code, message, line, count}' }) repairs: ReadNote[];
  @ArrayField(() => TradeBarDto) items: TradeBarDto[];
}

export class StoredTradeBarsDto extends ImportedBarsDto {
  @StringField() source: string;
  @StringField() timeframe: string;
  @IntegerField({ description: 'trades in the file' }) trades: number;
  @ArrayField('json', NOTES) notes: ResampleNote[];
}
