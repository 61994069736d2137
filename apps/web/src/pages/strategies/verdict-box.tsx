import { Alert, List, Text } from '@mantine/core';
import { PageLink } from '../../shell/links';
import { GateAnswer } from '../../values/gate-answer';
import { seriesOf, type BarsOfVerdict } from './verdict-bars';
import { isOfTheBars, type Verdict } from './words/verdict';

const COLORS = { good: 'teal', warning: 'yellow', bad: 'red', calm: 'gray' } as const;

interface Props {
  verdict: Verdict;
  trials?: number;
  /** The bars that it was judged on: findings on them are looked at there. */
  bars?: BarsOfVerdict | null;
}

/** The honest answer, with what speaks against it. */
export function VerdictBox({ verdict, trials, bars }: Props) {
  const { tone, headline, explanation, reasons, next } = verdict;
  return (
    <Alert color={COLORS[tone]} variant="light" title={headline} role="note">
      <Text size="sm">{explanation}</Text>
      {reasons.length > 0 && (
        <List size="sm" mt="xs" spacing={4}>
          {reasons.map(({ gate, words, why }) => (
            <List.Item key={gate}>
              {words}{' '}
              <Text span size="sm" c="dimmed">
                (<GateAnswer words={why} />)
              </Text>
            </List.Item>
          ))}
        </List>
      )}
      {next && (
        <Text size="sm" mt="xs">
          {next}
        </Text>
      )}
      {bars && reasons.some(isOfTheBars) && (
        <Text size="sm" mt="xs">
          <PageLink to="/data/series" search={seriesOf(bars)} underline="always">
            Look at the bars and what was found in them
          </PageLink>
        </Text>
      )}
      {trials !== undefined && trials > 1 && (
        <Text size="sm" mt="xs">
          {trials} configurations have been tried in this lineage, and all of them count.
        </Text>
      )}
    </Alert>
  );
}
