import { Button, Tabs } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { notifications } from '@mantine/notifications';
import { useCallback, useEffect } from 'react';
import { answer, research } from '../../api/clients';
import { asProblem, failure, problemFrom } from '../../api/problem';
import { JobProgress } from '../../jobs/job-progress';
import { ButtonLink } from '../../shell/links';
import { Page, Section } from '../../shell/page';
import { Empty } from '../../states/empty';
import { Loading } from '../../states/loading';
import { ProblemAlert } from '../../states/problem-alert';
import { QueryView } from '../../states/query-view';
import { StatusBadge } from '../../states/status-badge';
import { Time } from '../../values/time';
import { isDaily } from '../../format/timeframe';
import { CostsSection } from './costs-section';
import { EquitySection } from './equity-section';
import { HeadlineFigures } from './headline-figures';
import { IntervalsSection } from './intervals-section';
import { MetricsTable } from './metrics-table';
import { MonthsSection } from './months-section';
import { RobustnessSection } from './robustness-section';
import { RollingSection } from './rolling-section';
import { RunFacts } from './run-facts';
import { TradesSection } from './trades-section';
import { WorstSection } from './worst-section';
import { MadeUpBars } from '../../definitions/made-up-bars';
import { strategiesQuery } from '../../definitions/strategies-query';
import { backtestQuery, type Backtest } from './queries';
import { textIn } from './metric-text';
import { usedBarsOf } from './used-bars';

const route = getRouteApi('/app/backtests/$id');

/** One backtest: while it runs its progress, afterwards what came of it. */
export function BacktestPage() {
  const { id } = route.useParams();
  const query = useQuery(backtestQuery(id));
  const strategies = useQuery(strategiesQuery);
  const navigate = useNavigate();
  const backtest = query.data;
  const { refetch } = query;
  const done = useCallback(() => void refetch(), [refetch]);
  const name = strategies.data?.find((strategy) => strategy.id === backtest?.strategy_id)?.name;
  const rerun = useMutation({
    mutationFn: () =>
      answer(
        research.POST('/api/backtests/{id}/rerun', {
          params: { path: { id } },
        }),
      ),
    onSuccess: ({ subject_id }) =>
      subject_id ? navigate({ to: '/backtests/$id', params: { id: subject_id } }) : undefined,
    onError: (error) =>
      notifications.show({ color: 'red', title: failure(error, 'Not run again'), message: asProblem(error).detail }),
  });
  return (
    <Page
      title={name ?? 'Backtest'}
      lead={
        backtest && (
          <>
            Backtest of version {backtest.revision}, made <Time value={backtest.created_at} />{' '}
            <StatusBadge status={backtest.status} />
          </>
        )
      }
      actions={
        backtest && (
          <>
            {backtest.status === 'completed' && (
              <>
                <Button component="a" variant="default" href={`/api/backtests/${id}/report?format=html`} download>
                  Report
                </Button>
                <Button variant="default" loading={rerun.isPending} onClick={() => rerun.mutate()}>
                  Run again
                </Button>
              </>
            )}
            <ButtonLink to="/validation/$id" params={{ id: backtest.strategy_id }} variant="default">
              Validation
            </ButtonLink>
            <ButtonLink to="/backtests/sweeps/new" search={{ strategy: backtest.strategy_id }} variant="default">
              Sweep
            </ButtonLink>
          </>
        )
      }
    >
      <QueryView query={query} lines={8}>
        {(data) => <BacktestView backtest={data} onDone={done} />}
      </QueryView>
    </Page>
  );
}

function BacktestView({ backtest, onDone }: { backtest: Backtest; onDone: () => void }) {
  if (backtest.status === 'failed' && backtest.error) {
    return <ProblemAlert problem={problemFrom(500, backtest.error)} title="The backtest failed" />;
  }
  if (backtest.status === 'completed') return <Results backtest={backtest} />;
  if (backtest.job_id) {
    return (
      <Section title="Running">
        <JobProgress id={backtest.job_id}>{() => <Finished onDone={onDone} />}</JobProgress>
      </Section>
    );
  }
  return <Empty title="Not run yet">It was prepared and waits for somebody to run it.</Empty>;
}

/** The job is over: the backtest is read anew. */
function Finished({ onDone }: { onDone: () => void }) {
  useEffect(() => onDone(), [onDone]);
  return <Loading lines={4} />;
}

function Results({ backtest }: { backtest: Backtest }) {
  const daily = isDaily(textIn(backtest.data, 'timeframe') ?? '1d');
  const ofUniverse = Array.isArray((backtest.data as Record<string, unknown> | null)?.series);
  return (
    <>
      <MadeUpBars used={usedBarsOf(backtest.data as Record<string, unknown> | null)} />
      <HeadlineFigures backtest={backtest} />
      <Tabs defaultValue="equity" keepMounted={false}>
        <Tabs.List mb="md">
          <Tabs.Tab value="equity">Equity</Tabs.Tab>
          <Tabs.Tab value="trades">Trades</Tabs.Tab>
          <Tabs.Tab value="metrics">Metrics</Tabs.Tab>
          <Tabs.Tab value="intervals">Intervals</Tabs.Tab>
          {!ofUniverse && <Tabs.Tab value="robustness">Robustness</Tabs.Tab>}
          <Tabs.Tab value="periods">Months and years</Tabs.Tab>
          <Tabs.Tab value="rolling">Rolling</Tabs.Tab>
          <Tabs.Tab value="losses">Losses</Tabs.Tab>
          <Tabs.Tab value="run">The run</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="equity">
          <EquitySection id={backtest.id} daily={daily} />
          <CostsSection backtest={backtest} />
        </Tabs.Panel>
        <Tabs.Panel value="trades">
          <TradesSection backtest={backtest} daily={daily} />
        </Tabs.Panel>
        <Tabs.Panel value="metrics">
          <MetricsTable backtest={backtest} />
        </Tabs.Panel>
        <Tabs.Panel value="intervals">
          <IntervalsSection id={backtest.id} />
        </Tabs.Panel>
        <Tabs.Panel value="robustness">
          <RobustnessSection backtest={backtest} />
        </Tabs.Panel>
        <Tabs.Panel value="periods">
          <MonthsSection id={backtest.id} />
        </Tabs.Panel>
        <Tabs.Panel value="rolling">
          <RollingSection id={backtest.id} daily={daily} />
        </Tabs.Panel>
        <Tabs.Panel value="losses">
          <WorstSection id={backtest.id} />
        </Tabs.Panel>
        <Tabs.Panel value="run">
          <RunFacts backtest={backtest} />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}
