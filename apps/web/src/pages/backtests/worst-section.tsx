import { useQuery } from '@tanstack/react-query';
import { formatCount } from '../../format/number';
import { Section } from '../../shell/page';
import { Empty } from '../../states/empty';
import { QueryView } from '../../states/query-view';
import { loadedList } from '../../tables/cursor-list';
import { DataTable, type Column } from '../../tables/data-table';
import { Percent } from '../../values/percent';
import { numberIn, textIn } from './metric-text';
import { drawdownsQuery, worstQuery } from './queries';

type Row = Record<string, unknown>;

const WORST: Column<Row>[] = [
  { key: 'date', header: 'Bar', cell: (row) => textIn(row, 'date'), sortBy: (row) => textIn(row, 'date') },
  {
    key: 'return',
    header: 'Strategy',
    align: 'right',
    cell: (row) => <Percent fraction={numberIn(row, 'return')} change />,
    sortBy: (row) => numberIn(row, 'return'),
  },
  {
    key: 'hold',
    header: 'Buy and hold',
    align: 'right',
    cell: (row) => <Percent fraction={numberIn(row, 'buy_hold')} change />,
    sortBy: (row) => numberIn(row, 'buy_hold'),
  },
];

const FALLS: Column<Row>[] = [
  {
    key: 'depth',
    header: 'Depth',
    align: 'right',
    cell: (row) => <Percent fraction={numberIn(row, 'drawdown_fraction')} />,
    sortBy: (row) => numberIn(row, 'drawdown_fraction'),
  },
  { key: 'peak', header: 'Peak', cell: (row) => textIn(row, 'peak'), sortBy: (row) => textIn(row, 'peak') },
  { key: 'trough', header: 'Trough', cell: (row) => textIn(row, 'trough'), sortBy: (row) => textIn(row, 'trough') },
  {
    key: 'recovery',
    header: 'Recovered',
    cell: (row) => textIn(row, 'recovery') ?? 'Not yet',
    sortBy: (row) => textIn(row, 'recovery'),
  },
  {
    key: 'bars',
    header: 'Bars',
    align: 'right',
    cell: (row) => formatCount(numberIn(row, 'bars')),
    sortBy: (row) => numberIn(row, 'bars'),
  },
];

/** The worst bars and the deepest falls. */
export function WorstSection({ id }: { id: string }) {
  const worst = useQuery(worstQuery(id));
  const falls = useQuery(drawdownsQuery(id));
  return (
    <>
      <Section title="Deepest falls">
        <QueryView query={falls}>
          {(rows) => (
            <DataTable
              label="Deepest falls"
              columns={FALLS}
              list={loadedList(rows)}
              rowKey={(row) => `${textIn(row, 'peak')} ${textIn(row, 'trough')}`}
              csv={`/api/backtests/${id}/drawdowns?format=csv`}
              empty={<Empty title="No fall">The equity never stood below a peak.</Empty>}
            />
          )}
        </QueryView>
      </Section>
      <Section title="Worst bars">
        <QueryView query={worst}>
          {(rows) => (
            <DataTable
              label="Worst bars"
              columns={WORST}
              list={loadedList(rows)}
              rowKey={(row) => textIn(row, 'date') ?? ''}
              csv={`/api/backtests/${id}/worst-bars?format=csv`}
              empty={<Empty title="No loss">No bar lost anything.</Empty>}
            />
          )}
        </QueryView>
      </Section>
    </>
  );
}
