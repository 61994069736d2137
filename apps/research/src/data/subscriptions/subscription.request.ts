import { feedDocument, MARKETS, TIMEFRAMES } from '@assay/contracts';
import { BooleanField, DateField, EnumField, IntegerField, JsonField, StringField } from '@assay/platform';
import { SERIES_NAME } from '../series-name';

const DAY_S = 86_400;

const FEED = {
  description: `where the bars come from, by kind: ${(
    feedDocument.jsonSchema().oneOf as { properties: { kind: { const: string } } }[]
  )
    .map(({ properties }) => properties.kind.const)
    .join(', ')}; see docs/data.md`,
  example: { kind: 'ccxt', exchange: 'bybit' },
};
const FEED_SYMBOL = {
  ...SERIES_NAME,
  optional: true,
  description: 'the symbol as the feed writes it; default symbol',
} as const;
const KEY = {
  optional: true,
  min: 1,
  max: 500,
  description: 'key of the feed, stored sealed and never shown; alpaca: KEY_ID:SECRET',
} as const;
const START = {
  optional: true,
  description: 'bars from this date on; default ten years back for daily bars, else one',
} as const;
const DELAY = {
  optional: true,
  min: 0,
  max: DAY_S,
  description: 'seconds after a close until the feed has the bar; default what is usual for the feed',
} as const;
const OVERLAP = {
  optional: true,
  min: 0,
  max: 1000,
  default: 5,
  description: 'stored bars that each refresh asks for again, to see them corrected',
} as const;

export class SubscribeDto {
  @StringField({ ...SERIES_NAME, example: 'BTC/USDT' }) symbol: string;
  @EnumField({ values: TIMEFRAMES }) timeframe: (typeof TIMEFRAMES)[number];
  @EnumField({ values: MARKETS, description: 'calendar of the symbol' }) market: (typeof MARKETS)[number];
  @StringField({
    ...SERIES_NAME,
    optional: true,
    description: 'source of the series; default by the feed, such as ccxt.bybit',
  })
  source?: string;
  @JsonField(FEED) feed: Record<string, unknown>;
  @StringField(FEED_SYMBOL) feed_symbol?: string;
  @StringField(KEY) api_key?: string;
  @DateField(START) start?: string;
  @IntegerField(DELAY) delay_s?: number;
  @IntegerField(OVERLAP) overlap_bars?: number;
  @BooleanField({ optional: true, default: false, description: 'made-up bars, shown as such everywhere' })
  synthetic?: boolean;
  @BooleanField({ optional: true, default: true }) enabled?: boolean;
}

export class ChangeSubscriptionDto {
  @IntegerField({ optional: true, min: 1, description: 'the version that was read, unless If-Match says it' })
  version?: number;
  @JsonField({ ...FEED, optional: true }) feed?: Record<string, unknown>;
  @StringField(FEED_SYMBOL) feed_symbol?: string;
  @StringField({ ...KEY, nullable: true }) api_key?: string | null;
  @DateField({ ...START, description: 'bars from this date on' }) start?: string;
  @IntegerField(DELAY) delay_s?: number;
  @IntegerField({ ...OVERLAP, default: undefined }) overlap_bars?: number;
  @BooleanField({ optional: true }) enabled?: boolean;
}
