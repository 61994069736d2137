import { Button, Group, Modal, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, research } from '../../api/clients';
import { asProblem } from '../../api/problem';
import { useSession } from '../../session/session';
import { ProblemAlert } from '../../states/problem-alert';

interface Props {
  id: string;
  codes: readonly string[];
  names: readonly string[];
  onClose: () => void;
}

/** Who has seen the warnings and why they do not matter: both are kept in the evidence of a promotion. */
export function AcknowledgeDialog({ id, codes, names, onClose }: Props) {
  const { user } = useSession();
  const client = useQueryClient();
  const [by, setBy] = useState(user);
  const [reason, setReason] = useState('');
  const send = useMutation({
    mutationFn: () =>
      answer(
        research.POST('/api/data/quality/{id}/acknowledge', {
          params: { path: { id } },
          body: { by: by.trim(), reason: reason.trim(), codes: [...codes] },
        }),
      ),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['series'] });
      onClose();
    },
  });
  const problem = send.error ? asProblem(send.error) : undefined;
  return (
    <Modal opened onClose={onClose} title="Acknowledge the warnings">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!send.isPending) send.mutate();
        }}
      >
        <Stack>
          <Text size="sm">
            {names.join(', ')}. Your name and reason become part of the evidence of every promotion that rests on these
            bars.
          </Text>
          <TextInput
            label="Who"
            required
            value={by}
            error={problem?.of('by')}
            onChange={(event) => setBy(event.currentTarget.value)}
          />
          <Textarea
            label="Why it does not matter"
            required
            autosize
            minRows={2}
            value={reason}
            error={problem?.of('reason')}
            onChange={(event) => setReason(event.currentTarget.value)}
            data-autofocus
          />
          {send.error && <ProblemAlert problem={send.error} title="Not acknowledged" />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={send.isPending} disabled={by.trim() === '' || reason.trim() === ''}>
              Acknowledge
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
