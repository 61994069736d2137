import { columnNames, columnOf, type BarColumns } from '@assay/domain';
import { invalid } from '@assay/primitives';

/** A whole column by name (`v` means close). @throws DomainError `validation_failed` that lists the columns there are. */
export function requireColumn(bars: BarColumns, name: string, field = 'params.column'): Float64Array {
  const column = columnOf(bars, name);
  if (column !== undefined) return column;
  const known = columnNames(Object.keys(bars.extra)).join(', ');
  throw invalid([
    { field, rule: 'known_column', value: name, message: `${field} must be one of ${known}, was ${name}` },
  ]);
}
