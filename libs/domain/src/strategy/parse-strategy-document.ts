import type { PipelineDocument, StrategyDocument, SubstrategiesDocument, Warning } from '@assay/contracts';
import { type FieldProblem, invalid } from '@assay/primitives';
import { ObjectReader } from '../documents';
import { generateName } from './generate-name';
import type { ExtraColumns } from './limits';
import { readEnvelope } from './read-envelope';
import { isLegacy, readLegacy } from './read-legacy';
import { readPipeline, type PluginChecks } from './read-pipeline';
import { readSubstrategies } from './read-substrategies';
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
  const problems: FieldProblem[] = [...(options.problems ?? [])];
  const warnings: Warning[] = [];
  const reader = ObjectReader.of(input, '', problems);
  if (!reader) throw invalid(problems);
  const columns = options.columns ?? [];
  const envelope = readEnvelope(reader, options.generateId, warnings);
  const legacy = isLegacy(reader);
  const kind = reader.oneOf('kind', ['substrategies', 'pipeline']);
  let unnamed: StrategyDocument | undefined;
  if (kind === 'pipeline') {
    const body = readPipeline(reader, columns, options);
    if (envelope && body) unnamed = { ...envelope, ...body } satisfies PipelineDocument;
  } else if (kind === 'substrategies' || !reader.has('kind')) {
    const body = legacy ? readLegacy(reader, columns, warnings) : readSubstrategies(reader, columns);
    if (envelope && body) {
      unnamed = { ...envelope, ...(kind ? { kind } : {}), ...body } satisfies SubstrategiesDocument;
    }
  }
  if (kind !== undefined || !reader.has('kind')) reader.refuseUnknown();
  if (problems.length > 0 || !unnamed) throw invalid(problems);
  const document = named(unnamed, warnings);
  if (document.kind === 'pipeline') return { document, warnings, resolved: [] };
  const { resolved, warnings: resolutions } = resolveSubstrategies(document.substrategies);
  return { document, warnings: [...warnings, ...resolutions], resolved };
}

function named(document: StrategyDocument, warnings: Warning[]): StrategyDocument {
  if (document.name.trim() !== '') return document;
  const name = generateName(document);
  warnings.push({ code: 'name_generated', field: 'name', message: `name was generated: ${name}` });
  return { ...document, name };
}
