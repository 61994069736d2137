/** What a service says when something of the user's has changed: of which kind, and which. */
export interface Notice {
  kind: string;
  id: string | null;
}

export function parseNotice(data: string): Notice | undefined {
  try {
    const value: unknown = JSON.parse(data);
    if (typeof value !== 'object' || value === null || !('kind' in value) || typeof value.kind !== 'string')
      return undefined;
    return { kind: value.kind, id: 'id' in value && typeof value.id === 'string' ? value.id : null };
  } catch {
    return undefined;
  }
}

/** What is shown under another name than that of the row that changed: what a deployment leaves behind is asked for with the deployment. */
const SHOWN_WITH: Readonly<Record<string, readonly string[]>> = {
  replay: ['deployment'],
  run: ['deployment'],
  order: ['deployment'],
  fill: ['deployment'],
  decision: ['deployment'],
  result: ['strategy'],
  // where a strategy stands follows from what was run of it, and its own row need not change for that
  backtest: ['strategy'],
  validation: ['strategy'],
  promotion: ['strategy'],
  // bars are stored in bulk and tell nothing: the subscription that brought them does
  subscription: ['series'],
};

/** The kinds of queries that a change of one kind makes stale. */
export const staleBy = (kind: string): readonly string[] => [kind, ...(SHOWN_WITH[kind] ?? [])];
