import type { StrategyDocument } from '@assay/contracts';
import { applyParam, type SweepGrid } from '@assay/pipeline';

/** The document of a cell; not checked. */
export function cellDocument(
  document: StrategyDocument,
  { params, valuesOf }: SweepGrid,
  cell: number,
): StrategyDocument {
  return valuesOf(cell).reduce(
    (made: StrategyDocument, value, p) => applyParam(made, params[p]!.path, value),
    document,
  );
}
