import { Group, Tabs, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { PageLink } from '../../shell/links';
import { Page } from '../../shell/page';
import { Loading } from '../../states/loading';
import { ProblemAlert } from '../../states/problem-alert';
import { StatusBadge } from '../../states/status-badge';
import { ComparisonTab } from './comparison-tab';
import { DeploymentActions } from './deployment-actions';
import { DeploymentNotices } from './deployment-notices';
import { DecisionsTab, FillsTab, OrdersTab, RunsTab, SignalsTab } from './log-tabs';
import { OverviewTab } from './overview-tab';
import { deploymentQuery, tradeStrategyQuery } from './queries';
import { SettingsTab } from './settings-tab';
import { DeploymentBadges } from '../../states/deployment-badges';
import { attestedWords } from './words/attested';
import { readTab, type DeploymentTab } from './tabs';

const LABELS: Record<DeploymentTab, string> = {
  overview: 'Overview',
  comparison: 'Trades and backtest',
  decisions: 'Decisions',
  orders: 'Orders',
  fills: 'Fills',
  runs: 'Runs',
  signals: 'Signals',
  settings: 'Settings',
};

export function DeploymentPage() {
  const { id } = useParams({ from: '/app/deployments/$id' });
  const { tab = 'overview' } = useSearch({ from: '/app/deployments/$id' });
  const navigate = useNavigate({ from: '/deployments/$id' });
  const query = useQuery(deploymentQuery(id));
  const deployment = query.data;
  const strategy = useQuery({
    ...tradeStrategyQuery(deployment?.strategy_id ?? ''),
    enabled: deployment !== undefined,
  });
  if (!deployment) {
    return (
      <Page title="Deployment">
        {query.isError ? (
          <ProblemAlert problem={query.error} onRetry={() => void query.refetch()} />
        ) : (
          <Loading lines={8} />
        )}
      </Page>
    );
  }
  const attested = attestedWords(strategy.data, deployment.strategy_revision);
  const show = (value: string | null) =>
    void navigate({ search: { tab: value === 'overview' ? undefined : readTab(value) }, replace: true });
  return (
    <Page
      title={deployment.ticker}
      lead={
        <Group gap="xs">
          <DeploymentBadges deployment={deployment} />
          <StatusBadge status={deployment.paper ? 'paper' : 'live'} tone={deployment.paper ? 'calm' : 'warning'} />
          <StatusBadge status={deployment.sync} />
          <Text span>
            <PageLink to="/strategies/$id" params={{ id: deployment.strategy_id }} underline="always">
              {strategy.data?.name ?? 'its strategy'}
            </PageLink>
            , version {deployment.strategy_revision}
            {attested !== null && `, ${attested}`}
          </Text>
        </Group>
      }
      actions={<DeploymentActions deployment={deployment} />}
    >
      {query.isError && <ProblemAlert problem={query.error} title="Not up to date" />}
      <DeploymentNotices deployment={deployment} />
      <Tabs value={tab} onChange={show} keepMounted={false}>
        <Tabs.List mb="md">
          {(Object.keys(LABELS) as DeploymentTab[]).map((key) => (
            <Tabs.Tab key={key} value={key}>
              {LABELS[key]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="overview">
          <OverviewTab deployment={deployment} />
        </Tabs.Panel>
        <Tabs.Panel value="comparison">
          <ComparisonTab deployment={deployment} />
        </Tabs.Panel>
        <Tabs.Panel value="decisions">
          <DecisionsTab deployment={deployment} />
        </Tabs.Panel>
        <Tabs.Panel value="orders">
          <OrdersTab deployment={deployment} />
        </Tabs.Panel>
        <Tabs.Panel value="fills">
          <FillsTab deployment={deployment} />
        </Tabs.Panel>
        <Tabs.Panel value="runs">
          <RunsTab deployment={deployment} />
        </Tabs.Panel>
        <Tabs.Panel value="signals">
          <SignalsTab deployment={deployment} />
        </Tabs.Panel>
        <Tabs.Panel value="settings">
          <SettingsTab key={deployment.version} deployment={deployment} />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
