import { dateOfUtc } from '@assay/market-data';
import { canonicalJson } from '@assay/primitives';
import type { SubscriptionEntity } from '../../records/market/subscription.entity';

/** Which series it is; of the feed its kind alone, since an address may hold what is secret. */
export const auditFacts = ({ symbol, timeframe, source, feed }: SubscriptionEntity): object => ({
  ...{ symbol, timeframe, source, feed: feed.kind },
});

/**
 * What a change has changed, null where it is nothing. A key is sealed anew each time and never compared: one that was sent counts as changed,
 * and neither it nor the address of a feed is kept.
 */
export function changeFacts(
  before: SubscriptionEntity,
  after: SubscriptionEntity,
  key: string | null | undefined,
): object | null {
  const [was, is] = [settings(before), settings(after)];
  const differing = Object.keys(is).filter((name) => was[name] !== is[name]);
  const changes = Object.fromEntries(differing.map((name) => [name, { from: was[name], to: is[name] }]));
  const facts = {
    ...(differing.length > 0 && { changes }),
    ...(canonicalJson(before.feed) !== canonicalJson(after.feed) && { feed_settings: 'replaced' }),
    ...(key !== undefined && key !== null && { key: before.sealedKey === null ? 'given' : 'replaced' }),
    ...(key === null && before.sealedKey !== null && { key: 'taken away' }),
  };
  return Object.keys(facts).length === 0 ? null : facts;
}

const settings = (row: SubscriptionEntity): Record<string, unknown> => ({
  feed_symbol: row.feedSymbol,
  start: dateOfUtc(row.firstBar.getTime()),
  delay_s: row.delayS,
  overlap_bars: row.overlapBars,
  enabled: row.enabled,
  may_correct: row.mayCorrect,
});
