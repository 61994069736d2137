import { PLACEHOLDER_ID, type SentStrategy, type StrategyDocument, type Warning } from '@assay/contracts';
import { describeValue, type FieldProblem, invalid } from '@assay/primitives';
import { rawFields } from '../documents';
import { generateName } from './generate-name';
import type { ExtraColumns } from './limits';
import { legacyKey } from './read-legacy';
import { readStrategy, type PluginChecks } from './read-strategy';
import { resolveSubstrategies, type ResolvedSubstrategy } from './resolve-substrategy';

export interface ParseStrategyOptions extends PluginChecks {
  /** Makes the id of a document without one (or with the published example's placeholder); without it an id is required. */
  generateId?: () => string;
  /** Beyond v, open, high, low, close and volume; default none. */
  columns?: ExtraColumns;
  /** Found by the caller before, refused with the rest. */
  problems?: readonly FieldProblem[];
}

export interface ParsedStrategy {
  /** As sent, with id, name, version and data_column filled in where they were missing. */
  document: StrategyDocument;
  /** Every resolution that changes what the document would literally do. */
  warnings: Warning[];
  /** In ascending order of id; empty for a pipeline. */
  resolved: ResolvedSubstrategy[];
}

/** Throws `validation_failed` with every problem of the document: field, rule and value; unknown fields by name. */
export function parseStrategyDocument(input: unknown, options: ParseStrategyOptions = {}): ParsedStrategy {
  const { problems: before = [], columns = [], generateId } = options;
  const { document: sent, problems } = readStrategy(input, columns, options);
  const found = [...before, ...(generateId ? [] : idProblems(input)), ...problems];
  if (found.length > 0 || !sent) throw invalid(found);
  const warnings: Warning[] = [];
  const document = completed(sent, input, generateId, warnings);
  if (document.kind === 'pipeline') return { document, warnings, resolved: [] };
  const { resolved, warnings: resolutions } = resolveSubstrategies(document.substrategies);
  return { document, warnings: [...warnings, ...resolutions], resolved };
}

/** Where nobody makes ids the document has one. */
function idProblems(input: unknown): FieldProblem[] {
  const { strategy_id: given } = rawFields(input);
  if (typeof input !== 'object' || input === null || Array.isArray(input)) return [];
  if (given !== undefined && given !== PLACEHOLDER_ID) return [];
  const [rule, must] = given === undefined ? ['required', 'be given'] : ['format', 'be a UUID'];
  const message = `strategy_id must ${must}, was ${describeValue(given)}`;
  return [{ field: 'strategy_id', rule, value: given ?? null, message }];
}

/** With an id and a name, which are made where they are missing; every resolution is noted. */
function completed(
  sent: SentStrategy,
  input: unknown,
  generateId: (() => string) | undefined,
  warnings: Warning[],
): StrategyDocument {
  const { strategy_id: given, name: sentName = '', ...content } = sent;
  const isNew = given === undefined || given === PLACEHOLDER_ID;
  const strategy_id = (isNew ? generateId?.() : given) ?? '';
  if (isNew) {
    const message = `strategy_id was generated: ${strategy_id}`;
    warnings.push({ code: 'id_generated', field: 'strategy_id', message });
  }
  const legacy = legacyKey(input);
  if (legacy !== null) {
    const message = `${legacy}, window and signal at the top were read as the only substrategy`;
    warnings.push({ code: 'legacy_document_normalised', field: 'substrategies', message });
  }
  if (sentName.trim() !== '') return { strategy_id, name: sentName, ...content };
  const name = generateName({ strategy_id, ...content });
  warnings.push({ code: 'name_generated', field: 'name', message: `name was generated: ${name}` });
  return { strategy_id, name, ...content };
}
