import { Alert, Button, Group, NumberInput, Select, SimpleGrid, Stack, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { answer, research } from '../../api/clients';
import type { components } from '../../api/generated/research';
import { asProblem } from '../../api/problem';
import { formatCount } from '../../format/number';
import { Page, Section } from '../../shell/page';
import { Loading } from '../../states/loading';
import { ProblemAlert } from '../../states/problem-alert';
import { StrategySelect } from '../../definitions/strategy-select';
import { ParamRows, useParamRows } from './param-rows';
import { sweepables, type Sweepable } from './sweep-params';

type Sweep = components['schemas']['SweepDto'];
type RankedBy = NonNullable<Sweep['by']>;

const route = getRouteApi('/app/backtests/sweeps/new');

const RANKED: { value: RankedBy; label: string }[] = [
  { value: 'sharpe', label: 'Sharpe ratio' },
  { value: 'plateau', label: 'Plateau: the Sharpe ratio judged with the neighbours' },
  { value: 'total_return', label: 'Total return' },
  { value: 'max_drawdown', label: 'Maximum drawdown' },
  { value: 'calmar_ratio', label: 'Calmar ratio' },
  { value: 'sortino_ratio', label: 'Sortino ratio' },
];
const MOST_CELLS = 5000;

/** Which parameters to vary, and how the cells are judged. */
export function NewSweepPage() {
  const search = route.useSearch();
  const [strategy, setStrategy] = useState<string | null>(search.strategy ?? null);
  return (
    <Page
      title="New sweep"
      lead="Tries every cell of a grid. Each cell is a trial: the more were tried, the more a good one has to show to pass."
    >
      <Stack gap="lg" maw={860}>
        <StrategySelect value={strategy} onChange={setStrategy} />
        {strategy && <SweepForm key={strategy} strategy={strategy} />}
      </Stack>
    </Page>
  );
}

function SweepForm({ strategy }: { strategy: string }) {
  const document = useQuery({
    queryKey: ['strategy', strategy, 'document'],
    queryFn: ({ signal }) =>
      answer(research.GET('/api/strategies/{id}/export', { params: { path: { id: strategy } }, signal })),
  });
  const offered = useMemo(
    () => document.data && sweepables(document.data as unknown as Record<string, unknown>),
    [document.data],
  );
  if (document.isPending) return <Loading lines={3} />;
  if (document.isError || !offered) {
    return (
      <ProblemAlert
        problem={document.error}
        title="The strategy cannot be varied"
        onRetry={() => void document.refetch()}
      />
    );
  }
  return <Grid strategy={strategy} offered={offered} />;
}

function Grid({ strategy, offered }: { strategy: string; offered: Sweepable[] }) {
  const navigate = useNavigate();
  const varied = useParamRows(offered, 2);
  const { params, cells, isReady, isEmpty, obstacle } = varied;
  const [by, setBy] = useState<RankedBy>('sharpe');
  const [objective, setObjective] = useState<'backtest' | 'cpcv'>('backtest');
  const [method, setMethod] = useState<'exhaustive' | 'random' | 'tpe'>('exhaustive');
  const [samples, setSamples] = useState<number | string>(100);
  const run = useMutation({
    mutationFn: () =>
      answer(
        research.POST('/api/backtests/sweep', {
          body: {
            strategy_id: strategy,
            params,
            by,
            objective,
            top: 10,
            ...(method === 'exhaustive' ? {} : { search: { method, samples: Number(samples), seed: 1 } }),
          } as Sweep,
        }),
      ),
    onSuccess: ({ job_id }) => navigate({ to: '/backtests/sweeps/$job', params: { job: job_id } }),
  });
  const problem = run.error ? asProblem(run.error) : undefined;
  const trials = method === 'exhaustive' ? cells : Number(samples);
  if (offered.length === 0) {
    return <Alert title="Nothing to vary">This strategy has no number or switch that decides its trades.</Alert>;
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!run.isPending && varied.check()) run.mutate();
      }}
    >
      <Stack gap="lg">
        <Section title="Parameters">
          <Text size="sm" c="dimmed">
            Values parted by commas (0.05, 0.1, 0.2), a range from:to:step (5:60:5), or a range of equal ratios
            from:to:count log (0.001:100:11 log). The first two parameters make the heatmap.
          </Text>
          <ParamRows of={varied} offered={offered} problem={problem} example="5:60:5" />
        </Section>
        <Section title="Judged by">
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <Select
              label="The best by"
              data={RANKED}
              value={by}
              allowDeselect={false}
              onChange={(value) => setBy(value as RankedBy)}
            />
            <Select
              label="Figures of a cell"
              allowDeselect={false}
              data={[
                { value: 'backtest', label: 'Of its backtest, in sample' },
                { value: 'cpcv', label: 'Means over the splits of CPCV, out of sample' },
              ]}
              value={objective}
              onChange={(value) => setObjective(value as 'backtest')}
            />
            <Select
              label="Search"
              allowDeselect={false}
              data={[
                { value: 'exhaustive', label: 'Every cell' },
                { value: 'random', label: 'Some cells, at random' },
                { value: 'tpe', label: 'Some cells, where better ones are likely (TPE)' },
              ]}
              value={method}
              onChange={(value) => setMethod(value as 'exhaustive')}
            />
            {method !== 'exhaustive' && (
              <NumberInput
                label="Cells to try"
                min={1}
                max={1000}
                value={samples}
                onChange={setSamples}
                error={problem?.of('search.samples')}
              />
            )}
          </SimpleGrid>
        </Section>
        {run.error && <ProblemAlert problem={run.error} title="Not started" />}
        <Group>
          <Button type="submit" loading={run.isPending} disabled={isEmpty}>
            Try them
          </Button>
          <Text size="sm" role="status">
            {obstacle}
            {isReady &&
              trials !== null &&
              (trials === 1 ? '1 cell, so 1 trial' : `${formatCount(trials)} cells, so as many trials`)}
            {isReady && trials !== null && trials > MOST_CELLS && `; at most ${formatCount(MOST_CELLS)} are tried`}
          </Text>
        </Group>
      </Stack>
    </form>
  );
}
