import { parseValues, type ObjectSchema } from '../../../forms/schema-values';

const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;

/** Values to try of a hyper-parameter from text parted by commas; null where a part is no number. */
export function valuesOf(text: string): number[] | null {
  const parts = text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  return parts.every((part) => NUMBER.test(part)) ? parts.map(Number) : null;
}

/** How many sets the values of several parameters make; parameters without values are not varied. Null where one cannot be read. */
export function setsOf(texts: Readonly<Record<string, string>>): number | null {
  const counts = Object.values(texts).map((text) => valuesOf(text)?.length ?? null);
  if (counts.includes(null)) return null;
  const given = counts.filter((count): count is number => count !== null && count > 0);
  return given.length === 0 ? 0 : given.reduce((product, count) => product * count, 1);
}

export const METHODS = [
  { value: 'exhaustive', label: 'All of them' },
  { value: 'random', label: 'Some, at random' },
  { value: 'tpe', label: 'Some, by TPE: where the best is expected' },
] as const;

/** Which of the sets are tried, numbers as they are typed. */
export interface SearchDraft {
  method: (typeof METHODS)[number]['value'];
  trials: string;
  seed: string;
  prune: boolean;
}
export const FIRST_SEARCH: SearchDraft = { method: 'exhaustive', trials: '20', seed: '', prune: false };

export const SEARCH_TITLES = { trials: 'Sets to draw', seed: 'Seed of the draws' } as const;

const WHOLE: ObjectSchema = {
  properties: {
    trials: { title: SEARCH_TITLES.trials, type: 'integer', minimum: 1, maximum: 5000 },
    seed: { title: SEARCH_TITLES.seed, type: 'integer', minimum: 0, maximum: 4_294_967_295 },
  },
  required: ['trials'],
};

export interface AskedSearch {
  method?: SearchDraft['method'];
  trials?: number;
  seed?: number;
  prune?: 'median';
}

/** The parts of a tuning's request that say which sets are tried: only what was given; `errors` by field. */
export function searchOf({ method, prune, ...texts }: SearchDraft): {
  search: AskedSearch;
  errors: Record<string, string>;
} {
  const pruning = prune ? { prune: 'median' as const } : {};
  if (method === 'exhaustive') return { search: pruning, errors: {} };
  const { values, errors } = parseValues(WHOLE, texts);
  return { search: { method, ...pruning, ...values }, errors };
}
