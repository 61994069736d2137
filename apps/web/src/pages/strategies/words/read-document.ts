import { describeRecipe, type Fact } from './document-words';
import type { Recipe, Substrategy } from './recipe';

interface Read {
  document?: Record<string, unknown>;
  problem?: string;
  /** What it means, where that can be told before the service has read it. */
  facts?: Fact[];
}

const isSubstrategy = (value: unknown): value is Substrategy =>
  typeof value === 'object' &&
  value !== null &&
  typeof (value as Substrategy).indicator === 'string' &&
  typeof (value as Substrategy).signal_func === 'string' &&
  typeof (value as Substrategy).window === 'number' &&
  typeof (value as Substrategy).signal === 'number';

/** A pasted document: JSON or not, and what it means where that is plain. The service decides whether it is right. */
export function readDocument(text: string): Read | undefined {
  if (text.trim() === '') return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { problem: `This is no JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { problem: 'A Strategy JSON is an object: { … }.' };
  }
  const document = value as Record<string, unknown>;
  const parts = document.substrategies;
  if (!Array.isArray(parts) || parts.length === 0 || !parts.every(isSubstrategy)) return { document };
  const recipe: Recipe = {
    kind: 'substrategies',
    universe: typeof document.ticker === 'string' ? [document.ticker] : [],
    timeframe: typeof document.timeframe === 'string' ? document.timeframe : '1d',
    document: document as Recipe['document'],
    config: { sizing: document.sizing as NonNullable<Recipe['config']>['sizing'] },
  };
  const facts = describeRecipe(recipe, typeof document.source === 'string' ? document.source : null);
  return { document, facts: facts.filter(({ label }) => label !== 'Assumes') };
}
