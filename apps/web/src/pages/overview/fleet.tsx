import { Group, Paper, SimpleGrid, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { components } from '../../api/generated/trade';
import { formatExact } from '../../format/number';
import { plural } from '../../format/words';
import { strategyNamesQuery } from '../../definitions/strategy-names-query';
import { accountsQuery } from '../../shell/halt/accounts';
import { PageLink } from '../../shell/links';
import { DeploymentBadges } from '../../states/deployment-badges';
import { QueryView } from '../../states/query-view';
import { StatusBadge } from '../../states/status-badge';
import { loadedList } from '../../tables/cursor-list';
import { DataTable, type Column } from '../../tables/data-table';
import { Money } from '../../values/money';
import { Time } from '../../values/time';
import { FirstSteps } from './first-steps';
import { deploymentsQuery } from './overview-queries';
import { profitsOf } from './profits';

type Deployment = components['schemas']['DeploymentDto'];
type Row = Deployment & { currency: string | null; strategy: string };

const COLUMNS: Column<Row>[] = [
  {
    key: 'ticker',
    header: 'Trades',
    cell: (row) => (
      <>
        <PageLink to="/deployments/$id" params={{ id: row.deployment_id }} size="sm" fw={500}>
          {row.ticker}
        </PageLink>
        <Text size="xs" c="dimmed" lineClamp={1} maw={280}>
          {row.strategy}
        </Text>
      </>
    ),
    sortBy: (row) => row.ticker,
  },
  {
    key: 'venue',
    header: 'Broker',
    cell: (row) => `${row.broker}${row.paper ? ' (paper)' : ''}`,
    sortBy: (row) => row.broker,
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
    key: 'qty',
    header: 'Position',
    align: 'right',
    cell: (row) => formatExact(row.position.qty),
    sortBy: (row) => Number(row.position.qty),
    wide: true,
  },
  {
    key: 'pnl',
    header: 'Realised',
    align: 'right',
    cell: (row) => <Money amount={row.position.realised_pnl} currency={row.currency} change />,
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

const KINDS = { live: 'Live', paper: 'Paper', replay: 'Replays of past sessions' } as const;

function Profits({ deployments }: { deployments: readonly Deployment[] }) {
  const accounts = useQuery(accountsQuery);
  return (
    <QueryView query={accounts} lines={2}>
      {(known) => (
        <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }}>
          {profitsOf(deployments, known).map(({ currency, kind, deployments: count, realised, fees }) => (
            <Paper key={`${currency} ${kind}`} withBorder p="md">
              <Stack gap={2}>
                <Text size="sm" c="dimmed">
                  {KINDS[kind]}, realised
                </Text>
                <Text fz="xl" fw={700}>
                  <Money amount={realised} currency={currency} change />
                </Text>
                <Text size="xs" c="dimmed">
                  {plural(count, 'deployment')}; fees <Money amount={fees} currency={currency} />
                </Text>
              </Stack>
            </Paper>
          ))}
        </SimpleGrid>
      )}
    </QueryView>
  );
}

/** What trades, how it stands, and what it has made. */
export function Fleet() {
  const deployments = useQuery(deploymentsQuery);
  const accounts = useQuery(accountsQuery);
  const names = useQuery(strategyNamesQuery);
  const currencies = new Map(accounts.data?.map(({ account_id: id, currency }) => [id, currency]));
  return (
    <QueryView query={deployments}>
      {(all) =>
        all.length === 0 ? (
          <FirstSteps />
        ) : (
          <Stack>
            <Profits deployments={all} />
            <DataTable
              label="Deployments"
              columns={COLUMNS}
              list={loadedList(
                all.map((row) => ({
                  ...row,
                  currency: currencies.get(row.account_id) ?? null,
                  strategy: names.data?.[row.strategy_id] ?? '',
                })),
              )}
              rowKey={(row) => row.deployment_id}
              empty={null}
            />
            <Group>
              <PageLink to="/deployments" size="sm">
                All deployments
              </PageLink>
            </Group>
          </Stack>
        )
      }
    </QueryView>
  );
}
