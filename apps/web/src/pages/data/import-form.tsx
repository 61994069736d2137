import { Autocomplete, Button, Checkbox, Group, Select, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { asProblem } from '../../api/problem';
import { Section } from '../../shell/page';
import { ProblemAlert } from '../../states/problem-alert';
import type { ImportQuery, Inspection } from './file-requests';
import { importProblem } from './import-words';
import { isTimeframe, marketOptions, TIMEFRAMES, type MarketName, type Timeframe } from './series-key';
import { symbolOfFile } from './symbol-of-file';

interface Props {
  file: File;
  inspection: Inspection | undefined;
  pending: boolean;
  problem: unknown;
  onImport: (query: ImportQuery) => void;
}

type Outside = NonNullable<ImportQuery['outside_sessions']>;
const OUTSIDE: { value: Outside; label: string }[] = [
  { value: 'refuse', label: 'Refuse the file' },
  { value: 'drop', label: 'Leave those days out' },
  { value: 'keep', label: 'Keep them' },
];

const given = (inspection: Inspection | undefined): Timeframe | null =>
  inspection?.timeframe && isTimeframe(inspection.timeframe) ? inspection.timeframe : null;

/** The series that the bars become. */
export function ImportForm({ file, inspection, pending, problem, onImport }: Props) {
  const [symbol, setSymbol] = useState(inspection?.symbols[0] ?? symbolOfFile(file.name));
  const [source, setSource] = useState('mine');
  const [timeframe, setTimeframe] = useState<Timeframe | null>(given(inspection));
  const [market, setMarket] = useState<MarketName | null>(null);
  const [synthetic, setSynthetic] = useState(false);
  const [adjust, setAdjust] = useState(false);
  const [outside, setOutside] = useState<Outside>('refuse');
  const refused = problem ? asProblem(problem) : undefined;
  const adjustable = inspection?.columns.some(({ name }) => /adj/i.test(String(name))) ?? false;
  const missing = [
    symbol.trim() === '' && 'the symbol',
    source.trim() === '' && 'the source',
    timeframe === null && 'the time of a bar',
    market === null && 'the market',
  ].filter((name) => name !== false);
  return (
    <Section title="Store it as a series">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (missing.length > 0 || pending) return;
          onImport({
            symbol: symbol.trim(),
            source: source.trim(),
            timeframe: timeframe!,
            market: market!,
            synthetic: synthetic || undefined,
            adjust: adjustable && adjust ? 'adj_close' : undefined,
            outside_sessions: outside === 'refuse' ? undefined : outside,
          });
        }}
      >
        <Stack>
          <SimpleGrid cols={{ base: 1, sm: 2, md: 4 }}>
            {inspection && inspection.symbols.length > 1 ? (
              <Autocomplete
                label="Symbol"
                required
                data={inspection.symbols}
                value={symbol}
                onChange={setSymbol}
                error={refused?.of('symbol')}
              />
            ) : (
              <TextInput
                label="Symbol"
                required
                value={symbol}
                onChange={(event) => setSymbol(event.currentTarget.value)}
                error={refused?.of('symbol')}
              />
            )}
            <TextInput
              label="Source"
              description="Where the bars come from"
              required
              value={source}
              onChange={(event) => setSource(event.currentTarget.value)}
              error={refused?.of('source')}
            />
            <Select
              label="Bars of"
              required
              data={[...TIMEFRAMES]}
              value={timeframe}
              onChange={(value) => setTimeframe(value as Timeframe | null)}
              error={refused?.of('timeframe')}
            />
            <Select
              label="Market"
              description="Whose calendar the bars follow"
              required
              data={marketOptions}
              placeholder="Choose"
              value={market}
              onChange={(value) => setMarket(value as MarketName | null)}
              error={refused?.of('market')}
            />
          </SimpleGrid>
          <Group align="flex-start">
            <Checkbox
              label="Made-up bars"
              description="Say so: what they prove stays marked as such"
              checked={synthetic}
              onChange={(event) => setSynthetic(event.currentTarget.checked)}
            />
            {adjustable && (
              <Checkbox
                label="Keep the adjusted close as adjustment"
                checked={adjust}
                onChange={(event) => setAdjust(event.currentTarget.checked)}
              />
            )}
            <Select
              label="Daily bars on days without a session"
              description="Kept ones can be tested but not replayed"
              data={OUTSIDE}
              value={outside}
              allowDeselect={false}
              onChange={(value) => setOutside(value as Outside)}
            />
          </Group>
          {refused && <ProblemAlert problem={importProblem(refused)} title="Nothing was stored" />}
          {refused?.fields.some(({ rule }) => rule === 'session_dates') && (
            <Group gap="sm">
              <Text size="sm">
                Choose the market whose days these are, or say what becomes of such days, and import again.
              </Text>
              {outside !== 'drop' && (
                <Button size="xs" variant="light" onClick={() => setOutside('drop')}>
                  Leave those days out
                </Button>
              )}
            </Group>
          )}
          <Group>
            <Button type="submit" disabled={missing.length > 0} loading={pending}>
              Import
            </Button>
            {missing.length > 0 && (
              <Text size="sm" c="dimmed">
                Still to be said: {missing.join(', ')}.
              </Text>
            )}
          </Group>
        </Stack>
      </form>
    </Section>
  );
}
