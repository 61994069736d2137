import { Group, Paper, SimpleGrid, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { components } from '../../api/generated/trade';
import { formatExact } from '../../format/number';
import { plural } from '../../format/words';
import { accountsQuery } from '../../shell/halt/accounts';
import { ButtonLink, PageLink } from '../../shell/links';
import { Empty } from '../../states/empty';
import { QueryView } from '../../states/query-view';
import { StatusBadge } from '../../states/status-badge';
import { loadedList } from '../../tables/cursor-list';
import { DataTable, type Column } from '../../tables/data-table';
import { Money } from '../../values/money';
import { Time } from '../../values/time';
import { deploymentsQuery } from './overview-queries';
import { profitsOf } from './profits';

type Deployment = components['schemas']['DeploymentDto'];
type Row = Deployment & { currency: string | null };

const COLUMNS: Column<Row>[] = [
  {
    key: 'ticker',
    header: 'Ticker',
    cell: (row) => (
      <PageLink to="/deployments/$id" params={{ id: row.deployment_id }}>
        {row.ticker}
      </PageLink>
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
  { key: 'status', header: 'Status', cell: (row) => <StatusBadge status={row.status} />, sortBy: (row) => row.status },
  { key: 'sync', header: 'Ledger', cell: (row) => <StatusBadge status={row.sync} />, sortBy: (row) => row.sync },
  {
    key: 'qty',
    header: 'Position',
    align: 'right',
    cell: (row) => formatExact(row.position.qty),
    sortBy: (row) => Number(row.position.qty),
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

function Profits({ deployments }: { deployments: readonly Deployment[] }) {
  const accounts = useQuery(accountsQuery);
  return (
    <QueryView query={accounts} lines={2}>
      {(known) => (
        <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }}>
          {profitsOf(deployments, known).map(({ currency, paper, deployments: count, realised, fees }) => (
            <Paper key={`${currency} ${paper}`} withBorder p="md">
              <Stack gap={2}>
                <Text size="sm" c="dimmed">
                  {paper ? 'Paper' : 'Live'}, realised
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
  const currencies = new Map(accounts.data?.map(({ account_id: id, currency }) => [id, currency]));
  return (
    <QueryView query={deployments}>
      {(all) =>
        all.length === 0 ? (
          <Empty title="Nothing is deployed" action={<ButtonLink to="/strategies">Go to the strategies</ButtonLink>}>
            A strategy is deployed from its page, on paper or live; its position, its results and its state then stand
            here.
          </Empty>
        ) : (
          <Stack>
            <Profits deployments={all} />
            <DataTable
              label="Deployments"
              columns={COLUMNS}
              list={loadedList(all.map((row) => ({ ...row, currency: currencies.get(row.account_id) ?? null })))}
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
