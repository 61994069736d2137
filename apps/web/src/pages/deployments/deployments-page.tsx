import { answer, trade } from '../../api/clients';
import type { components } from '../../api/generated/trade';
import { formatExact } from '../../format/number';
import { Page } from '../../shell/page';
import { Empty } from '../../states/empty';
import { StatusBadge } from '../../states/status-badge';
import { useCursorList } from '../../tables/cursor-list';
import { DataTable, type Column } from '../../tables/data-table';
import { Money } from '../../values/money';
import { Time } from '../../values/time';

type Deployment = components['schemas']['DeploymentDto'];

const COLUMNS: Column<Deployment>[] = [
  { key: 'ticker', header: 'Ticker', cell: (row) => row.ticker, sortBy: (row) => row.ticker },
  {
    key: 'broker',
    header: 'Broker',
    cell: (row) => `${row.broker}${row.paper ? ' (paper)' : ''}`,
    sortBy: (row) => row.broker,
  },
  { key: 'status', header: 'Status', cell: (row) => <StatusBadge status={row.status} />, sortBy: (row) => row.status },
  {
    key: 'sync',
    header: 'Drift',
    cell: (row) => <StatusBadge status={row.sync} />,
    sortBy: (row) => row.sync,
    wide: true,
  },
  { key: 'position', header: 'Position', align: 'right', cell: (row) => formatExact(row.position.qty) },
  {
    key: 'pnl',
    header: 'Realised',
    align: 'right',
    cell: (row) => <Money amount={row.position.realised_pnl} change />,
  },
  { key: 'next', header: 'Next run', cell: (row) => <Time value={row.next_run_at} market={row.market} />, wide: true },
];

export function DeploymentsPage() {
  const list = useCursorList<Deployment>(['deployment', 'list'], (cursor, signal) =>
    answer(trade.GET('/api/v1/deployments', { params: { query: { cursor } }, signal })),
  );
  return (
    <Page title="Deployments" lead="Strategies that trade.">
      <DataTable
        label="Deployments"
        columns={COLUMNS}
        list={list}
        rowKey={(row) => row.deployment_id}
        empty={
          <Empty title="Nothing is deployed">
            A strategy is deployed with a symbol, a broker account and risk limits.
          </Empty>
        }
      />
    </Page>
  );
}
