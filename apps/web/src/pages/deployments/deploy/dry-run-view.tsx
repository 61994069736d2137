import { Alert, Button, Group, Paper, Stack, Table, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent } from 'react';
import { answer, trade } from '../../../api/clients';
import type { components } from '../../../api/generated/trade';
import { formatNumber, formatPrice } from '../../../format/number';
import { timesInText } from '../../../format/times-in-text';
import { Section } from '../../../shell/page';
import { ProblemAlert } from '../../../states/problem-alert';
import { QueryView } from '../../../states/query-view';
import { Money } from '../../../values/money';
import { Time } from '../../../values/time';
import { deploymentQuery, type DryRun } from '../queries';
import { dryRunStep } from '../words/dry-run';
import { ConfirmLive } from './confirm-live';
import { summaryRows } from './summary';

type Deployment = components['schemas']['DeploymentDto'];

function decisionWords({ signal, weight }: DryRun): string {
  if (signal === undefined || signal === null) return 'It would decide nothing.';
  const side = signal > 0 ? 'long' : signal < 0 ? 'short' : 'flat';
  const size = weight !== undefined && weight !== null && signal !== 0 ? `, weight ${formatNumber(weight)}` : '';
  return `It would be ${side} now (signal ${signal}${size}).`;
}

function Report({ report, market }: { report: DryRun; market: Deployment['market'] }) {
  return (
    <Paper withBorder p="md">
      <Stack gap="xs">
        <ul style={{ margin: 0, paddingLeft: 0, listStyle: 'none' }}>
          {report.steps.map(({ step, passed, detail }) => {
            const [about, outcome] = dryRunStep(step, passed, detail);
            return (
              <li key={step}>
                <Text size="sm">
                  <Text span fw={700} c={passed ? 'teal' : 'red'} aria-hidden="true">
                    {passed ? '✓' : '✕'}{' '}
                  </Text>
                  <Text span fw={600}>
                    {about}
                  </Text>{' '}
                  {timesInText(outcome)}
                </Text>
              </li>
            );
          })}
        </ul>
        <Text size="sm">
          {decisionWords(report)}
          {report.price && (
            <>
              {' '}
              Last close {formatPrice(report.price)}, <Time value={report.bar_close_time} market={market} />.
            </>
          )}
          {report.cash && (
            <>
              {' '}
              Cash at the broker: <Money amount={report.cash} />.
            </>
          )}
        </Text>
        {(report.warnings ?? []).map((warning) => (
          <Text key={warning} size="sm" c="dimmed">
            {timesInText(warning)}
          </Text>
        ))}
      </Stack>
    </Paper>
  );
}

export const MADE_BEFORE = 'Made before';
export const MADE_BEFORE_WORDS =
  'An earlier try, whose answer did not come, has made this deployment. It is as the form was then; look at what will trade.';

interface Props {
  deployment: Deployment;
  /** By an earlier try, when the form may have said something else. */
  madeBefore: boolean;
  onStarted: () => void;
  onBack: () => void;
  leaving: boolean;
  problem: unknown;
}

/** What a run would do now, without an order; then the start: at once on paper, in two steps with money. */
export function DryRunView({ deployment: made, madeBefore, onStarted, onBack, leaving, problem }: Props) {
  const client = useQueryClient();
  const { deployment_id: id, paper } = made;
  const path = { deploymentId: id };
  const deployment = useQuery(deploymentQuery(id)).data ?? made;
  // also from another tab, or by a request whose answer never came
  const left = useEffectEvent(onStarted);
  const isUnstarted = paper ? !deployment.enabled && deployment.status !== 'stopped' : deployment.status === 'created';
  // while it is taken back for the form, its end leads nowhere else
  const isWaiting = leaving || isUnstarted;
  useEffect(() => {
    if (!isWaiting) left();
  }, [isWaiting]);
  const dryRun = useQuery({
    queryKey: ['dry-run', id],
    queryFn: () =>
      answer(
        trade.POST('/api/v1/deployments/{deploymentId}/dry-run', {
          params: { path },
        }),
      ),
    staleTime: Infinity,
    refetchInterval: false,
  });
  const start = useMutation({
    mutationFn: () =>
      answer(
        trade.PATCH('/api/v1/deployments/{deploymentId}', {
          params: { path },
          body: { enabled: true, version: deployment.version },
        }),
      ),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['deployment'] });
      onStarted();
    },
  });
  const failed = dryRun.data && !dryRun.data.passed;
  return (
    <Stack gap="lg">
      {madeBefore && (
        <Alert color="yellow" variant="light" title={MADE_BEFORE} role="status">
          {MADE_BEFORE_WORDS} For other values go back to the form: that takes it back.
        </Alert>
      )}
      <Section title="Dry run: what a run would do now, without an order">
        <QueryView query={dryRun}>{(report) => <Report report={report} market={deployment.market} />}</QueryView>
      </Section>
      <Section title="What will trade">
        <Table withTableBorder maw={620} aria-label="Summary">
          <Table.Tbody>
            {summaryRows(deployment).map(([label, value]) => (
              <Table.Tr key={label}>
                <Table.Th scope="row">{label}</Table.Th>
                <Table.Td>{value}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Section>
      {failed && paper && (
        <Alert color="yellow" variant="light" title="Not everything passed">
          It can be started: it will wait and log why it does nothing until what is missing is there. Keep the series
          fresh by a feed under Data; or go back to the form and replay past sessions, which needs no new bars.
        </Alert>
      )}
      {start.isError && <ProblemAlert problem={start.error} title="Not started" />}
      {Boolean(problem) && <ProblemAlert problem={problem} title="Not taken back" />}
      {!paper && <ConfirmLive deployment={deployment} onConfirmed={onStarted} />}
      <Group justify="space-between">
        <Button variant="default" onClick={onBack} loading={leaving}>
          Back to the form
        </Button>
        {paper && (
          <Button onClick={() => start.mutate()} loading={start.isPending} disabled={dryRun.isPending}>
            {failed ? 'Start anyway' : 'Start on paper'}
          </Button>
        )}
      </Group>
    </Stack>
  );
}
