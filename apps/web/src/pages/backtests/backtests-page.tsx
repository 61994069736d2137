import { answer, research } from '../../api/clients';
import type { components } from '../../api/generated/research';
import { Page } from '../../shell/page';
import { Empty } from '../../states/empty';
import { StatusBadge } from '../../states/status-badge';
import { useCursorList } from '../../tables/cursor-list';
import { DataTable, type Column } from '../../tables/data-table';
import { Time } from '../../values/time';

type Backtest = components['schemas']['BacktestDto'];

const COLUMNS: Column<Backtest>[] = [
  { key: 'created', header: 'Made', cell: (row) => <Time value={row.created_at} />, sortBy: (row) => row.created_at },
  { key: 'status', header: 'Status', cell: (row) => <StatusBadge status={row.status} />, sortBy: (row) => row.status },
  { key: 'revision', header: 'Revision', align: 'right', cell: (row) => row.revision },
  { key: 'engine', header: 'Engine', cell: (row) => row.engine, wide: true },
];

export function BacktestsPage() {
  const list = useCursorList<Backtest>(['backtest', 'list'], (cursor, signal) =>
    answer(research.GET('/api/backtests', { params: { query: { cursor } }, signal })),
  );
  return (
    <Page title="Backtests" lead="What strategies would have done on stored bars, with costs.">
      <DataTable
        label="Backtests"
        columns={COLUMNS}
        list={list}
        rowKey={(row) => row.id}
        empty={<Empty title="No backtest yet">Backtests are started from a strategy.</Empty>}
      />
    </Page>
  );
}
