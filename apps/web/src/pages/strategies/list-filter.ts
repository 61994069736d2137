export interface StrategyFilter {
  q?: string;
  status?: string;
  tag?: string;
  archived?: boolean;
}

export const STATUSES = [
  { value: 'draft', label: 'Draft' },
  { value: 'backtested', label: 'Backtested' },
  { value: 'validated', label: 'Validated' },
  { value: 'promoted', label: 'Promoted' },
  { value: 'archived', label: 'Archived' },
];

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/** What an address says of the filter; anything else in it is left out. */
export const readFilter = (search: Record<string, unknown>): StrategyFilter => {
  const status = text(search.status);
  return {
    q: typeof search.q === 'number' ? String(search.q) : text(search.q),
    status: STATUSES.some(({ value }) => value === status) ? status : undefined,
    tag: text(search.tag),
    archived: search.archived === true ? true : undefined,
  };
};

interface Row {
  name: string;
  universe: readonly string[];
  status: string;
}

/** Whether a row is shown; archived ones only where they are asked for. The tag is asked of the service. */
export function matches(row: Row, { q, status, archived }: StrategyFilter): boolean {
  if (status ? row.status !== status : row.status === 'archived' && !archived) return false;
  if (!q) return true;
  const wanted = q.toLowerCase();
  return [row.name, ...row.universe].some((name) => name.toLowerCase().includes(wanted));
}
