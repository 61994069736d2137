import { CELL_FIGURES, type RankedBy } from '@assay/contracts';
import { invalid } from '@assay/primitives';

/** @throws DomainError `validation_failed` naming what a sweep has, for a metric that it was not asked to compute. */
export function assertColumn(field: 'by' | 'metric', name: RankedBy, columns: readonly string[]): void {
  if (name === 'plateau' || columns.includes(name)) return;
  const known = [...CELL_FIGURES, ...columns.slice(columns.lastIndexOf('max_drawdown') + 1)];
  const message = `${field} must be one of ${known.join(', ')}, which this sweep has (submit another by ${name}), was ${name}`;
  throw invalid([{ field, rule: 'enum', value: name, message }]);
}
