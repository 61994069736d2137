import type { Column } from '../../tables/data-table';
import { Figure } from '../../values/figure';
import { Percent } from '../../values/percent';
import { numberIn } from './spans';

/** What every fold of a walk-forward has: Sharpe in and out of sample, and what it made. */
export const FOLD_COLUMNS: Column<Record<string, unknown>>[] = [
  {
    key: 'is',
    header: 'Sharpe in sample',
    align: 'right',
    cell: (row) => <Figure value={numberIn(row, 'is_sharpe')} digits={3} />,
  },
  {
    key: 'oos',
    header: 'Sharpe out of sample',
    align: 'right',
    cell: (row) => <Figure value={numberIn(row, 'oos_sharpe')} digits={3} />,
  },
  {
    key: 'return',
    header: 'Return',
    align: 'right',
    cell: (row) => <Percent fraction={numberIn(row, 'oos_return')} change />,
  },
];
