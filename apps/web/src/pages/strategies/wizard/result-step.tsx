import { Button, Group, Paper, Progress, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { answer, research } from '../../../api/clients';
import { MadeUpBars } from '../../../definitions/made-up-bars';
import { ButtonLink, PageLink } from '../../../shell/links';
import { ProblemAlert } from '../../../states/problem-alert';
import { PromoteDialog } from '../promote-dialog';
import { strategyQuery, validationQuery } from '../queries';
import { VerdictBox } from '../verdict-box';
import { backtestWords, verdictOf, type Judged } from '../words/verdict';
import type { Draft } from './draft';
import { nextActions } from './next-actions';
import { useFirstRun, type RunState } from './use-first-run';

const WORDS: Record<RunState, string> = {
  waiting: 'waits',
  running: 'running',
  done: 'done',
  failed: 'failed',
};

interface Props {
  draft: Draft;
  strategyId: string;
  /** Back to the numbers, with whether there is a strategy by now. */
  onChangeNumbers: (isMade: boolean) => void;
}

/** Makes the strategy, or its next version, runs what judges it, and says what came out. */
export function ResultStep({ draft, strategyId, onChangeNumbers }: Props) {
  const run = useFirstRun(draft, strategyId);
  const [promoting, setPromoting] = useState(false);
  const { start } = run;
  useEffect(() => start(), [start]);
  const id = run.strategyId;
  const strategy = useQuery({ ...strategyQuery(id), enabled: run.made });
  const validation = useQuery({ ...validationQuery(id), enabled: run.judged });
  const backtest = useQuery({
    queryKey: ['backtest', run.backtestId],
    queryFn: ({ signal }) =>
      answer(research.GET('/api/backtests/{id}', { params: { path: { id: run.backtestId! } }, signal })),
    enabled: run.tested,
  });
  const judged = validation.data as unknown as Judged | undefined;
  const tested = backtest.data;
  const promoted = strategy.data?.status === 'promoted';
  const verdict = judged && verdictOf(judged);
  const offered = nextActions({
    made: run.made,
    judged: run.judged && verdict !== undefined,
    failed: run.problem !== null || validation.isError,
    passes: (judged?.validated_under.length ?? 0) > 0,
    promoted,
  });
  return (
    <Stack gap="lg">
      {strategy.data && (
        <Text size="sm" c="dimmed">
          {strategy.data.name}, version {strategy.data.revision}
        </Text>
      )}
      <Paper withBorder p="md" aria-live="polite">
        <Stack gap="sm">
          {run.steps.map(({ key, title, state, progress }) => (
            <Group key={key} gap="sm" wrap="nowrap">
              <Text size="sm" w={150} style={{ flexShrink: 0 }}>
                {title}
              </Text>
              <Progress
                value={state === 'done' ? 100 : progress * 100}
                color={state === 'failed' ? 'red' : state === 'done' ? 'teal' : undefined}
                animated={state === 'running'}
                flex={1}
                aria-label={title}
              />
              <Text size="sm" c="dimmed" w={64} ta="right">
                {WORDS[state]}
              </Text>
            </Group>
          ))}
        </Stack>
      </Paper>
      {run.problem !== null && (
        <>
          <ProblemAlert problem={run.problem} title="This far, and no further" />
          <Group>
            <Button variant="default" onClick={() => onChangeNumbers(run.made)}>
              Change the numbers
            </Button>
            <Button onClick={run.retry}>Try again</Button>
          </Group>
        </>
      )}
      {draft.series && <MadeUpBars used={[{ ...draft.series, symbols: [draft.series.symbol] }]} />}
      {tested?.metrics && tested.buy_hold_metrics && (
        <Paper withBorder p="md">
          <Text fw={600} size="sm" c="dimmed">
            On the stored bars
          </Text>
          {backtestWords({
            metrics: tested.metrics as Record<string, number | null>,
            buy_hold_metrics: tested.buy_hold_metrics as Record<string, number | null>,
          }).map((sentence) => (
            <Text key={sentence}>{sentence}</Text>
          ))}
          <PageLink to="/backtests/$id" params={{ id: run.backtestId! }} size="sm">
            See its equity, trades and metrics
          </PageLink>
        </Paper>
      )}
      {validation.isError && <ProblemAlert problem={validation.error} onRetry={() => void validation.refetch()} />}
      {verdict && <VerdictBox verdict={verdict} bars={draft.series} />}
      {offered.length > 0 && (
        <Group>
          {offered.map((action, index) => {
            const look = index === 0 && action !== 'open' ? 'filled' : 'default';
            switch (action) {
              case 'wait':
                return (
                  <Button key={action} disabled>
                    Wait for the verdict
                  </Button>
                );
              case 'promote':
                return (
                  <Button key={action} variant={look} onClick={() => setPromoting(true)}>
                    Promote
                  </Button>
                );
              case 'deploy':
                return (
                  <ButtonLink key={action} to="/deployments/new" search={{ strategy: id }} variant={look}>
                    Deploy on paper
                  </ButtonLink>
                );
              case 'change':
                return (
                  <Button key={action} variant={look} onClick={() => onChangeNumbers(true)}>
                    Change the numbers
                  </Button>
                );
              case 'why':
                return (
                  <ButtonLink key={action} to="/validation/$id" params={{ id }} variant={look}>
                    See why, gate by gate
                  </ButtonLink>
                );
              case 'sweep':
                return (
                  <ButtonLink key={action} to="/backtests/sweeps/new" search={{ strategy: id }} variant={look}>
                    Sweep a grid of numbers
                  </ButtonLink>
                );
              case 'open':
                return (
                  <ButtonLink key={action} to="/strategies/$id" params={{ id }} variant={look}>
                    Open the strategy
                  </ButtonLink>
                );
            }
          })}
        </Group>
      )}
      {strategy.data && (
        <PromoteDialog
          strategy={strategy.data}
          gates={judged?.gates ?? {}}
          opened={promoting}
          onClose={() => setPromoting(false)}
        />
      )}
    </Stack>
  );
}
