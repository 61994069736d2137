import { Alert, Button, Group, List, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { adviceFor, asProblem, failure } from '../api/problem';

interface Props {
  problem: unknown;
  /** What did not happen, in a few words; default: the problem's own title. */
  title?: string;
  onRetry?: () => void;
}

/** A problem in its own words, field by field, with what to do next. */
export function ProblemAlert({ problem: given, title, onRetry }: Props) {
  const client = useQueryClient();
  const problem = asProblem(given);
  const advice = adviceFor(problem);
  const fields = problem.fields.filter(({ message }) => message !== problem.detail);
  const again = () => {
    onRetry?.();
    // what failed together is asked for together: one wish, not one a box
    void client.refetchQueries(
      { type: 'active', predicate: ({ state }) => state.status === 'error' },
      { cancelRefetch: false },
    );
  };
  return (
    <Alert
      color="red"
      variant="light"
      title={problem.doubtful ? failure(problem, problem.title) : (title ?? problem.title)}
      role="alert"
    >
      <Stack gap="xs">
        <Text size="sm">{problem.detail}</Text>
        {fields.length > 0 && (
          <List size="sm">
            {fields.map(({ field, message }) => (
              <List.Item key={`${field} ${message}`}>
                {field !== '' && (
                  <Text span fw={600}>
                    {field}:{' '}
                  </Text>
                )}
                {message}
              </List.Item>
            ))}
          </List>
        )}
        {advice && <Text size="sm">{advice}</Text>}
        {problem.correlationId && (
          <Text size="xs" c="dimmed">
            Id in the log: {problem.correlationId}
          </Text>
        )}
        {onRetry && (
          <Group>
            <Button size="xs" variant="light" color="red" onClick={again}>
              Try again
            </Button>
          </Group>
        )}
      </Stack>
    </Alert>
  );
}
