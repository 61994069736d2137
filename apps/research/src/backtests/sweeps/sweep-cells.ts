import { applyParam, type SweepGrid, type SweptDocument } from '@assay/pipeline';

/** The document of a cell; not checked. */
export function cellDocument<D extends SweptDocument>(document: D, { params, valuesOf }: SweepGrid, cell: number): D {
  return valuesOf(cell).reduce((made: D, value, p) => applyParam(made, params[p]!.path, value), document);
}
