import type { UniverseDocument } from '@assay/contracts';
import { parseUniverseDocument } from '@assay/domain';
import { checkFeature } from '../features';
import { checkColumns, parsedCell, type SweepGrid } from '../sweep';

/**
 * The document of a cell, checked as far as it can be without computing anything, as `checkedCell` does it for one symbol.
 * @param extraColumns names of the extra columns that the bars of every symbol have.
 * @throws DomainError naming the cell, its parameters and the field.
 */
export const checkedUniverseCell = (
  document: UniverseDocument,
  grid: Pick<SweepGrid, 'params' | 'valuesOf'>,
  cell: number,
  extraColumns: readonly string[],
): UniverseDocument =>
  parsedCell(document, grid, cell, (changed) => {
    const made = parseUniverseDocument(changed, { checkFeature }).document;
    checkColumns(made, extraColumns);
    return made;
  });
