import { Alert, Button, Group, NumberInput, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { answer, research } from '../../../api/clients';
import { asProblem } from '../../../api/problem';
import type { StoredSeries } from '../../../definitions/series-query';
import { SeriesSelect } from '../../../definitions/series-select';
import { StrategySelect } from '../../../definitions/strategy-select';
import type { Job } from '../../../jobs/job-api';
import { JobProgress } from '../../../jobs/job-progress';
import { Section } from '../../../shell/page';
import { ProblemAlert } from '../../../states/problem-alert';

/** What became of attaching a fit to a strategy, as results of trainings and imports say it. */
export function AttachedNote({ strategy }: { strategy: unknown }) {
  if (typeof strategy !== 'object' || strategy === null) return null;
  const { attached, reason } = strategy as { attached: boolean; reason: string | null };
  return attached ? (
    <Text size="sm">The strategy has it now.</Text>
  ) : (
    <Alert color="yellow" title="Not attached to the strategy">
      <Text size="sm">{reason ?? 'The strategy has changed meanwhile.'}</Text>
    </Alert>
  );
}

/** Fits a model on stored bars and shows how far it is. */
export function TrainSection({ model }: { model: string }) {
  const [series, setSeries] = useState<StoredSeries | null>(null);
  const [fields, setFields] = useState({ start: '', end: '' });
  const [folds, setFolds] = useState<number | string>(5);
  const [strategy, setStrategy] = useState<string | null>(null);
  const train = useMutation({
    mutationFn: (bars: StoredSeries) =>
      answer(
        research.POST('/api/models/{id}/train', {
          params: { path: { id: model } },
          body: {
            symbol: bars.symbol,
            timeframe: bars.timeframe,
            source: bars.source,
            end: fields.end.trim() || (bars.last ?? ''),
            ...(fields.start.trim() && { start: fields.start.trim() }),
            ...(folds === '' || folds === 0 ? {} : { folds: Number(folds) }),
            ...(strategy && { strategy_id: strategy }),
          },
        }),
      ),
  });
  const problem = train.error ? asProblem(train.error) : undefined;
  return (
    <Section title="Train it">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (series && !train.isPending) train.mutate(series);
        }}
      >
        <Stack gap="sm" maw={860}>
          <SeriesSelect value={series} onChange={setSeries} error={problem?.of('symbol')} />
          <SimpleGrid cols={{ base: 1, sm: 3 }}>
            <TextInput
              label="First bar"
              placeholder="The first stored"
              value={fields.start}
              error={problem?.of('start')}
              onChange={(event) => setFields({ ...fields, start: event.currentTarget.value })}
            />
            <TextInput
              label="Last bar"
              placeholder="The last stored"
              description="Bars after it stay unseen"
              value={fields.end}
              error={problem?.of('end')}
              onChange={(event) => setFields({ ...fields, end: event.currentTarget.value })}
            />
            <NumberInput
              label="Folds that judge it"
              description="2 to 20; 0: none, and no importance"
              min={0}
              max={20}
              value={folds}
              onChange={setFolds}
              error={problem?.of('folds')}
            />
          </SimpleGrid>
          <StrategySelect
            label="Attach it to a strategy"
            optional
            value={strategy}
            onChange={setStrategy}
            error={problem?.of('strategy_id')}
            among={({ kind }) => kind === 'pipeline'}
            none="There is no strategy yet that it could be attached to."
          />
          {problem && <ProblemAlert problem={problem} title="Not trained" />}
          <Group>
            <Button type="submit" loading={train.isPending} disabled={!series}>
              Train
            </Button>
          </Group>
        </Stack>
      </form>
      {train.data && (
        <JobProgress key={train.data.job_id} id={train.data.job_id}>
          {(result) => <Trained result={result} />}
        </JobProgress>
      )}
    </Section>
  );
}

function Trained({ result }: { result: Job['result'] }) {
  const client = useQueryClient();
  useEffect(() => {
    void client.invalidateQueries({ queryKey: ['model'] });
  }, [client]);
  return (
    <Stack gap="xs">
      <Text size="sm" role="status">
        Trained: its figures stand below.
      </Text>
      <AttachedNote strategy={result?.strategy} />
    </Stack>
  );
}
