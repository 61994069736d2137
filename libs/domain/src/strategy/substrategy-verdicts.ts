import { columnNames, MOST_SUBSTRATEGIES, STRATEGY_INDICATORS, type StrategyIndicator } from '@assay/contracts';
import { indicatorScale, strategyJsonIndicators } from '@assay/quant';
import { describeValue, type FieldProblem } from '@assay/primitives';
import { rawFields, rawItems } from '../documents';
import type { ExtraColumns } from './limits';

/** What the schema of a substrategies document cannot say of its parts. The document may be wrong otherwise. */
export const substrategiesVerdicts = (input: unknown, columns: ExtraColumns): FieldProblem[] =>
  rawItems(input, 'substrategies', '', MOST_SUBSTRATEGIES).flatMap(([item, place]) =>
    substrategyVerdicts(item, place, 'indicator', columns),
  );

/** The bounds that its indicator sets to a substrategy at `path`, and its column. */
export function substrategyVerdicts(
  item: unknown,
  path: string,
  indicatorKey: string,
  columns: ExtraColumns,
): FieldProblem[] {
  const { [indicatorKey]: indicator, window, signal, data_column: column } = rawFields(item);
  const verdicts: FieldProblem[] = [];
  const note = (key: string, rule: string, value: unknown, must: string): void => {
    const field = path === '' ? key : `${path}.${key}`;
    verdicts.push({ field, rule, value, message: `${field} must ${must}, was ${describeValue(value)}` });
  };
  if (isIndicator(indicator)) {
    const shortest = strategyJsonIndicators.get(indicator)?.parameters.window.min ?? 1;
    if (Number.isSafeInteger(window) && Number(window) < shortest) {
      note('window', 'minimum', window, `be at least ${shortest}`);
    }
    if (typeof signal === 'number' && indicatorScale(indicator) === 'bounded') {
      if (signal < 0) note('signal', 'minimum', signal, 'be at least 0');
      if (signal > 100 && signal < Infinity) note('signal', 'maximum', signal, 'be at most 100');
    }
  }
  if (typeof column === 'string' && column !== '' && columns !== 'any') {
    const valid = columnNames(columns);
    if (!valid.includes(column)) note('data_column', 'unknown_column', column, `be one of ${valid.join(', ')}`);
  }
  return verdicts;
}

const isIndicator = (value: unknown): value is StrategyIndicator =>
  (STRATEGY_INDICATORS as readonly unknown[]).includes(value);

/** A FILTER is a pair. */
export function filterProblem(input: unknown): FieldProblem[] {
  const { conjunction, substrategies } = rawFields(input);
  if (conjunction !== 'FILTER' || !Array.isArray(substrategies) || substrategies.length === 2) return [];
  const { length } = substrategies;
  const message = `substrategies must have exactly 2 items for FILTER, had ${length}`;
  return [{ field: 'substrategies', rule: 'filter_pair', value: length, message }];
}
