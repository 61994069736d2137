import type { StrategyDocument } from '@assay/contracts';
import { applyParam, cellValues, gridSize } from '@assay/pipeline';

type Params = readonly { path: string; values: readonly number[] }[];

/** Parameter values of every cell in grid order, the last parameter fastest. */
export function gridCells(params: Params): number[][] {
  return Array.from({ length: gridSize(params) }, (_, cell) => cellValues(params, cell));
}

export function cellDocument(document: StrategyDocument, params: Params, values: readonly number[]): StrategyDocument {
  return params.reduce((cell, { path }, p) => applyParam(cell, path, values[p]!), document);
}
