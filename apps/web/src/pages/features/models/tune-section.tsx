import { Button, Group, NativeSelect, SimpleGrid, Stack, Switch, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, research } from '../../../api/clients';
import type { components } from '../../../api/generated/research';
import { asProblem } from '../../../api/problem';
import { StrategySelect } from '../../../definitions/strategy-select';
import { formatNumber } from '../../../format/number';
import { inWords, plural } from '../../../format/words';
import { JobProgress } from '../../../jobs/job-progress';
import { PageLink } from '../../../shell/links';
import { Section } from '../../../shell/page';
import { ProblemAlert } from '../../../states/problem-alert';
import { loadedList } from '../../../tables/cursor-list';
import { DataTable, type Column } from '../../../tables/data-table';
import { Figure } from '../../../values/figure';
import { searchSpacesQuery, type Model } from './queries';
import { FIRST_SEARCH, METHODS, SEARCH_TITLES, searchOf, setsOf, valuesOf } from './searched';
import { tiedWords } from './tied-sets';

interface TunedSet {
  index: number;
  params: Record<string, unknown>;
  mean_oos_sharpe: number | null;
  given_up_after?: number;
}

interface Result {
  rows: TunedSet[];
  trials: number;
  search?: { sets: number; given_up: number };
}

const paramText = (value: unknown): string =>
  typeof value === 'number'
    ? formatNumber(value, 6)
    : typeof value === 'object' && value !== null
      ? Object.values(value).join(' / ')
      : String(value);

function Tuned({ result }: { result: Result }) {
  const { search } = result;
  const names = Object.keys(result.rows[0]?.params ?? {}).filter((name) => name !== 'refit');
  const rows = [...result.rows].sort((a, b) => (b.mean_oos_sharpe ?? -Infinity) - (a.mean_oos_sharpe ?? -Infinity));
  const columns: Column<TunedSet>[] = [
    ...names.map((name): Column<TunedSet> => ({
      key: name,
      header: inWords(name),
      cell: (row) => paramText(row.params[name]),
    })),
    {
      key: 'sharpe',
      header: 'Sharpe ratio out of sample',
      align: 'right',
      cell: (row) =>
        row.given_up_after === undefined ? (
          <Figure value={row.mean_oos_sharpe} />
        ) : (
          `Given up after ${plural(row.given_up_after, 'split')}`
        ),
    },
  ];
  return (
    <Stack gap="xs">
      <DataTable
        label="Sets that were tried, best first"
        columns={columns}
        list={loadedList(rows)}
        rowKey={(row) => String(row.index)}
        empty={null}
      />
      <Text size="xs" c="dimmed" role="status">
        Means over the splits of CPCV; none where a split has none. {tiedWords(rows.map((row) => row.mean_oos_sharpe))}
        {search &&
          ` ${result.rows.length} of ${plural(search.sets, 'set')} were tried, of which ${search.given_up} were given up.`}{' '}
        The strategy&apos;s lineage now counts {plural(result.trials, 'trial')}.
      </Text>
    </Stack>
  );
}

