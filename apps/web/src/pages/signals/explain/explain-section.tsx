import { Alert, Badge, Button, Group, Paper, Stack, Table, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { answer, research } from '../../../api/clients';
import { asProblem } from '../../../api/problem';
import { formatNumber } from '../../../format/number';
import type { Market } from '../../../format/time';
import { asSentence, inWords } from '../../../format/words';
import { JobProgress } from '../../../jobs/job-progress';
import { Section } from '../../../shell/page';
import { ProblemAlert } from '../../../states/problem-alert';
import { Facts } from '../../../values/facts';
import { Figure } from '../../../values/figure';
import { Time } from '../../../values/time';
import { countedGroups } from '../editor/node-problems';
import {
  explainedOf,
  explainedRows,
  fateOf,
  targetWords,
  type ExplainedBar,
  type ExplainedGroup,
  type ExplainedRow,
} from './explained';

const LOOK = {
  true: { color: 'teal', mark: '✓' },
  false: { color: 'gray', mark: '✕' },
  unknown: { color: 'yellow', mark: '?' },
} as const;

function Truth({ truth }: { truth: ExplainedRow['truth'] }) {
  const { color, mark } = LOOK[truth];
  return (
    <Badge color={color} variant="light" radius="sm" tt="none" miw="max-content">
      {mark} {truth}
    </Badge>
  );
}

function GroupTable({ group, index }: { group: ExplainedGroup; index: number }) {
  const title = `Group ${index + 1}, ${inWords(group.action.toLowerCase())}: ${fateOf(group)}`;
  return (
    <Paper withBorder p="sm" radius="md">
      <Text size="sm" fw={600}>
        {title}
      </Text>
      <Table fz="sm" verticalSpacing={4} aria-label={title}>
        <Table.Tbody>
          {explainedRows(group).map(({ path, depth, text, truth, why }) => (
            <Table.Tr key={path}>
              <Table.Td pl={8 + 14 * (depth - 1)}>
                {text}
                {why && (
                  <Text size="xs" c="dimmed">
                    {why}
                  </Text>
                )}
              </Table.Td>
              <Table.Td ta="right" w={100}>
                <Truth truth={truth} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Paper>
  );
}

function Explained({ bar, daily, market }: { bar: ExplainedBar; daily: boolean; market: Market | undefined }) {
  const values = Object.entries(bar.features);
  return (
    <Stack gap="sm">
      <Text size="sm" role="status">
        {asSentence(countedGroups(bar.why))}.
      </Text>
      <Facts
        facts={[
          ['Bar', <Time key="bar" value={bar.bar_time} market={market} detail={daily ? 'date' : 'minute'} />],
          ['Close', formatNumber(bar.close, 8)],
          ['Decision', inWords(bar.decision)],
          ['Target after it', targetWords(bar.signal)],
          ['Weight after it', <Figure key="weight" value={bar.weight} />],
        ]}
      />
      {bar.groups?.map((group, index) => (
        <GroupTable key={group.path} group={group} index={index} />
      ))}
      {(values.length > 0 || bar.prediction !== null) && (
        <Facts
          facts={[
            ...values.map(([name, value]) => [name, <Figure key={name} value={value} />] as const),
            ['prediction', <Figure key="prediction" value={bar.prediction} />] as const,
          ]}
        />
      )}
    </Stack>
  );
}

interface Props {
  /** The strategy whose evaluation explains; null where none is chosen. */
  strategy: { id: string; name: string } | null;
  /** Why its rules are not those of the page, or undefined. */
  other: string | undefined;
  /** Date or time of the bar, as written or clicked. */
  at: string;
  onAt: (at: string) => void;
  /** Counts the clicks on bars: each asks for an explanation. */
  asked: number;
  daily: boolean;
  market: Market | undefined;
}

/** What a strategy decided on one bar and why: every rule with the values that it compared. */
export function ExplainSection({ strategy, other, at, onAt, asked, daily, market }: Props) {
  const explain = useMutation({
    mutationFn: (id: string) =>
      answer(
        research.POST('/api/signals/explain', {
          body: { strategy_id: id, ...(at.trim() && { at: at.trim() }) },
        }),
      ),
  });
  const { mutate } = explain;
  const done = useRef(asked);
  useEffect(() => {
    if (!strategy || done.current === asked) return;
    done.current = asked;
    mutate(strategy.id);
  }, [asked, strategy, mutate]);
  if (!strategy) {
    return (
      <Section title="Explain a bar">
        <Text size="sm" c="dimmed">
          A bar is explained by a strategy that has these rules: choose one or make one below.
        </Text>
      </Section>
    );
  }
  return (
    <Section title="Explain a bar">
      {other && (
        <Alert color="yellow" title="Other rules are explained">
          <Text size="sm">{other}</Text>
        </Alert>
      )}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!explain.isPending) mutate(strategy.id);
        }}
      >
        <Group align="flex-end" gap="xs">
          <TextInput
            label="Bar of"
            placeholder={daily ? '2024-03-01; the last' : '2024-03-01T15:30Z; the last'}
            value={at}
            onChange={(event) => onAt(event.currentTarget.value)}
            error={explain.error ? asProblem(explain.error).of('at') : undefined}
          />
          <Button type="submit" variant="default" loading={explain.isPending}>
            Explain this bar
          </Button>
        </Group>
      </form>
      {explain.isError && <ProblemAlert problem={explain.error} title="Not explained" />}
      {explain.data && (
        <JobProgress key={explain.data.job_id} id={explain.data.job_id}>
          {(result) => <Explained bar={explainedOf(result)} daily={daily} market={market} />}
        </JobProgress>
      )}
    </Section>
  );
}
