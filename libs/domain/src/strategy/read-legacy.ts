import {
  legacyStrategyDocument,
  type IndicatorKey,
  type Reading,
  type SentStrategy,
  type StrategyIndicator,
} from '@assay/contracts';
import { rawFields, withVerdicts } from '../documents';
import type { ExtraColumns } from './limits';
import { substrategyVerdicts } from './substrategy-verdicts';

const LEGACY = {
  indicator: legacyStrategyDocument('indicator'),
  indicator_name: legacyStrategyDocument('indicator_name'),
};

/**
 * Under which name a document of the older form has its indicator: one without substrategies, its one indicator's window and signal
 * at the top. Null for a document of another form.
 */
export function legacyKey(input: unknown): IndicatorKey | null {
  const { kind, substrategies, window, signal, indicator, indicator_name: named } = rawFields(input);
  const isLegacy = kind === undefined && substrategies === undefined && (window !== undefined || signal !== undefined);
  if (!isLegacy) return null;
  return named !== undefined && indicator === undefined ? 'indicator_name' : 'indicator';
}

/** Reads the older form as a document with one substrategy. */
export function readLegacy(input: unknown, key: IndicatorKey, columns: ExtraColumns): Reading<SentStrategy> {
  const { document, problems } = LEGACY[key].read(input);
  const found = withVerdicts(problems, substrategyVerdicts(input, '', key, columns));
  if (found.length > 0 || !document) return { document: undefined, problems: found };
  const { conjunction, signal_func, window, signal, data_column, ...rest } = document;
  const { [key]: indicator, ...envelope } = rest as typeof rest & Record<IndicatorKey, StrategyIndicator>;
  const only = { id: 1, indicator, signal_func, window, signal, data_column };
  return { document: { ...envelope, conjunction, substrategies: [only] }, problems: [] };
}
