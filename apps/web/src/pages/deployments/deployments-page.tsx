import { SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { strategyNamesQuery } from '../../definitions/strategy-names-query';
import { answer, trade } from '../../api/clients';
import { may, useSession } from '../../session/session';
import { accountsQuery } from '../../shell/halt/accounts';
import { ButtonLink } from '../../shell/links';
import { Page } from '../../shell/page';
import { Empty } from '../../states/empty';
import { useCursorList } from '../../tables/cursor-list';
import { DataTable } from '../../tables/data-table';
import { deploymentColumns } from '../../definitions/deployment-columns';
import { HaltedAccounts } from './halted-accounts';
import { type Deployment } from './queries';

const VIEWS = [
  { value: 'running', label: 'Not stopped' },
  { value: 'stopped', label: 'Stopped' },
  { value: 'all', label: 'All' },
];

export function DeploymentsPage() {
  const { show = 'running' } = useSearch({ from: '/app/deployments' });
  const navigate = useNavigate({ from: '/deployments' });
  const session = useSession();
  const { data: names } = useQuery(strategyNamesQuery);
  const { data: accounts } = useQuery(accountsQuery);
  const columns = useMemo(() => deploymentColumns({ names, accounts }), [names, accounts]);
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
        columns={columns}
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
