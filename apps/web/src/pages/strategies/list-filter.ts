import { searchWords } from '../../tables/search-words';
import type { Strategy } from './queries';

type Stage = Strategy['status'];

export interface StrategyFilter {
  q?: string;
  status?: Stage;
  tag?: string;
  archived?: boolean;
}

export const STATUSES: { value: Stage; label: string }[] = [
  { value: 'draft', label: 'Draft' },
  { value: 'backtested', label: 'Backtested' },
  { value: 'validated', label: 'Validated' },
  { value: 'promoted', label: 'Promoted' },
  { value: 'archived', label: 'Archived' },
];

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/** What an address says of the filter; anything else in it is left out. */
export const readFilter = (search: Record<string, unknown>): StrategyFilter => {
  return {
    q: searchWords(search.q),
    status: STATUSES.find(({ value }) => value === search.status)?.value,
    tag: text(search.tag),
    archived: search.archived === true ? true : undefined,
  };
};

/** The same as the service is asked; archived ones only where they are wanted. */
export const askedOf = ({ q, status, tag, archived }: StrategyFilter) => ({
  ...{ q, tag, order: 'newest' as const },
  status: status ?? (archived ? undefined : ('open' as const)),
});
