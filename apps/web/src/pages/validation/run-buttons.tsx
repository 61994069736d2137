import { Button, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, research } from '../../api/clients';
import type { components } from '../../api/generated/research';
import { JobProgress } from '../../jobs/job-progress';
import { ButtonLink } from '../../shell/links';
import { Section } from '../../shell/page';
import { ProblemAlert } from '../../states/problem-alert';
import { endedRun } from './ended-run';
import { Judged } from './judged';
import { isOpen } from './run-state';

type Validation = components['schemas']['StrategyValidationDto'];

interface Props {
  strategy: string;
  validation: Validation;
}

/** Starts the two validations that the policies ask for, and shows how far they are. */
export function RunButtons({ strategy, validation }: Props) {
  const client = useQueryClient();
  const settle = { onSettled: () => client.invalidateQueries({ queryKey: ['validation'] }) };
  const walk = useMutation({
    mutationFn: () =>
      answer(
        research.POST('/api/validation/walk-forward', {
          body: { strategy_id: strategy, folds: 5, kind: 'rolling', ratio: 2 },
        }),
      ),
    ...settle,
  });
  const cpcv = useMutation({
    mutationFn: () =>
      answer(
        research.POST('/api/validation/cpcv', {
          body: { strategy_id: strategy, groups: 6, test_groups: 2 },
        }),
      ),
    ...settle,
  });
  const running = [
    {
      name: 'Walk-forward',
      shown: validation.walk_forward,
      job: isOpen(validation.walk_forward) ? validation.walk_forward?.job_id : walk.data?.job_id,
    },
    {
      name: 'CPCV',
      shown: validation.cpcv,
      job: isOpen(validation.cpcv) ? validation.cpcv?.job_id : cpcv.data?.job_id,
    },
  ];
  if (validation.status === 'draft') {
    return (
      <Section title="Run">
        <Text size="sm">A draft is validated after its first backtest.</Text>
        <Group>
          <ButtonLink to="/backtests/new" search={{ strategy }}>
            Backtest it
          </ButtonLink>
        </Group>
      </Section>
    );
  }
  return (
    <Section title="Run">
      <Text size="sm" c="dimmed">
        Walk-forward and combinatorial purged cross-validation (CPCV) in the layout of the policies. All policies are
        judged again when one ends.
      </Text>
      <Group>
        <Button loading={walk.isPending} disabled={isOpen(validation.walk_forward)} onClick={() => walk.mutate()}>
          Run walk-forward
        </Button>
        <Button loading={cpcv.isPending} disabled={isOpen(validation.cpcv)} onClick={() => cpcv.mutate()}>
          Run CPCV
        </Button>
      </Group>
      {walk.error && <ProblemAlert problem={walk.error} title="Walk-forward not started" />}
      {cpcv.error && <ProblemAlert problem={cpcv.error} title="CPCV not started" />}
      {running.map(
        ({ name, shown, job }) =>
          job && (
            <Stack key={job} gap={4}>
              <Text size="sm" fw={600}>
                {name}
              </Text>
              <JobProgress id={job}>
                {(result) => <Judged job={job} text={endedRun(job, result, shown, validation.revision)} />}
              </JobProgress>
            </Stack>
          ),
      )}
    </Section>
  );
}
