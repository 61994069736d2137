import { Button, Group, NumberInput, Stack, Text, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, research } from '../../../api/clients';
import { asProblem } from '../../../api/problem';
import { formatCount } from '../../../format/number';
import { ProblemAlert } from '../../../states/problem-alert';
import type { Ledger } from './queries';

/** Declares trials that were made elsewhere; the number can only be raised. */
export function DeclareForm({ id, ledger }: { id: string; ledger: Ledger }) {
  const client = useQueryClient();
  const [trials, setTrials] = useState<number | string>('');
  const [reason, setReason] = useState('');
  const declare = useMutation({
    mutationFn: () =>
      answer(
        research.POST('/api/experiments/outside', {
          body: { strategy_id: id, trials: Number(trials), reason: reason.trim() },
        }),
      ),
    onSuccess: () => {
      setTrials('');
      setReason('');
      void client.invalidateQueries({ queryKey: ['strategy', id] });
      void client.invalidateQueries({ queryKey: ['validation'] });
    },
  });
  const problem = declare.error ? asProblem(declare.error) : undefined;
  const { declared_outside: declared } = ledger;
  const isRaised = typeof trials === 'number' && trials > declared;
  return (
    <Stack maw={720} gap="sm">
      <Text size="sm">
        What was tried in a notebook, in another program or by somebody else counts as much as what was tried here. Each
        trial that you declare makes the gates of the next validation harder, as one that is like no other. The number
        can only be raised, and stays.
      </Text>
      {problem && <ProblemAlert problem={problem} title="Not declared" />}
      <NumberInput
        label="Trials made elsewhere, in all"
        description={declared > 0 ? `${formatCount(declared)} are declared: the new number must be higher.` : undefined}
        min={declared + 1}
        max={1_000_000}
        allowDecimal={false}
        value={trials}
        onChange={setTrials}
        error={
          typeof trials === 'number' && trials <= declared
            ? `Must be above ${formatCount(declared)}, was ${formatCount(trials)}`
            : undefined
        }
      />
      <Textarea
        label="What was tried, and where"
        value={reason}
        maxLength={2000}
        autosize
        minRows={2}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <Group>
        <Button
          onClick={() => declare.mutate()}
          loading={declare.isPending}
          disabled={!isRaised || reason.trim() === ''}
        >
          Declare them
        </Button>
      </Group>
    </Stack>
  );
}
