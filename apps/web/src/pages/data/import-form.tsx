import { Autocomplete, Button, Checkbox, Group, Select, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { asProblem } from '../../api/problem';
import { Section } from '../../shell/page';
import { ProblemAlert } from '../../states/problem-alert';
import type { ImportQuery, Inspection } from './file-requests';
import { isTimeframe, marketOptions, TIMEFRAMES, type MarketName, type Timeframe } from './series-key';
import { symbolOfFile } from './symbol-of-file';

interface Props {
  file: File;
  inspection: Inspection | undefined;
  pending: boolean;
  problem: unknown;
  onImport: (query: ImportQuery) => void;
}

const given = (inspection: Inspection | undefined): Timeframe | null =>
  inspection?.timeframe && isTimeframe(inspection.timeframe) ? inspection.timeframe : null;

const KEEP_OUTSIDE = 'Keep days without a session';
/** What is stated in a request is ticked on the page. */
const choiceWords = (text: string): string => text.replace('state outside_sessions keep', `tick “${KEEP_OUTSIDE}”`);

/** The series that the bars become. */
export function ImportForm({ file, inspection, pending, problem, onImport }: Props) {
  const [symbol, setSymbol] = useState(inspection?.symbols[0] ?? symbolOfFile(file.name));
  const [source, setSource] = useState('mine');
  const [timeframe, setTimeframe] = useState<Timeframe | null>(given(inspection));
  const [market, setMarket] = useState<MarketName | null>(null);
  const [synthetic, setSynthetic] = useState(false);
  const [adjust, setAdjust] = useState(false);
  const [outside, setOutside] = useState(false);
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
            outside_sessions: outside ? 'keep' : undefined,
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
            <Checkbox
              label={KEEP_OUTSIDE}
              description="Otherwise refused; kept, they can be tested but not replayed"
              checked={outside}
              onChange={(event) => setOutside(event.currentTarget.checked)}
            />
          </Group>
          {problem !== null && problem !== undefined && (
            <ProblemAlert problem={problem} title="Nothing was stored" wordsOf={choiceWords} />
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
