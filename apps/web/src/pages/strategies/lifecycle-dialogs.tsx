import { Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { answer, research } from '../../api/clients';
import { ConfirmDialog } from '../../forms/confirm-dialog';
import { strategyQuery, type Strategy } from './queries';

interface Props {
  strategy: Strategy;
  opened: boolean;
  onClose: () => void;
}

/** Carries out one change of a strategy; shows what it has become, and closes. */
function useChange(change: () => Promise<Strategy>, done: (changed: Strategy) => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: async (changed) => {
      client.setQueryData(strategyQuery(changed.id).queryKey, changed);
      await client.invalidateQueries({ queryKey: ['strategy'] });
      done(changed);
    },
  });
}

export function EditDialog({ strategy, opened, onClose }: Props) {
  const [name, setName] = useState(strategy.name);
  const [description, setDescription] = useState(strategy.description ?? '');
  const change = useChange(
    () =>
      answer(
        research.PATCH('/api/strategies/{id}', {
          params: { path: { id: strategy.id } },
          body: { name: name.trim(), description: description.trim() || null, version: strategy.version },
        }),
      ),
    onClose,
  );
  return (
    <ConfirmDialog
      opened={opened}
      onClose={onClose}
      title="Rename or describe"
      action="Save"
      danger={false}
      pending={change.isPending}
      problem={change.error}
      onConfirm={() => change.mutate()}
    >
      <Stack>
        <TextInput label="Name" required value={name} onChange={(event) => setName(event.currentTarget.value)} />
        <Textarea
          label="The idea"
          description="What it should earn by, in your own words."
          autosize
          minRows={3}
          value={description}
          onChange={(event) => setDescription(event.currentTarget.value)}
        />
      </Stack>
    </ConfirmDialog>
  );
}

export function CloneDialog({ strategy, opened, onClose }: Props) {
  const navigate = useNavigate();
  const [name, setName] = useState(`${strategy.name} (copy)`);
  const change = useChange(
    () =>
      answer(
        research.POST('/api/strategies/{id}/clone', {
          params: { path: { id: strategy.id } },
          body: { name: name.trim() },
        }),
      ),
    (copy) => {
      onClose();
      void navigate({ to: '/strategies/$id', params: { id: copy.id } });
    },
  );
  return (
    <ConfirmDialog
      opened={opened}
      onClose={onClose}
      title={`Clone ${strategy.name}`}
      action="Clone"
      danger={false}
      pending={change.isPending}
      problem={change.error}
      onConfirm={() => change.mutate()}
    >
      <Text size="sm">
        The copy starts as a draft. Trials of it count together with those of the original: a copy is no way to forget
        them.
      </Text>
      <TextInput
        label="Name of the copy"
        required
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
    </ConfirmDialog>
  );
}

export function DemoteDialog({ strategy, opened, onClose }: Props) {
  const [reason, setReason] = useState('');
  const change = useChange(
    () =>
      answer(
        research.POST('/api/strategies/{id}/demote', {
          params: { path: { id: strategy.id } },
          body: { reason: reason.trim(), version: strategy.version },
        }),
      ),
    onClose,
  );
  return (
    <ConfirmDialog
      opened={opened}
      onClose={onClose}
      title="Take the promotion back"
      action="Take back"
      pending={change.isPending}
      problem={change.error}
      onConfirm={() => change.mutate()}
    >
      <Text size="sm">
        Version {strategy.promoted_revision} of {strategy.name} stays validated, but trade and portfolio are told that
        it is no longer promoted.
      </Text>
      <TextInput
        label="Reason"
        description="Kept with the history."
        required
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </ConfirmDialog>
  );
}

export function ArchiveDialog({ strategy, opened, onClose }: Props) {
  const [reason, setReason] = useState('');
  const change = useChange(
    () =>
      answer(
        research.POST('/api/strategies/{id}/archive', {
          params: { path: { id: strategy.id } },
          body: { version: strategy.version, ...(reason.trim() ? { reason: reason.trim() } : {}) },
        }),
      ),
    onClose,
  );
  return (
    <ConfirmDialog
      opened={opened}
      onClose={onClose}
      title={`Archive ${strategy.name}`}
      action="Archive"
      pending={change.isPending}
      problem={change.error}
      onConfirm={() => change.mutate()}
    >
      <Text size="sm">It stays readable with all its results, but cannot be changed, run or promoted any more.</Text>
      <TextInput label="Reason (optional)" value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
    </ConfirmDialog>
  );
}
