import { Button, Group, Stack } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { formatNumber } from '../../format/number';
import { inWords } from '../../format/words';
import { may, useSession } from '../../session/session';
import { accountsQuery, type Account } from '../../shell/halt/accounts';
import { Empty } from '../../states/empty';
import { QueryView } from '../../states/query-view';
import { StatusBadge } from '../../states/status-badge';
import { loadedList } from '../../tables/cursor-list';
import { DataTable, type Column } from '../../tables/data-table';
import { Money } from '../../values/money';
import { NewAccount } from './new-account';
import { TradingStateDialog } from './trading-state-dialog';

const limitsOf = ({ limits }: Account): string =>
  Object.entries(limits)
    .map(([name, value]) => `${inWords(name)} ${formatNumber(Number(value))}`)
    .join('; ') || 'None';

const columns = (onChange: ((account: Account) => void) | undefined): Column<Account>[] => [
  { key: 'name', header: 'Account', cell: (row) => row.name, sortBy: (row) => row.name },
  {
    key: 'broker',
    header: 'Broker',
    cell: (row) => `${row.broker}${row.paper ? ' (paper)' : ' (live)'}`,
    sortBy: (row) => row.broker,
  },
  {
    key: 'state',
    header: 'Trading',
    cell: (row) => <StatusBadge status={row.trading_state} />,
    sortBy: (row) => row.trading_state,
  },
  { key: 'reason', header: 'Reason', cell: (row) => row.trading_state_reason ?? '', wide: true },
  { key: 'cash', header: 'Cash', align: 'right', cell: (row) => <Money amount={row.cash} currency={row.currency} /> },
  { key: 'limits', header: 'Limits', cell: limitsOf, wide: true },
  ...(onChange
    ? [
        {
          key: 'change',
          header: 'Change',
          cell: (row: Account) => (
            <Button
              size="compact-xs"
              variant="default"
              aria-label={`Change trading of ${row.name}`}
              onClick={() => onChange(row)}
            >
              Trading …
            </Button>
          ),
        },
      ]
    : []),
];

export function Accounts() {
  const accounts = useQuery(accountsQuery);
  const writes = may(useSession(), 'trade:write');
  const [creating, { open, close }] = useDisclosure(false);
  const [changing, setChanging] = useState<Account | null>(null);
  const create = writes && (
    <Button size="sm" onClick={open}>
      Open a paper account
    </Button>
  );
  return (
    <Stack>
      <QueryView query={accounts}>
        {(known) => {
          // a replay has one of its own, which nobody has to look after
          const all = known.filter(({ purpose }) => purpose === 'trading');
          return all.length === 0 ? (
            <Empty title="No account yet" action={create}>
              A paper account trades with invented money at real prices.
            </Empty>
          ) : (
            <>
              <Group justify="flex-end">{create}</Group>
              <DataTable
                label="Accounts"
                columns={columns(writes ? setChanging : undefined)}
                list={loadedList(all)}
                rowKey={(row) => row.account_id}
                empty={null}
              />
            </>
          );
        }}
      </QueryView>
      {creating && <NewAccount onClose={close} />}
      {changing && (
        <TradingStateDialog
          // as it is now, which may be another than when the dialog was opened
          account={accounts.data?.find(({ account_id: id }) => id === changing.account_id) ?? changing}
          onClose={() => setChanging(null)}
        />
      )}
    </Stack>
  );
}
