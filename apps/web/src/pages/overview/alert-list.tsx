import { Group, Paper, Stack, Text } from '@mantine/core';
import { useQueries } from '@tanstack/react-query';
import { accountsQuery } from '../../shell/halt/accounts';
import { PageLink } from '../../shell/links';
import { Loading } from '../../states/loading';
import { ProblemAlert } from '../../states/problem-alert';
import { StatusBadge } from '../../states/status-badge';
import { useNow } from '../../values/use-now';
import { alertsOf } from './alerts';
import { deploymentsQuery, healthQuery, newestJobsQuery, SERVICE_NAMES, subscriptionsQuery } from './overview-queries';

/** What somebody should look at. Where a part cannot be known it says so: silence would look like peace. */
export function AlertList() {
  const now = useNow();
  const [accounts, deployments, subscriptions, failed] = useQueries({
    queries: [accountsQuery, deploymentsQuery, subscriptionsQuery, newestJobsQuery('failed')],
  });
  const services = useQueries({ queries: SERVICE_NAMES.map(healthQuery) });
  const all = [accounts, deployments, subscriptions, failed, ...services];
  const problem = all.find((query) => query.isError)?.error;
  if (!problem && all.some((query) => query.isPending)) return <Loading lines={2} />;
  const alerts = alertsOf({
    accounts: accounts.data ?? [],
    deployments: deployments.data ?? [],
    subscriptions: subscriptions.data ?? [],
    failedJobs: failed.data?.items ?? [],
    services: services.flatMap(({ data }) => (data ? [data] : [])),
    now,
  });
  return (
    <Stack gap="xs">
      {problem && <ProblemAlert problem={problem} title="Some of this is not known now" />}
      {!problem && alerts.length === 0 && (
        <Text size="sm" c="dimmed">
          Nothing: services work, accounts trade, ledgers agree with brokers, what feeds bring is fresh, no job failed
          in a day.
        </Text>
      )}
      {alerts.map(({ id, severity, title, detail, to }) => (
        <Paper key={id} withBorder p="sm">
          <Group gap="sm" wrap="nowrap" align="flex-start">
            <StatusBadge status={severity === 'bad' ? 'stopped' : 'look'} tone={severity} />
            <Stack gap={0}>
              <PageLink to={to} fw={600} size="sm">
                {title}
              </PageLink>
              <Text size="sm" className="breaks">
                {detail}
              </Text>
            </Stack>
          </Group>
        </Paper>
      ))}
    </Stack>
  );
}
