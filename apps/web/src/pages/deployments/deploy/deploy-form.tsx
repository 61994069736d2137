import {
  Alert,
  Autocomplete,
  Button,
  Group,
  SegmentedControl,
  Select,
  SimpleGrid,
  Stack,
  Switch,
  Text,
  TextInput,
} from '@mantine/core';
import { asProblem } from '../../../api/problem';
import { Section } from '../../../shell/page';
import { ProblemAlert } from '../../../states/problem-alert';
import { replayRefusal } from '../words/replay-refusal';
import {
  BROKERS,
  capitalWarning,
  draftProblems,
  MARKETS,
  schedulesFor,
  seriesOf,
  tickerSuggestions,
  withBroker,
  type Broker,
  type DeployDraft,
  type MarketCode,
  type SeriesFacts,
  type StrategyFacts,
} from './draft';

interface Props {
  draft: DeployDraft;
  onChange: (draft: DeployDraft) => void;
  facts: StrategyFacts;
  series: readonly SeriesFacts[];
  mappings: readonly { data_ticker: string; broker: string; broker_ticker: string; market: string }[];
  onCheck: () => void;
  pending: boolean;
  problem: unknown;
}

/** Where a problem of the service belongs in the form. */
const FIELDS: Partial<Record<keyof DeployDraft, string>> = {
  ticker: 'ticker',
  capital: 'sizing.capital',
  units: 'qty',
  maxPosition: 'risk_limits.max_position_usd',
  maxTrades: 'risk_limits.max_daily_trades',
  stopLoss: 'risk_limits.stop_loss_pct',
  cron: 'schedule',
};

const ZONES = [
  'America/New_York',
  'America/Chicago',
  'Europe/London',
  'Europe/Berlin',
  'Asia/Hong_Kong',
  'Asia/Tokyo',
  'UTC',
];

