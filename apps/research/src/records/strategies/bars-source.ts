import type { StrategyWithRevision } from './strategy.store';

/**
 * Where the bars of a revision come from: the source of its pinned history, else the one that is asked for, else the
 * strategy's. Null: the only source that has them.
 */
export const barsSourceOf = (
  { strategy, revision }: StrategyWithRevision,
  asked: string | null = null,
): string | null => revision.historyAnchor?.source ?? asked ?? strategy.source;
