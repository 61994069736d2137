import type { Conjunction, Warning } from '@assay/contracts';
import type { ObjectReader } from '../documents';
import type { ExtraColumns } from './limits';
import { readSubstrategyFields, type SubstrategiesBody } from './read-substrategies';

/** True for a document of the older form: no substrategies, its one indicator's window and signal at the top. */
export function isLegacy(reader: ObjectReader): boolean {
  return !reader.has('substrategies') && (reader.has('window') || reader.has('signal')) && !reader.has('kind');
}

/** Reads the older form as a document with one substrategy; undefined when something is wrong. */
export function readLegacy(
  reader: ObjectReader,
  columns: ExtraColumns,
  warnings: Warning[],
): SubstrategiesBody | undefined {
  const before = reader.problems.length;
  const conjunctions: readonly Conjunction[] = ['AND', 'OR'];
  const conjunction = reader.oneOf('conjunction', conjunctions) ?? 'AND';
  const key = reader.has('indicator_name') && !reader.has('indicator') ? 'indicator_name' : 'indicator';
  const fields = readSubstrategyFields(reader, columns, key);
  if (reader.problems.length > before || !fields) return undefined;
  warnings.push({
    code: 'legacy_document_normalised',
    field: 'substrategies',
    message: `${key}, window and signal at the top were read as the only substrategy`,
  });
  return { conjunction, substrategies: [{ id: 1, ...fields }] };
}
