import type { HistoryAnchor } from '@assay/contracts';
import type { DataPin } from './data-pin';

/** The history that a result rests on. */
export const anchorOf = ({ source, adjustment, first_bar, fingerprint, until }: DataPin): HistoryAnchor => ({
  source,
  adjustment,
  first_bar,
  fingerprint,
  until,
});
