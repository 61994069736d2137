import { textIn } from './metric-text';

export interface ComparedRun {
  id: string;
  /** Of its strategy; runs of the same strategy are told apart by their places and versions. */
  name: string;
  strategy: string;
  revision: string;
  timeframe: string;
}

/** Runs as the comparison lists them. @param nameOf the name of a strategy, where it is known */
export function comparedRuns(
  items: readonly Record<string, unknown>[],
  nameOf: (strategyId: string | null) => string | undefined,
): ComparedRun[] {
  const heads = items.map((item) => {
    const id = textIn(item, 'id') ?? '';
    const strategy = nameOf(textIn(item, 'strategy_id')) ?? id.slice(0, 8);
    return { id, strategy, revision: String(item.revision), timeframe: textIn(item, 'timeframe') ?? '' };
  });
  return heads.map((head, index) => {
    const isAlone = heads.filter(({ strategy }) => strategy === head.strategy).length === 1;
    return { ...head, name: isAlone ? head.strategy : `${index + 1}. ${head.strategy}, version ${head.revision}` };
  });
}
