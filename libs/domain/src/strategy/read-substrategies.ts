import {
  SIGNAL_FUNCTIONS,
  STRATEGY_INDICATORS,
  type Conjunction,
  type Sizing,
  type Substrategy,
} from '@assay/contracts';
import { indicatorScale, strategyJsonIndicators } from '@assay/quant';
import { ObjectReader, refuseRepeated } from '../documents';
import { columnNames } from '../ports';
import { LONGEST_WINDOW, MOST_SUBSTRATEGIES, type ExtraColumns } from './limits';
import { readSizing } from './read-sizing';

const CONJUNCTIONS: readonly Conjunction[] = ['AND', 'OR', 'FILTER'];

export interface SubstrategiesBody {
  conjunction: Conjunction;
  substrategies: Substrategy[];
  sizing?: Sizing;
}

/** Reads what a `substrategies` document adds to the envelope; undefined when something is wrong. */
export function readSubstrategies(reader: ObjectReader, columns: ExtraColumns): SubstrategiesBody | undefined {
  const before = reader.problems.length;
  const conjunction = reader.oneOf('conjunction', CONJUNCTIONS, { required: true });
  const sizing = readSizing(reader, 'sizing', false);
  const rules = { required: true, min: 1, max: MOST_SUBSTRATEGIES };
  const substrategies = reader.list('substrategies', rules, (item, path) =>
    readSubstrategy(item, path, reader, columns),
  );
  refuseRepeated(reader, 'substrategies', 'id');
  const given = reader.raw('substrategies');
  if (conjunction === 'FILTER' && Array.isArray(given) && given.length !== 2) {
    const message = `substrategies must have exactly 2 items for FILTER, had ${given.length}`;
    reader.problems.push({ field: 'substrategies', rule: 'filter_pair', value: given.length, message });
  }
  if (reader.problems.length > before || !conjunction || !substrategies) return undefined;
  return { conjunction, substrategies, ...(sizing ? { sizing } : {}) };
}

function readSubstrategy(
  item: unknown,
  path: string,
  parent: ObjectReader,
  columns: ExtraColumns,
): Substrategy | undefined {
  const reader = ObjectReader.of(item, path, parent.problems);
  if (!reader) return undefined;
  const sub = readSubstrategyFields(reader, columns);
  const id = reader.integer('id', { required: true, min: 1 });
  reader.refuseUnknown();
  return sub && id !== undefined ? { id, ...sub } : undefined;
}

/** The fields that say what one substrategy computes; a legacy document has them at its top. */
export function readSubstrategyFields(
  reader: ObjectReader,
  columns: ExtraColumns,
  indicatorKey = 'indicator',
): Omit<Substrategy, 'id'> | undefined {
  const indicator = reader.oneOf(indicatorKey, STRATEGY_INDICATORS, { required: true });
  const signalFunc = reader.oneOf('signal_func', SIGNAL_FUNCTIONS, { required: true });
  const shortest = (indicator && strategyJsonIndicators.get(indicator)?.parameters.window.min) ?? 1;
  const window = reader.integer('window', { required: true, min: shortest, max: LONGEST_WINDOW });
  const bounded = indicator !== undefined && indicatorScale(indicator) === 'bounded';
  const signal = reader.number('signal', { required: true, ...(bounded ? { min: 0, max: 100 } : {}) });
  const column = readColumn(reader, columns);
  if (!indicator || !signalFunc || window === undefined || signal === undefined) return undefined;
  return { indicator, signal_func: signalFunc, window, signal, data_column: column };
}

function readColumn(reader: ObjectReader, columns: ExtraColumns): string {
  const column = reader.text('data_column', { minLength: 1 }) ?? 'v';
  const valid = columns === 'any' ? [column] : columnNames(columns);
  if (!valid.includes(column)) reader.fail('data_column', 'unknown_column', `be one of ${valid.join(', ')}`);
  return column;
}
