import type { RefreshCounts } from '@assay/market-data/feeds';
import {
  ArrayField,
  BooleanField,
  DateField,
  DateTimeField,
  IntegerField,
  JsonField,
  ObjectField,
  StringField,
  UuidField,
} from '@assay/platform';

export class FreshnessDto {
  @DateTimeField({ nullable: true, description: 'open time of the newest stored bar' }) last_bar: string | null;
  @DateTimeField({ nullable: true, description: 'open time of the newest bar that has closed by the calendar' })
  expected_bar: string | null;
  @BooleanField({ description: 'whether the newest bar that the feed should have is stored' }) fresh: boolean;
  @IntegerField({ description: 'how long that bar has been missing, seconds' }) late_by_s: number;
}

export class SubscriptionDto {
  @UuidField() id: string;
  @IntegerField() version: number;
  @StringField() source: string;
  @StringField() symbol: string;
  @StringField() timeframe: string;
  @StringField() market: string;
  @BooleanField() synthetic: boolean;
  @JsonField({ description: 'where the bars come from' }) feed: object;
  @StringField() feed_symbol: string;
  @BooleanField({ description: 'whether a key is stored with it' }) has_key: boolean;
  @DateField() start: string;
  @IntegerField() delay_s: number;
  @IntegerField() overlap_bars: number;
  @BooleanField({ description: 'whether refreshes may change stored bars: data:correct of who subscribed' })
  may_correct: boolean;
  @BooleanField() enabled: boolean;
  @DateTimeField() next_due_at: string;
  @IntegerField({ description: 'refreshes in a row that did not bring the expected bar' }) attempts: number;
  @DateTimeField({ nullable: true }) last_attempt_at: string | null;
  @DateTimeField({ nullable: true }) last_success_at: string | null;
  @StringField({ nullable: true, description: 'what the feed refused at the last attempt' }) last_error: string | null;
  @JsonField({
    nullable: true,
    description: '{fetched, inserted, corrected, withheld, outside, warnings?} of the last attempt',
  })
  last_result: RefreshCounts | null;
  @ObjectField(() => FreshnessDto) freshness: FreshnessDto;
}

export class SubscriptionPageDto {
  @ArrayField(() => SubscriptionDto) items: SubscriptionDto[];
  @UuidField({ nullable: true }) next_cursor: string | null;
}
