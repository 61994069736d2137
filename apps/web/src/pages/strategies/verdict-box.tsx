import { Alert, List, Text } from '@mantine/core';
import type { Verdict } from './words/verdict';

const COLORS = { good: 'teal', warning: 'yellow', bad: 'red', calm: 'gray' } as const;

/** The honest answer, with what speaks against it. */
export function VerdictBox({ verdict, trials }: { verdict: Verdict; trials?: number }) {
  const { tone, headline, explanation, reasons } = verdict;
  return (
    <Alert color={COLORS[tone]} variant="light" title={headline} role="note">
      <Text size="sm">{explanation}</Text>
      {reasons.length > 0 && (
        <List size="sm" mt="xs" spacing={4}>
          {reasons.map(({ gate, words, why }) => (
            <List.Item key={gate}>
              {words}{' '}
              <Text span size="sm" c="dimmed">
                ({why})
              </Text>
            </List.Item>
          ))}
        </List>
      )}
      {trials !== undefined && trials > 1 && (
        <Text size="sm" mt="xs">
          {trials} configurations have been tried in this lineage, and all of them count.
        </Text>
      )}
    </Alert>
  );
}
