import { List, Paper, SimpleGrid, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Section } from '../../shell/page';
import { PageLink } from '../../shell/links';
import { may, useSession } from '../../session/session';
import { Loading } from '../../states/loading';
import { ProblemAlert } from '../../states/problem-alert';
import { QueryView } from '../../states/query-view';
import { Facts } from './facts';
import { PromoteDialog } from './promote-dialog';
import { newestCompleted } from '../../definitions/backtests-query';
import { backtestsQuery, revisionsQuery, statusQuery, validationQuery, type Strategy } from './queries';
import { warningSentences } from './warnings';
import { startBacktest } from '../../jobs/start-backtest';
import { runValidation } from './runs';
import { Steps } from './steps';
import { VerdictBox } from './verdict-box';
import { readinessSteps, type StepAction } from './words/checklist';
import { describeRecipe } from './words/document-words';
import { asRecipe } from './words/recipe';
import { backtestWords, verdictOf, type Judged } from './words/verdict';

export function OverviewTab({ strategy }: { strategy: Strategy }) {
  const { id } = strategy;
  const session = useSession();
  const client = useQueryClient();
  const status = useQuery(statusQuery(id));
  const validation = useQuery(validationQuery(id));
  const backtests = useQuery(backtestsQuery(id));
  const revisions = useQuery(revisionsQuery(id));
  const [promoting, setPromoting] = useState(false);
  const run = useMutation({
    mutationFn: (kind: Exclude<StepAction, 'promote'>) =>
      kind === 'backtest' ? startBacktest({ strategy_id: id }, strategy.revision) : runValidation(kind, id),
    onSettled: () =>
      client.invalidateQueries({
        predicate: ({ queryKey }) => ['strategy', 'validation', 'backtest', 'job'].includes(String(queryKey[0])),
      }),
  });
  const act = (kind: StepAction) => (kind === 'promote' ? setPromoting(true) : run.mutate(kind));

  const warnings = warningSentences(strategy.warnings);
  const ofRevision = (backtests.data ?? []).filter(({ revision }) => revision === strategy.revision);
  const newest = newestCompleted(ofRevision);
  const judged = validation.data as unknown as Judged | undefined;
  const own = validation.data?.revision === strategy.revision ? validation.data : undefined;
  const source = revisions.data?.at(-1)?.source;
  const bars = source ? { symbol: strategy.universe[0]!, source, timeframe: strategy.timeframe } : null;
  const problem = status.error ?? validation.error ?? backtests.error;
  const failing = (judged?.gates.exploratory?.gates ?? [])
    .filter(({ passed, informational }) => passed === false && !informational)
    .map(({ gate }) => gate);

  return (
    <Stack gap="lg">
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
        <Section title="What it does">
          <Paper withBorder p="md">
            <QueryView query={revisions} lines={6}>
              {(all) => {
                const revision = all.at(-1)!;
                return <Facts facts={describeRecipe(asRecipe(revision.recipe), revision.source)} />;
              }}
            </QueryView>
          </Paper>
          {warnings.length > 0 && (
            <details>
              <summary>Details: how the document was understood</summary>
              <List size="sm" mt="xs">
                {warnings.map((sentence) => (
                  <List.Item key={sentence}>{sentence}</List.Item>
                ))}
              </List>
            </details>
          )}
        </Section>
        <Section title="The honest answer">
          {judged ? (
            <VerdictBox verdict={verdictOf(judged)} trials={own?.ledger.now.trials} bars={bars} />
          ) : validation.isError ? (
            <ProblemAlert problem={validation.error} />
          ) : (
            <Loading />
          )}
          {newest?.metrics && newest.buy_hold_metrics && (
            <Paper withBorder p="md">
              <Stack gap={4}>
                <Text size="sm" fw={600} c="dimmed">
                  In the backtest of this version
                </Text>
                {backtestWords({
                  metrics: newest.metrics as Record<string, number | null>,
                  buy_hold_metrics: newest.buy_hold_metrics as Record<string, number | null>,
                }).map((sentence) => (
                  <Text key={sentence} size="sm">
                    {sentence}
                  </Text>
                ))}
                <PageLink to="/backtests/$id" params={{ id: newest.id }} size="sm">
                  See this backtest
                </PageLink>
              </Stack>
            </Paper>
          )}
        </Section>
      </SimpleGrid>
      <Section title="The way to trading">
        {run.isError && <ProblemAlert problem={run.error} title="Not started" />}
        {status.data && judged && backtests.data ? (
          <Steps
            steps={readinessSteps({
              ...status.data,
              backtests: ofRevision,
              walkForward: own?.walk_forward?.revision === strategy.revision ? own.walk_forward : null,
              cpcv: own?.cpcv?.revision === strategy.revision ? own.cpcv : null,
              judged: Object.keys(judged.gates).length > 0,
              failing,
            })}
            id={id}
            bars={bars}
            onAction={act}
            pending={run.isPending ? run.variables : null}
            mayAct={may(session, 'research:write') && strategy.status !== 'archived'}
          />
        ) : problem ? (
          <ProblemAlert problem={problem} />
        ) : (
          <Loading lines={6} />
        )}
      </Section>
      <PromoteDialog
        strategy={strategy}
        gates={judged?.gates ?? {}}
        opened={promoting}
        onClose={() => setPromoting(false)}
      />
    </Stack>
  );
}