export function DeployForm({ draft, onChange, facts, series, mappings, onCheck, pending, problem }: Props) {
  const sources = seriesOf(facts, series);
  const problems = draftProblems(draft, sources);
  const answered = problem === null || problem === undefined ? undefined : asProblem(problem);
  const set = (changes: Partial<DeployDraft>) => onChange({ ...draft, ...changes });
  const text = (key: keyof DeployDraft) => ({
    value: String(draft[key] ?? ''),
    onChange: (event: { currentTarget: { value: string } }) => set({ [key]: event.currentTarget.value }),
    error: problems[key] ?? answered?.of(FIELDS[key] ?? key),
  });
  const warning = capitalWarning(draft);
  const refusedDays = replayRefusal(answered, 'replay');
  const days = (key: 'replayStart' | 'replayEnd', field: 'replay.start' | 'replay.end') => ({
    ...text(key),
    error: problems[key] ?? replayRefusal(answered, field),
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (Object.keys(problems).length === 0 && !pending) onCheck();
      }}
    >
      <Stack gap="lg">
        <Section title="How it shall trade">
          <SegmentedControl
            value={draft.paper ? 'paper' : 'live'}
            onChange={(value) =>
              onChange(
                value === 'paper'
                  ? { ...withBroker(draft, 'PAPER', facts.symbol, mappings), paper: true }
                  : {
                      ...withBroker(draft, draft.broker === 'PAPER' ? 'FUTU' : draft.broker, facts.symbol, mappings),
                      paper: false,
                      replay: false,
                    },
              )
            }
            data={[
              { value: 'paper', label: 'On paper' },
              { value: 'live', label: 'Live, with money' },
            ]}
            aria-label="On paper or live"
            style={{ alignSelf: 'flex-start' }}
          />
          <Text size="sm" c="dimmed">
            {draft.paper
              ? 'Fills are simulated at the prices of the stored bars; no money is at stake.'
              : 'Real orders. It needs a strategy that was promoted for live trading, a venue that is set up, and your trade password.'}
          </Text>
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <Select
              label="Broker"
              data={draft.paper ? [...BROKERS] : BROKERS.filter((one) => one !== 'PAPER')}
              value={draft.broker}
              allowDeselect={false}
              onChange={(value) => value && onChange(withBroker(draft, value as Broker, facts.symbol, mappings))}
            />
            <Autocomplete
              label="Symbol at the broker"
              description={`The strategy was tested on ${facts.symbol}.`}
              data={tickerSuggestions(facts.symbol, draft.broker, mappings)}
              value={draft.ticker}
              onChange={(ticker) => set({ ticker })}
              error={problems.ticker ?? answered?.of('ticker')}
            />
            <Select
              label="Market"
              description="Its calendar says when bars close."
              data={[...MARKETS]}
              value={draft.market}
              allowDeselect={false}
              onChange={(value) => value && set({ market: value as MarketCode })}
              error={answered?.of('market')}
            />
            {sources.length > 1 && (
              <Select
                label="Bars from"
                description="Several sources have this symbol."
                data={[...new Set(sources.map(({ source }) => source))]}
                value={draft.source}
                clearable
                onChange={(source) => set({ source })}
                error={answered?.of('source')}
              />
            )}
            <Select
              label="Evaluates"
              data={schedulesFor(facts.timeframe)}
              value={draft.schedule}
              allowDeselect={false}
              onChange={(value) => value && set({ schedule: value as DeployDraft['schedule'] })}
              error={draft.schedule === 'cron' ? undefined : answered?.of('schedule')}
            />
            {draft.schedule === 'cron' && (
              <>
                <TextInput label="Cron pattern" placeholder="5 16 * * 1-5" {...text('cron')} />
                <Autocomplete
                  label="Time zone"
                  data={ZONES}
                  value={draft.tz}
                  onChange={(tz) => set({ tz })}
                  error={problems.tz ?? answered?.of('schedule.tz')}
                />
              </>
            )}
          </SimpleGrid>
        </Section>
        <Section title="How much">
          <SegmentedControl
            value={draft.amount}
            onChange={(value) => set({ amount: value === 'units' ? 'units' : 'capital' })}
            data={[
              { value: 'capital', label: 'A capital' },
              { value: 'units', label: 'Units a signal' },
            ]}
            aria-label="By capital or by units"
            style={{ alignSelf: 'flex-start' }}
          />
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            {draft.amount === 'capital' ? (
              <TextInput
                label="Capital"
                description="The strategy's weights are shares of it."
                inputMode="decimal"
                {...text('capital')}
              />
            ) : (
              <TextInput label="Units" description="Bought or sold a signal." inputMode="decimal" {...text('units')} />
            )}
          </SimpleGrid>
        </Section>
        <Section title="Risk limits">
          <SimpleGrid cols={{ base: 1, sm: 3 }}>
            <TextInput
              label="Largest position (USD)"
              description="Orders beyond it are refused."
              inputMode="decimal"
              {...text('maxPosition')}
            />
            <TextInput
              label="Entries a day"
              description="At most so many."
              inputMode="numeric"
              {...text('maxTrades')}
            />
            <TextInput
              label="Stop loss (%)"
              description={
                facts.stopLossPct === null ? 'Empty: none but the strategy’s own.' : 'As the strategy states it.'
              }
              placeholder="none"
              inputMode="decimal"
              {...text('stopLoss')}
            />
          </SimpleGrid>
          {warning && (
            <Alert color="yellow" variant="light">
              {warning}
            </Alert>
          )}
        </Section>
        {draft.paper && (
          <Section title="Since when">
            <Switch
              label="Replay past sessions instead of waiting for the next close"
              description="It runs through these days bar by bar, as it would have traded, on an account of its own. There is no dry run before it: that looks at the newest bar, which a replay does not read, and a replay orders nothing at a venue."
              checked={draft.replay}
              onChange={(event) => set({ replay: event.currentTarget.checked })}
            />
            {draft.replay && (
              <SimpleGrid cols={{ base: 1, sm: 2 }}>
                <TextInput type="date" label="First day" {...days('replayStart', 'replay.start')} />
                <TextInput type="date" label="Last day" {...days('replayEnd', 'replay.end')} />
              </SimpleGrid>
            )}
            {draft.replay && refusedDays && (
              <Text size="sm" c="red">
                {refusedDays}
              </Text>
            )}
          </Section>
        )}
        {answered && <ProblemAlert problem={answered} title="Not deployed" />}
        <Group justify="flex-end">
          <Button type="submit" loading={pending} disabled={Object.keys(problems).length > 0}>
            {draft.paper && draft.replay ? 'Start the replay' : 'Dry run'}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
