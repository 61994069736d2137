import type { PipelineDocument, StrategyDocument, ParamValue } from '@assay/contracts';
import { columnNames, parseStrategyDocument } from '@assay/domain';
import { DomainError, invalid, isDomainError } from '@assay/primitives';
import { featureBarColumns } from '../features';
import { modelKinds } from '../models';
import { applyParam, type SweptDocument } from './apply-param';
import type { SweepGrid, SweepParam } from './grid';

/**
 * The document of a cell, as `parse` has it.
 * @throws DomainError naming the cell, its parameters and the field.
 */
export function parsedCell<D extends SweptDocument>(
  document: D,
  { params, valuesOf }: Pick<SweepGrid, 'params' | 'valuesOf'>,
  cell: number,
  parse: (changed: D) => D,
): D {
  const chosen = valuesOf(cell);
  const changed = params.reduce((made, { path }, p) => applyParam(made, path, chosen[p]!), document);
  try {
    return parse(changed);
  } catch (error) {
    throw refusalOfCell(error, cell, params, chosen);
  }
}

/**
 * The document of a cell, checked as far as it can be without computing anything: its schema, its references, the parameters of its
 * features and the columns they read. So a sweep can be refused before its first cell is tried.
 * @param extraColumns names of the bars' extra columns.
 * @throws DomainError naming the cell, its parameters and the field.
 */
export function checkedCell(
  document: StrategyDocument,
  grid: Pick<SweepGrid, 'params' | 'valuesOf'>,
  cell: number,
  extraColumns: readonly string[],
): StrategyDocument {
  return parsedCell(document, grid, cell, (changed) => {
    const made = parseStrategyDocument(changed, { columns: [...extraColumns], models: modelKinds }).document;
    if (made.kind === 'pipeline') checkColumns(made, extraColumns);
    return made;
  });
}

/** @throws DomainError for a feature that reads a column which the bars do not have */
export function checkColumns(
  { features, timeframe }: Pick<PipelineDocument, 'features' | 'timeframe'>,
  extraColumns: readonly string[],
): void {
  const known = columnNames(extraColumns);
  featureBarColumns(features, timeframe).forEach((columns, f) => {
    const column = columns.find((name) => !known.includes(name));
    if (column === undefined) return;
    const { params } = features[f]!;
    const named = Object.keys(params).find((name) => name === 'expression' || params[name] === column);
    const field = named === undefined ? `features[${f}].plugin` : `features[${f}].params.${named}`;
    const message = `${field} must be one of ${known.join(', ')}, was ${column}`;
    throw invalid([{ field, rule: 'known_column', value: column, message }]);
  });
}

/** The refusal of a cell's document, with the parameters that made it. */
function refusalOfCell(
  error: unknown,
  cell: number,
  params: readonly SweepParam[],
  chosen: readonly ParamValue[],
): unknown {
  if (!isDomainError(error)) return error;
  const made = params.map(({ path }, p) => `${path} = ${JSON.stringify(chosen[p])}`).join(', ');
  const facts = { cell, params: Object.fromEntries(params.map(({ path }, p) => [path, chosen[p]])) };
  return new DomainError(error.code, `cell ${cell} (${made}): ${error.message}`, facts, error.errors);
}
