import { Alert, Button, Group, Paper, PasswordInput, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { answer, trade } from '../../api/clients';
import { asProblem } from '../../api/problem';
import { ProblemAlert } from '../../states/problem-alert';

const LEAST = 12;

/** The password that confirms live trading; another one than that of signing in. */
export function TradePassword() {
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [again, setAgain] = useState('');
  const change = useMutation({
    mutationFn: () =>
      answer(
        trade.PUT('/api/v1/me/trade-password', {
          body: { new_password: next, ...(current === '' ? {} : { current_password: current }) },
        }),
      ),
    onSuccess: () => {
      setCurrent('');
      setNext('');
      setAgain('');
    },
  });
  const problem = change.isError ? asProblem(change.error) : undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change.mutate();
  };
  return (
    <Paper withBorder p="lg" maw={460}>
      <form onSubmit={submit}>
        <Stack>
          <Text size="sm">It answers the challenge of a live deployment, and is asked for nowhere else.</Text>
          <PasswordInput
            label="Present trade password"
            description="Left empty where none is set yet"
            autoComplete="off"
            error={problem?.of('current_password')}
            value={current}
            onChange={(event) => setCurrent(event.currentTarget.value)}
          />
          <PasswordInput
            label="New trade password"
            description={`At least ${LEAST} characters`}
            autoComplete="new-password"
            required
            error={problem?.of('new_password')}
            value={next}
            onChange={(event) => setNext(event.currentTarget.value)}
          />
          <PasswordInput
            label="New trade password again"
            autoComplete="new-password"
            required
            error={again !== '' && again !== next ? 'It differs from the first' : undefined}
            value={again}
            onChange={(event) => setAgain(event.currentTarget.value)}
          />
          {problem && <ProblemAlert problem={problem} title="Not changed" />}
          {change.isSuccess && (
            <Alert color="teal" title="Changed" role="status">
              Live deployments are confirmed with the new trade password from now on.
            </Alert>
          )}
          <Group justify="flex-end">
            <Button type="submit" loading={change.isPending} disabled={next.length < LEAST || next !== again}>
              Set
            </Button>
          </Group>
        </Stack>
      </form>
    </Paper>
  );
}
