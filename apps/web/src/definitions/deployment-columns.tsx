import { Group, Text } from '@mantine/core';
import type { components } from '../api/generated/trade';
import { formatExact } from '../format/number';
import { PageLink } from '../shell/links';
import { DeploymentBadges } from '../states/deployment-badges';
import { StatusBadge } from '../states/status-badge';
import { Money } from '../values/money';
import { Time } from '../values/time';
import type { Column } from '../tables/data-table';

type Deployment = components['schemas']['DeploymentDto'];
type Account = components['schemas']['AccountDto'];

interface Known {
  /** Of strategies, by id. */
  names: Readonly<Record<string, string>> | undefined;
  accounts: readonly Account[] | undefined;
}

/** What lists of deployments show; names and currencies stand there once they are known. */
export function deploymentColumns({ names, accounts }: Known): Column<Deployment>[] {
  const currencies = new Map(accounts?.map(({ account_id: id, currency }) => [id, currency]));
  return [
    {
      key: 'ticker',
      header: 'Trades',
      cell: (row) => (
        <>
          <PageLink to="/deployments/$id" params={{ id: row.deployment_id }} size="sm" fw={500}>
            {row.ticker}
          </PageLink>
          <Text size="xs" c="dimmed" lineClamp={1} maw={280}>
            {names?.[row.strategy_id] ?? ''}
          </Text>
        </>
      ),
      sortBy: (row) => row.ticker,
    },
    {
      key: 'broker',
      header: 'Account',
      cell: (row) =>
        `${row.paper ? 'Paper' : 'LIVE'}${row.broker === 'PAPER' ? '' : `, ${row.broker}`}${row.replay ? ', replay' : ''}`,
      sortBy: (row) => `${row.paper ? 'paper' : 'live'} ${row.broker}`,
      wide: true,
    },
    {
      key: 'status',
      header: 'State',
      cell: (row) => (
        <Group gap={4}>
          <DeploymentBadges deployment={row} />
        </Group>
      ),
      sortBy: (row) => row.status,
    },
    {
      key: 'sync',
      header: 'Books',
      cell: (row) => <StatusBadge status={row.sync} />,
      sortBy: (row) => row.sync,
      wide: true,
    },
    {
      key: 'position',
      header: 'Position',
      align: 'right',
      cell: (row) => formatExact(row.position.qty),
      sortBy: (row) => Number(row.position.qty),
    },
    {
      key: 'pnl',
      header: 'Realised',
      align: 'right',
      cell: (row) => <Money amount={row.position.realised_pnl} currency={currencies.get(row.account_id)} change />,
      sortBy: (row) => Number(row.position.realised_pnl),
    },
    {
      key: 'next',
      header: 'Next run',
      cell: (row) => <Time value={row.next_run_at} market={row.market} />,
      sortBy: (row) => row.next_run_at,
      wide: true,
    },
  ];
}
