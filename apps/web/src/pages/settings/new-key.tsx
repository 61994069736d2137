import { Alert, Button, Checkbox, Code, CopyButton, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { answer, trade } from '../../api/clients';
import { asProblem } from '../../api/problem';
import { useSession } from '../../session/session';
import { ProblemAlert } from '../../states/problem-alert';

function Shown({ value, onClose }: { value: string; onClose: () => void }) {
  return (
    <Stack>
      <Alert color="yellow" title="Shown this once">
        Keep it where secrets are kept: it cannot be shown again.
      </Alert>
      <Code block className="breaks">
        {value}
      </Code>
      <Group justify="flex-end">
        <CopyButton value={value}>
          {({ copied, copy }) => (
            <Button variant="default" onClick={copy}>
              {copied ? 'Copied' : 'Copy'}
            </Button>
          )}
        </CopyButton>
        <Button onClick={onClose}>Done</Button>
      </Group>
    </Stack>
  );
}

/** A key with a part of the scopes of the session; the secret is shown once and kept nowhere in the browser. */
export function NewKey({ onClose }: { onClose: () => void }) {
  const client = useQueryClient();
  const { scopes } = useSession();
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState<string[]>(scopes.filter((scope) => scope.endsWith(':read')));
  const [until, setUntil] = useState('');
  const create = useMutation({
    mutationFn: () =>
      answer(
        trade.POST('/api/v1/auth/keys', {
          body: { name, scopes: chosen, ...(until ? { expires_at: new Date(`${until}T23:59:59`).toISOString() } : {}) },
        }),
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: ['key'] }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate();
  };
  const problem = create.isError ? asProblem(create.error) : undefined;
  return (
    <Modal opened onClose={onClose} title="New API key" closeOnClickOutside={!create.data}>
      {create.data ? (
        <Shown value={create.data.key} onClose={onClose} />
      ) : (
        <form onSubmit={submit}>
          <Stack>
            <TextInput
              label="Name"
              description="What uses it"
              required
              maxLength={100}
              data-autofocus
              error={problem?.of('name')}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <Checkbox.Group label="It may" value={chosen} onChange={setChosen} error={problem?.of('scopes')}>
              <Stack gap={6} mt={6}>
                {scopes.map((scope) => (
                  <Checkbox key={scope} value={scope} label={scope} />
                ))}
              </Stack>
            </Checkbox.Group>
            <TextInput
              type="date"
              label="Ends on"
              description="Left empty, it ends with the credential that makes it"
              error={problem?.of('expires_at')}
              value={until}
              onChange={(event) => setUntil(event.currentTarget.value)}
            />
            {problem && <ProblemAlert problem={problem} title="No key was made" />}
            <Text size="xs" c="dimmed">
              Everything made with a key ends with it.
            </Text>
            <Group justify="flex-end">
              <Button variant="default" onClick={onClose}>
                Cancel
              </Button>
              <Button type="submit" loading={create.isPending} disabled={name.trim() === '' || chosen.length === 0}>
                Make the key
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Modal>
  );
}
