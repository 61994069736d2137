import type { OrderLeg } from '@assay/domain';
import { levelText } from '../records/runs/resting-order';
import type { Feed } from './bar-feed';

/**
 * Why an order is made at a close where watch and bars disagree on an entry order: the bar has filled what the watch did
 * not see, or does not show what the watch has sent. Null where that is not why.
 */
export function entryWords(feed: Feed | null, { leg, side, reducing }: OrderLeg): string | null {
  const newest = feed?.fed.at(-1);
  if (!feed || !newest) return null;
  const filled = feed.fed.findLast(({ entry }) => entry !== null)?.entry ?? null;
  if (leg === 'open' && filled !== null)
    return `its entry order was filled at ${levelText(filled)} in a bar that has closed, and no order of the watch was`;
  const { rested } = feed;
  const leaves = reducing && rested !== null && side === (rested.weight > 0 ? 'SELL' : 'BUY');
  if (!leaves || filled !== null || newest.decision.exit || newest.decision.signal !== 0) return null;
  return `the closed bar does not show that its entry ${rested.type} at ${levelText(rested.level)} was filled`;
}