/** Tries hyper-parameters of a model on a strategy that uses it. */
export function TuneSection({ model }: { model: Model }) {
  const spaces = useQuery(searchSpacesQuery);
  const space = spaces.data?.find(({ kind }) => kind === model.kind)?.params ?? {};
  const [strategy, setStrategy] = useState<string | null>(null);
  const [texts, setTexts] = useState<Record<string, string>>({});
  const [draft, setDraft] = useState(FIRST_SEARCH);
  const { search, errors } = searchOf(draft);
  const isDrawn = draft.method !== 'exhaustive';
  const tune = useMutation({
    mutationFn: (id: string) => {
      const given = Object.entries(texts).flatMap(([name, text]) => {
        const values = valuesOf(text);
        return values && values.length > 0 ? [[name, values]] : [];
      });
      return answer(
        research.POST('/api/models/{id}/tune', {
          params: { path: { id: model.id } },
          body: { strategy_id: id, ...search, ...Object.fromEntries(given) } as components['schemas']['TuneModelDto'],
        }),
      );
    },
  });
  const problem = tune.error ? asProblem(tune.error) : undefined;
  const among = setsOf(texts);
  // without values of its own a draw is from the whole space of the kind
  const sets = isDrawn ? (among === null || Object.keys(errors).length > 0 ? null : (search.trials ?? null)) : among;
  if (Object.keys(space).length === 0) return null;
  return (
    <Section title="Tune it">
      <Text size="sm" c="dimmed" component="div">
        Tries sets of hyper-parameters on a strategy that uses this model, by CPCV. Every set is a trial, one that is
        given up too. For a search over features, labels and rules:{' '}
        <PageLink underline="always" to="/backtests/sweeps/new" search={{ strategy: strategy ?? undefined }}>
          a sweep with figures out of sample
        </PageLink>
        .
      </Text>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (strategy && sets && !tune.isPending) tune.mutate(strategy);
        }}
      >
        <Stack gap="sm" maw={860}>
          <StrategySelect
            label="On the strategy"
            value={strategy}
            onChange={setStrategy}
            error={problem?.of('strategy_id')}
            among={({ model_id: own }) => own === model.id}
            none="No strategy uses this model yet: attach it to one when you train it."
          />
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            {Object.entries(space).map(([name, { values }]) => (
              <TextInput
                key={name}
                label={inWords(name)}
                placeholder={values.join(', ')}
                description={
                  isDrawn && among === 0
                    ? 'Parted by commas; empty everywhere: these are searched'
                    : 'Parted by commas; empty: as the model says'
                }
                value={texts[name] ?? ''}
                error={
                  valuesOf(texts[name] ?? '') === null ? 'Numbers with a point, parted by commas' : problem?.of(name)
                }
                onChange={(event) => setTexts({ ...texts, [name]: event.currentTarget.value })}
              />
            ))}
          </SimpleGrid>
          <SimpleGrid cols={{ base: 1, sm: 3 }}>
            <NativeSelect
              label="Sets that are tried"
              data={[...METHODS]}
              value={draft.method}
              error={problem?.of('method')}
              onChange={(event) => setDraft({ ...draft, method: event.currentTarget.value as typeof draft.method })}
            />
            {isDrawn && (
              <TextInput
                label={SEARCH_TITLES.trials}
                inputMode="numeric"
                value={draft.trials}
                error={errors.trials ?? problem?.of('trials')}
                onChange={(event) => setDraft({ ...draft, trials: event.currentTarget.value })}
              />
            )}
            {isDrawn && (
              <TextInput
                label={SEARCH_TITLES.seed}
                placeholder="1"
                inputMode="numeric"
                value={draft.seed}
                error={errors.seed ?? problem?.of('seed')}
                onChange={(event) => setDraft({ ...draft, seed: event.currentTarget.value })}
              />
            )}
          </SimpleGrid>
          <Switch
            label="Give hopeless sets up"
            description="once their mean over the splits so far is below the median of the earlier whole ones"
            checked={draft.prune}
            error={problem?.of('prune')}
            onChange={(event) => setDraft({ ...draft, prune: event.currentTarget.checked })}
          />
          {problem && <ProblemAlert problem={problem} title="Not tuned" />}
          <Group>
            <Button type="submit" loading={tune.isPending} disabled={!strategy || !sets}>
              Try them
            </Button>
            <Text size="sm" role="status">
              {sets ? `${plural(sets, 'set')}, so as many trials` : ''}
            </Text>
          </Group>
        </Stack>
      </form>
      {tune.data && (
        <JobProgress key={tune.data.job_id} id={tune.data.job_id}>
          {(result) => <Tuned result={result as unknown as Result} />}
        </JobProgress>
      )}
    </Section>
  );
}
