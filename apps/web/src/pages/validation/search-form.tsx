import { Button, Group, NumberInput, Select, SimpleGrid, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { answer, research } from '../../api/clients';
import type { components } from '../../api/generated/research';
import { asProblem } from '../../api/problem';
import { formatCount } from '../../format/number';
import { JobProgress } from '../../jobs/job-progress';
import { Section } from '../../shell/page';
import { ProblemAlert } from '../../states/problem-alert';
import { ParamRows, useParamRows } from '../backtests/param-rows';
import { sweepables } from '../backtests/sweep-params';
import { endedRun } from './ended-run';
import { Judged } from './judged';
import { isOpen } from './run-state';

type WalkForward = components['schemas']['WalkForwardDto'];
type Run = components['schemas']['ValidationRunDto'];
type By = NonNullable<WalkForward['by']>;
type Kind = NonNullable<WalkForward['kind']>;

const SELECTED: { value: By; label: string }[] = [
  { value: 'sharpe_ratio', label: 'Sharpe ratio' },
  { value: 'plateau', label: 'Plateau: the Sharpe ratio judged with the neighbours' },
  { value: 'total_return', label: 'Total return' },
  { value: 'max_drawdown', label: 'Maximum drawdown' },
  { value: 'calmar_ratio', label: 'Calmar ratio' },
  { value: 'sortino_ratio', label: 'Sortino ratio' },
  { value: 'profit_factor', label: 'Profit factor' },
];
const KINDS: { value: Kind; label: string }[] = [
  { value: 'rolling', label: 'Rolling: moves with the test' },
  { value: 'anchored', label: 'Anchored: grows from the first bar on' },
];
const MOST_CELLS = 5000;

interface Props {
  strategy: string;
  /** The newest search of the version that the page shows. */
  newest: Run | null;
  revision: number;
}

/** Chooses parameters anew in every fold: which, by what, and how the windows lie. */
export function SearchForm({ strategy, newest, revision }: Props) {
  const client = useQueryClient();
  const job = isOpen(newest) ? newest?.job_id : null;
  const document = useQuery({
    queryKey: ['strategy', strategy, 'document'],
    queryFn: ({ signal }) =>
      answer(research.GET('/api/strategies/{id}/export', { params: { path: { id: strategy } }, signal })),
  });
  const offered = useMemo(
    () => (document.data ? sweepables(document.data as unknown as Record<string, unknown>) : []),
    [document.data],
  );
  const varied = useParamRows(offered, 1);
  const { params, cells, isReady, isEmpty, obstacle } = varied;
  const [by, setBy] = useState<By>('sharpe_ratio');
  const [kind, setKind] = useState<Kind>('rolling');
  const [folds, setFolds] = useState<number | string>(5);
  const [ratio, setRatio] = useState<number | string>(2);
  const [samples, setSamples] = useState<number | string>('');
  const trials = samples === '' ? cells : Number(samples);
  const run = useMutation({
    mutationFn: () =>
      answer(
        research.POST('/api/validation/walk-forward', {
          body: {
            ...{ strategy_id: strategy, params, by, kind, folds: Number(folds), ratio: Number(ratio) },
            ...(samples === '' ? {} : { search: { method: 'random', samples: Number(samples), seed: 1 } }),
          } as WalkForward,
        }),
      ),
    onSettled: () => client.invalidateQueries({ queryKey: ['validation'] }),
  });
  const problem = run.error ? asProblem(run.error) : undefined;
  const running = job ?? run.data?.job_id;
  return (
    <Section title="Choose parameters anew in every fold">
      <form
        aria-label="Search in folds"
        onSubmit={(event) => {
          event.preventDefault();
          if (!run.isPending && !job && varied.check()) run.mutate();
        }}
      >
        <Stack gap="md">
          <Text size="sm" c="dimmed">
            Each training window chooses among the cells, and the test window after it trades the choice: what a search
            would have made, out of sample. Values parted by commas, or a range from:to:step.
          </Text>
          {document.isError && <ProblemAlert problem={document.error} title="The strategy cannot be varied" />}
          <ParamRows of={varied} offered={offered} problem={problem} example="10:100:10" />
          <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }}>
            <Select
              label="Chosen by"
              data={SELECTED}
              value={by}
              allowDeselect={false}
              error={problem?.of('by')}
              onChange={(value) => setBy(value as By)}
            />
            <Select
              label="Training window"
              data={KINDS}
              value={kind}
              allowDeselect={false}
              error={problem?.of('kind')}
              onChange={(value) => setKind(value as Kind)}
            />
            <NumberInput
              label="Folds"
              min={1}
              max={50}
              value={folds}
              error={problem?.of('folds')}
              onChange={setFolds}
            />
            <NumberInput
              label="Training as a multiple of the test"
              min={0.1}
              max={50}
              value={ratio}
              error={problem?.of('ratio')}
              onChange={setRatio}
            />
            <NumberInput
              label="Cells drawn at random (empty: all)"
              min={1}
              max={MOST_CELLS}
              value={samples}
              error={problem?.of('search.samples')}
              onChange={setSamples}
            />
          </SimpleGrid>
          {run.error && <ProblemAlert problem={run.error} title="Search in folds not started" />}
          <Group>
            <Button type="submit" loading={run.isPending} disabled={isEmpty || Boolean(job)}>
              Search in folds
            </Button>
            <Text size="sm" role="status">
              {obstacle}
              {isReady &&
                trials !== null &&
                `${formatCount(trials)} ${trials === 1 ? 'cell, 1 trial' : 'cells, as many trials'}`}
              {isReady && trials !== null && trials > MOST_CELLS && `; at most ${formatCount(MOST_CELLS)} are tried`}
            </Text>
          </Group>
          {running && (
            <JobProgress key={running} id={running}>
              {(result) => <Judged job={running} text={endedRun(running, result, newest, revision)} />}
            </JobProgress>
          )}
        </Stack>
      </form>
    </Section>
  );
}
