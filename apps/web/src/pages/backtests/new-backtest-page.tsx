import { Button, Group, Select, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { asProblem } from '../../api/problem';
import { startBacktest } from '../../jobs/start-backtest';
import { Page, Section } from '../../shell/page';
import { ProblemAlert } from '../../states/problem-alert';
import { requestOf, type BacktestFields } from './backtest-request';
import { strategiesQuery } from '../../definitions/strategies-query';
import { StrategySelect } from '../../definitions/strategy-select';

const route = getRouteApi('/app/backtests/new');

const ENGINES = [
  { value: 'vectorized', label: 'Vectorized: whole columns at once' },
  { value: 'event', label: 'Event: bar by bar through an order book' },
];
const FILLS = [
  { value: 'next_open', label: 'At the next open' },
  { value: 'close', label: 'At the close that decided' },
];

const EMPTY: BacktestFields = {
  start: '',
  end: '',
  engine: null,
  fill: null,
  fee: '',
  slippage: '',
  spread: '',
  benchmark: '',
  riskFree: '',
};

/** Prepares a backtest of a strategy and runs it. */
export function NewBacktestPage() {
  const search = route.useSearch();
  const navigate = useNavigate();
  const [strategy, setStrategy] = useState<string | null>(search.strategy ?? null);
  const [fields, setFields] = useState(EMPTY);
  const strategies = useQuery(strategiesQuery);
  const change = (part: Partial<BacktestFields>) => setFields((before) => ({ ...before, ...part }));
  const chosen = strategies.data?.find(({ id }) => id === strategy);
  const run = useMutation({
    mutationFn: (id: string) => startBacktest(requestOf(id, fields), chosen?.revision),
    onSuccess: ({ subjectId }) => navigate({ to: '/backtests/$id', params: { id: subjectId } }),
  });
  const problem = run.error ? asProblem(run.error) : undefined;
  const costs = chosen?.pipeline_config.costs;
  const of = (field: string) => problem?.of(field);
  return (
    <Page
      title="New backtest"
      lead="The newest version of a strategy on stored bars. What is left empty is as the strategy says."
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (strategy && !run.isPending) run.mutate(strategy);
        }}
      >
        <Stack gap="lg" maw={860}>
          <StrategySelect value={strategy} error={of('strategy_id')} onChange={setStrategy} />
          <Section title="Time">
            <SimpleGrid cols={{ base: 1, sm: 2 }}>
              <TextInput
                label="First scored bar"
                placeholder="2015-01-01; the first that can be scored"
                value={fields.start}
                error={of('start')}
                onChange={(event) => change({ start: event.currentTarget.value })}
              />
              <TextInput
                label="Last scored bar"
                placeholder="2019-12-31; the last stored"
                value={fields.end}
                error={of('end')}
                onChange={(event) => change({ end: event.currentTarget.value })}
              />
            </SimpleGrid>
          </Section>
          <Section title="Trading">
            <SimpleGrid cols={{ base: 1, sm: 2 }}>
              <Select
                label="Engine"
                placeholder="Vectorized"
                clearable
                data={ENGINES}
                value={fields.engine}
                error={of('engine')}
                onChange={(value) => change({ engine: value as BacktestFields['engine'] })}
              />
              <Select
                label="Orders are filled"
                placeholder={
                  FILLS.find(({ value }) => value === chosen?.pipeline_config.fill)?.label ?? 'As the strategy says'
                }
                clearable
                data={FILLS}
                value={fields.fill}
                error={of('fill')}
                onChange={(value) => change({ fill: value as BacktestFields['fill'] })}
              />
            </SimpleGrid>
            <SimpleGrid cols={{ base: 1, sm: 3 }}>
              <TextInput
                label="Fee, basis points a side"
                inputMode="decimal"
                placeholder={costs ? String(costs.fee_bps) : 'As the strategy says'}
                value={fields.fee}
                error={of('costs.fee_bps')}
                onChange={(event) => change({ fee: event.currentTarget.value })}
              />
              <TextInput
                label="Slippage, basis points"
                inputMode="decimal"
                placeholder={costs ? String(costs.slippage_bps ?? 0) : 'As the strategy says'}
                value={fields.slippage}
                error={of('costs.slippage_bps')}
                onChange={(event) => change({ slippage: event.currentTarget.value })}
              />
              <TextInput
                label="Spread, basis points"
                inputMode="decimal"
                placeholder={costs ? String(costs.spread_bps ?? 0) : 'As the strategy says'}
                value={fields.spread}
                error={of('costs.spread_bps')}
                onChange={(event) => change({ spread: event.currentTarget.value })}
              />
            </SimpleGrid>
            <Text size="xs" c="dimmed">
              A cost that is stated replaces all costs of the strategy for this run. Other costs make another trial.
            </Text>
          </Section>
          <Section title="Measured against">
            <SimpleGrid cols={{ base: 1, sm: 2 }}>
              <TextInput
                label="Benchmark, a stored symbol"
                placeholder={chosen?.kind === 'universe' ? 'All members alike' : 'Buy and hold alone'}
                value={fields.benchmark}
                error={of('benchmark.symbol')}
                onChange={(event) => change({ benchmark: event.currentTarget.value })}
              />
              <TextInput
                label="Cash earns, percent a year"
                inputMode="decimal"
                placeholder="Nothing"
                value={fields.riskFree}
                error={of('risk_free.rate')}
                onChange={(event) => change({ riskFree: event.currentTarget.value })}
              />
            </SimpleGrid>
          </Section>
          {run.error && <ProblemAlert problem={run.error} title="Not run" />}
          <Group>
            <Button type="submit" loading={run.isPending} disabled={!strategy}>
              Run
            </Button>
          </Group>
        </Stack>
      </form>
    </Page>
  );
}
