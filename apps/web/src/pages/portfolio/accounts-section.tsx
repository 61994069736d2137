import { Text } from '@mantine/core';
import { ButtonLink } from '../../shell/links';
import { Section } from '../../shell/page';
import { Empty } from '../../states/empty';
import { StatusBadge } from '../../states/status-badge';
import { loadedList } from '../../tables/cursor-list';
import { DataTable, type Column } from '../../tables/data-table';
import { Money } from '../../values/money';
import type { Fleet, WatchedAccount } from './queries';
import { worthOf } from './words/limits';

const columnsOf = (fleet: Fleet): Column<WatchedAccount>[] => [
  {
    key: 'name',
    header: 'Account',
    cell: (row) => (
      <>
        {row.name}
        <Text size="xs" c="dimmed">
          {row.broker}
          {row.paper ? ', paper' : ', live'}
        </Text>
      </>
    ),
    sortBy: (row) => row.name,
  },
  {
    key: 'state',
    header: 'Trading',
    cell: (row) => (
      <>
        <StatusBadge status={row.trading_state} />
        {row.trading_state_reason && (
          <Text size="xs" c="dimmed">
            {row.trading_state_reason}
          </Text>
        )}
      </>
    ),
    sortBy: (row) => row.trading_state,
  },
  { key: 'cash', header: 'Cash', align: 'right', cell: (row) => <Money amount={row.cash} currency={row.currency} /> },
  {
    key: 'equity',
    header: 'Equity',
    align: 'right',
    cell: (row) => {
      const unclear = fleet.has_more || fleet.leftBehind.some(({ account_id: id }) => id === row.account_id);
      const worth = unclear ? null : worthOf(row, fleet.deployments);
      return <Money amount={worth?.equity.toFixed(2)} currency={row.currency} />;
    },
    wide: true,
  },
  {
    key: 'peak',
    header: 'Highest seen',
    align: 'right',
    cell: (row) => <Money amount={row.peak_equity} currency={row.currency} />,
    wide: true,
  },
];

/** Accounts that trade, with what is in them. */
export function AccountsSection({ fleet }: { fleet: Fleet }) {
  return (
    <Section
      title="Accounts"
      actions={
        <ButtonLink to="/settings" size="xs" variant="default">
          Open one, halt or make active
        </ButtonLink>
      }
    >
      <DataTable
        label="Accounts"
        columns={columnsOf(fleet)}
        list={loadedList(fleet.accounts.filter(({ purpose }) => purpose === 'trading'))}
        rowKey={(row) => row.account_id}
        empty={<Empty title="No account yet">A paper account is opened with the first paper deployment.</Empty>}
      />
    </Section>
  );
}
