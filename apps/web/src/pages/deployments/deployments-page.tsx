import { Group, SegmentedControl, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { strategyNamesQuery } from '../../definitions/strategy-names-query';
import { answer, trade } from '../../api/clients';
import { formatExact } from '../../format/number';
import { may, useSession } from '../../session/session';
import { ButtonLink, PageLink } from '../../shell/links';
import { Page } from '../../shell/page';
import { Empty } from '../../states/empty';
import { StatusBadge } from '../../states/status-badge';
import { useCursorList } from '../../tables/cursor-list';
import { DataTable, type Column } from '../../tables/data-table';
import { Money } from '../../values/money';
import { Time } from '../../values/time';
import { HaltedAccounts } from './halted-accounts';
import { type Deployment } from './queries';
import { DeploymentBadges } from '../../states/deployment-badges';

const VIEWS = [
  { value: 'running', label: 'Not stopped' },
  { value: 'stopped', label: 'Stopped' },
  { value: 'all', label: 'All' },
];

const columnsFor = (names: Record<string, string>): Column<Deployment>[] => [
  {
    key: 'ticker',
    header: 'Trades',
    cell: (row) => (
      <>
        <PageLink to="/deployments/$id" params={{ id: row.deployment_id }} size="sm" fw={500}>
          {row.ticker}
        </PageLink>
        <Text size="xs" c="dimmed" lineClamp={1} maw={280}>
          {names[row.strategy_id] ?? ''}
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
  { key: 'position', header: 'Position', align: 'right', cell: (row) => formatExact(row.position.qty) },
  {
    key: 'pnl',
    header: 'Realised',
    align: 'right',
    cell: (row) => <Money amount={row.position.realised_pnl} change />,
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

export function DeploymentsPage() {
  const { show = 'running' } = useSearch({ from: '/app/deployments' });
  const navigate = useNavigate({ from: '/deployments' });
  const session = useSession();
  const names = useQuery(strategyNamesQuery);
  const list = useCursorList<Deployment>(['deployment', 'list', show], (cursor, signal) =>
    answer(
      trade.GET('/api/v1/deployments', {
        params: { query: { cursor, limit: 200, ...(show === 'running' ? {} : { status: show }) } },
        signal,
      }),
    ),
  );
  return (
    <Page
      title="Deployments"
      lead="Strategies that trade, on paper or with money."
      actions={may(session, 'trade:write') && <ButtonLink to="/deployments/new">Deploy a strategy</ButtonLink>}
    >
      <HaltedAccounts />
      <SegmentedControl
        data={VIEWS}
        value={show}
        onChange={(value) =>
          void navigate({
            search: { show: value === 'running' ? undefined : (value as 'stopped' | 'all') },
            replace: true,
          })
        }
        aria-label="Which deployments"
        style={{ alignSelf: 'flex-start' }}
      />
      <DataTable
        label="Deployments"
        columns={columnsFor(names.data ?? {})}
        list={list}
        rowKey={(row) => row.deployment_id}
        empty={
          show === 'stopped' ? (
            <Empty title="Nothing was stopped">Stopped deployments stay here with all they did.</Empty>
          ) : (
            <Empty
              title="Nothing is deployed"
              action={may(session, 'trade:write') && <ButtonLink to="/deployments/new">Deploy a strategy</ButtonLink>}
            >
              A strategy is deployed with a symbol, a size and risk limits. On paper it costs nothing, and it can first
              replay the last sessions.
            </Empty>
          )
        }
      />
    </Page>
  );
}
