import { answer, research } from '../../api/clients';
import type { components } from '../../api/generated/research';
import { Page } from '../../shell/page';
import { Empty } from '../../states/empty';
import { StatusBadge } from '../../states/status-badge';
import { useCursorList } from '../../tables/cursor-list';
import { DataTable, type Column } from '../../tables/data-table';
import { Time } from '../../values/time';

type Strategy = components['schemas']['StrategyDto'];

const COLUMNS: Column<Strategy>[] = [
  { key: 'name', header: 'Name', cell: (row) => row.name, sortBy: (row) => row.name },
  { key: 'status', header: 'Status', cell: (row) => <StatusBadge status={row.status} />, sortBy: (row) => row.status },
  { key: 'universe', header: 'Symbols', cell: (row) => row.universe.join(', ') },
  { key: 'timeframe', header: 'Bars', cell: (row) => row.timeframe, wide: true },
  {
    key: 'revision',
    header: 'Revision',
    align: 'right',
    cell: (row) => row.revision,
    sortBy: (row) => row.revision,
    wide: true,
  },
  {
    key: 'updated',
    header: 'Changed',
    cell: (row) => <Time value={row.updated_at} />,
    sortBy: (row) => row.updated_at,
    wide: true,
  },
];

export function StrategiesPage() {
  const list = useCursorList<Strategy>(['strategy', 'list'], (cursor, signal) =>
    answer(research.GET('/api/strategies', { params: { query: { cursor } }, signal })),
  );
  return (
    <Page title="Strategies" lead="Recipes of features, model, signal logic, sizing and costs.">
      <DataTable
        label="Strategies"
        columns={COLUMNS}
        list={list}
        rowKey={(row) => row.id}
        empty={<Empty title="No strategy yet">The first one is made of stored bars and a signal logic.</Empty>}
      />
    </Page>
  );
}
