import { Group, Paper, Stack, Text } from '@mantine/core';
import { useQueries } from '@tanstack/react-query';
import { allSeriesQuery } from '../../definitions/series-query';
import { strategiesQuery } from '../../definitions/strategies-query';
import { ButtonLink } from '../../shell/links';
import { Loading } from '../../states/loading';
import { ProblemAlert } from '../../states/problem-alert';

interface Step {
  title: string;
  words: string;
  done: boolean;
  to: '/data/import' | '/strategies/new' | '/deployments/new';
  label: string;
}

/** What stands between nothing and something that trades on paper; the first that is not done has the button. */
export function FirstSteps() {
  const [series, strategies] = useQueries({ queries: [allSeriesQuery, strategiesQuery] });
  const away = [series, strategies].filter(({ isError, data }) => isError && data === undefined);
  if (away.length > 0) {
    const again = () => away.forEach((query) => void query.refetch());
    return <ProblemAlert problem={away[0]!.error} title="Not known what there is already" onRetry={again} />;
  }
  if (!series.data || !strategies.data) return <Loading lines={6} />;
  const steps: Step[] = [
    {
      title: 'Bring bars',
      words: 'A file as your vendor exports it, or a feed: it is looked into before anything is stored.',
      done: series.data.length > 0,
      to: '/data/import',
      label: 'Import a file',
    },
    {
      title: 'Make a strategy',
      words:
        'From a template and two or three numbers. It is backtested and validated at once, and you are told whether to believe it.',
      done: strategies.data.length > 0,
      to: '/strategies/new',
      label: 'Make one',
    },
    {
      title: 'Let it trade on paper',
      words:
        'Over past sessions in a minute, or at each close from now on. What trades, what it holds and what it made then stand here.',
      done: false,
      to: '/deployments/new',
      label: 'Deploy it',
    },
  ];
  const next = steps.findIndex(({ done }) => !done);
  return (
    <Paper withBorder p="md">
      <Stack gap="md" component="ol" aria-label="First steps" m={0} p={0} style={{ listStyle: 'none' }}>
        {steps.map(({ title, words, done, to, label }, index) => (
          <Group key={to} component="li" justify="space-between" align="center">
            <Group gap="sm" align="flex-start" flex="1 1 260px" wrap="nowrap">
              <Text fw={700} w={20} aria-hidden="true">
                {done ? '✓' : `${index + 1}.`}
              </Text>
              <div>
                <Text fw={600}>
                  {title}
                  {done && ': done'}
                </Text>
                <Text size="sm" c="dimmed">
                  {words}
                </Text>
              </div>
            </Group>
            {!done && (
              <ButtonLink to={to} variant={index === next ? 'filled' : 'default'}>
                {label}
              </ButtonLink>
            )}
          </Group>
        ))}
      </Stack>
    </Paper>
  );
}
