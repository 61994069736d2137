import { Button, Group, PasswordInput, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { answer, trade } from '../../../api/clients';
import { PageLink } from '../../../shell/links';
import { ProblemAlert } from '../../../states/problem-alert';
import { Time } from '../../../values/time';

interface Props {
  deploymentId: string;
  challenge: { challenge: string; expires_at: string };
  /** What the answer puts into force, as its button says it. */
  action: string;
  onCancel: () => void;
  onConfirmed: () => void;
  onRefused?: (error: unknown) => void;
}

/** The second of the two steps before money is at stake: the challenge is answered with the trade password. */
export function AnswerChallenge({ deploymentId, challenge, action, onCancel, onConfirmed, onRefused }: Props) {
  const client = useQueryClient();
  const [password, setPassword] = useState('');
  const confirm = useMutation({
    mutationFn: () =>
      answer(
        trade.POST('/api/v1/deployments/{deploymentId}/confirm', {
          params: { path: { deploymentId } },
          body: { challenge: challenge.challenge, trade_password: password },
        }),
      ),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['deployment'] });
      onConfirmed();
    },
    onError: (error) => onRefused?.(error),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (password !== '' && !confirm.isPending) confirm.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <Text size="sm" fw={600}>
          Step 2 of 2: your trade password
        </Text>
        <PasswordInput
          label="Trade password"
          description="Your own for live trading, not the one of the broker."
          value={password}
          autoComplete="off"
          onChange={(event) => setPassword(event.currentTarget.value)}
          data-autofocus
        />
        <Text size="xs" c="dimmed">
          Good until <Time value={challenge.expires_at} />. No trade password yet? Set one under{' '}
          <PageLink to="/settings" search={{ tab: 'password' }} size="xs" underline="always">
            settings
          </PageLink>
          .
        </Text>
        {confirm.isError && <ProblemAlert problem={confirm.error} title="Not confirmed" />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
          <Button type="submit" color="red" disabled={password === ''} loading={confirm.isPending}>
            {action}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
