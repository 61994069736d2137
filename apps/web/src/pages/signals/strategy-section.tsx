import { Button, Group, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, research } from '../../api/clients';
import type { components } from '../../api/generated/research';
import type { Feature } from '../../definitions/features-query';
import type { StoredSeries } from '../../definitions/series-query';
import type { Strategy } from '../../definitions/strategies-query';
import { StrategySelect } from '../../definitions/strategy-select';
import { ButtonLink } from '../../shell/links';
import { Section } from '../../shell/page';
import { ProblemAlert } from '../../states/problem-alert';
import { partsWith } from './strategy-parts';

interface Props {
  /** Id of the saved rules; null before they are saved. */
  signalId: string | null;
  /** The page has changes that are not saved. */
  dirty: boolean;
  names: readonly string[];
  features: readonly Feature[];
  strategy: Strategy | undefined;
  onStrategy: (id: string | null) => void;
  /** A new strategy is made for these bars. */
  series: StoredSeries | null;
  /** The chosen strategy has these very rules already. */
  current: boolean;
}

type Timeframe = components['schemas']['CreateStrategyDto']['timeframe'];
/** Of a new strategy, a side: what a retail account pays for liquid shares; changed in the strategy. */
const FEE_BPS = 5;

/** Puts the saved rules into a strategy, one that there is or a new one. */
export function StrategySection(props: Props) {
  const { signalId, dirty, names, features, strategy, onStrategy, series, current } = props;
  const client = useQueryClient();
  const [name, setName] = useState('');
  const put = (target: Strategy) =>
    answer(
      research.PATCH('/api/strategies/{id}', {
        params: { path: { id: target.id }, header: { 'If-Match': `"${target.version}"` } },
        body: partsWith(signalId!, names, features, target),
      }),
    );
  const settled = () => client.invalidateQueries({ queryKey: ['strategy'] });
  const into = useMutation({ mutationFn: put, onSettled: settled });
  const make = useMutation({
    mutationFn: async (bars: StoredSeries) => {
      const made = await answer(
        research.POST('/api/strategies', {
          body: {
            name: name.trim(),
            universe: [bars.symbol],
            source: bars.source,
            timeframe: bars.timeframe as Timeframe,
            pipeline_config: { costs: { fee_bps: FEE_BPS } },
          } as components['schemas']['CreateStrategyDto'],
        }),
      );
      // chosen at once: where its parts are refused, they are put into the same one again
      onStrategy(made.id);
      return put(made);
    },
    onSuccess: () => setName(''),
    onSettled: settled,
  });
  const ready = signalId !== null && !dirty;
  return (
    <Section title="In a strategy">
      {!ready && (
        <Text size="sm" c="dimmed">
          Save the rules first: a strategy takes them as they are saved.
        </Text>
      )}
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <Stack gap="xs">
          <StrategySelect
            label="A strategy"
            optional
            among={({ kind }) => kind === 'pipeline'}
            none="There is no strategy yet that could take rules: make one."
            value={strategy?.id ?? null}
            onChange={onStrategy}
          />
          <Group gap="xs">
            <Button
              variant="default"
              disabled={!ready || !strategy || current}
              loading={into.isPending}
              onClick={() => strategy && into.mutate(strategy)}
            >
              Put the rules into it
            </Button>
            {strategy && current && (
              <>
                <Text size="sm" role="status">
                  It has these rules.
                </Text>
                <ButtonLink to="/backtests/new" search={{ strategy: strategy.id }} variant="light">
                  Backtest it
                </ButtonLink>
              </>
            )}
          </Group>
          {into.isError && <ProblemAlert problem={into.error} title="Not put in" />}
        </Stack>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (ready && series && name.trim() && !make.isPending) make.mutate(series);
          }}
        >
          <Stack gap="xs">
            <TextInput
              label="Or a new one, named"
              placeholder={series ? `On ${series.symbol}, bars of ${series.timeframe}` : 'Choose the bars first'}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <Group>
              <Button
                type="submit"
                variant="default"
                disabled={!ready || !series || !name.trim()}
                loading={make.isPending}
              >
                Make it
              </Button>
            </Group>
            {make.isError && <ProblemAlert problem={make.error} title="Not made" />}
          </Stack>
        </form>
      </SimpleGrid>
    </Section>
  );
}
