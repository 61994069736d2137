import { answer, trade } from '../../api/clients';
import type { components } from '../../api/generated/trade';
import { Page } from '../../shell/page';
import { Empty } from '../../states/empty';
import { StatusBadge } from '../../states/status-badge';
import { useCursorList } from '../../tables/cursor-list';
import { DataTable, type Column } from '../../tables/data-table';
import { Money } from '../../values/money';

type Account = components['schemas']['AccountDto'];

const COLUMNS: Column<Account>[] = [
  { key: 'name', header: 'Account', cell: (row) => row.name, sortBy: (row) => row.name },
  { key: 'broker', header: 'Broker', cell: (row) => `${row.broker}${row.paper ? ' (paper)' : ''}` },
  { key: 'state', header: 'Trading', cell: (row) => <StatusBadge status={row.trading_state} /> },
  { key: 'cash', header: 'Cash', align: 'right', cell: (row) => <Money amount={row.cash} currency={row.currency} /> },
];

export function PortfolioPage() {
  const list = useCursorList<Account>(['account', 'list'], (cursor, signal) =>
    answer(trade.GET('/api/v1/accounts', { params: { query: { cursor } }, signal })),
  );
  return (
    <Page title="Portfolio & risk" lead="Accounts with their cash and trading state.">
      <DataTable
        label="Accounts"
        columns={COLUMNS}
        list={list}
        rowKey={(row) => row.account_id}
        empty={<Empty title="No account yet">A paper account is opened with the first paper deployment.</Empty>}
      />
    </Page>
  );
}
