import { invalid } from '@assay/primitives';
import type { StrategyRevisionEntity } from './strategy-revision.entity';

type Sourced = Pick<StrategyRevisionEntity, 'source' | 'historyAnchor'>;

/** Where the bars of a revision come from; null while it states no source and no backtest has pinned one. */
export const sourceOf = ({ source, historyAnchor }: Sourced): string | null => historyAnchor?.source ?? source;

/** Whether a strategy that states `source` is about other bars than the revision: what was proven on those says nothing of these. */
export const isOtherSource = (revision: Sourced, source: string | null): boolean =>
  source !== revision.source && source !== revision.historyAnchor?.source;

/**
 * Where a run of a revision reads its bars: from its own source, else from the one that is asked for. Null: the only one that has them.
 * @throws DomainError `validation_failed` for another source than the revision's own
 */
export function barsSourceOf(revision: Sourced, asked: string | null = null): string | null {
  const own = sourceOf(revision);
  if (own === null || asked === null || asked === own) return own ?? asked;
  const isPinned = revision.historyAnchor !== null;
  const why = isPinned ? 'from which the history of this revision is pinned' : 'which the strategy states';
  throw invalid([
    {
      field: 'source',
      rule: isPinned ? 'history_anchor' : 'strategy_source',
      value: asked,
      message: `source must be ${own}, ${why}, was ${asked}: another source of the strategy makes a new revision`,
    },
  ]);
}
