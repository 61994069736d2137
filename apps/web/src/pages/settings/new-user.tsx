import { Alert, Button, Group, NativeSelect, Paper, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { answer, trade } from '../../api/clients';
import type { components } from '../../api/generated/trade';
import { asProblem } from '../../api/problem';
import { ProblemAlert } from '../../states/problem-alert';

type Role = components['schemas']['CreateUserRequest']['role'];

const ROLES: { value: Role; label: string }[] = [
  { value: 'viewer', label: 'Viewer: reads' },
  { value: 'trader', label: 'Trader: researches and trades' },
  { value: 'importer', label: 'Importer: writes and corrects data' },
  { value: 'service', label: 'Service: a program' },
  { value: 'admin', label: 'Administrator' },
];

/** A user is made by an administrator, and sees only what is its own. */
export function NewUser() {
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [role, setRole] = useState<Role>('viewer');
  const client = useQueryClient();
  const create = useMutation({
    mutationFn: () => answer(trade.POST('/api/v1/auth/users', { body: { username, password, role } })),
    onSuccess: async () => {
      setUsername('');
      setPassword('');
      await client.invalidateQueries({ queryKey: ['user'] });
    },
  });
  const problem = create.isError ? asProblem(create.error) : undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate();
  };
  return (
    <Paper withBorder p="lg" maw={460}>
      <form onSubmit={submit}>
        <Stack>
          <TextInput
            label="User name"
            required
            maxLength={100}
            autoComplete="off"
            error={problem?.of('username')}
            value={username}
            onChange={(event) => setUsername(event.currentTarget.value)}
          />
          <PasswordInput
            label="Password"
            description="At least 12 characters"
            required
            autoComplete="new-password"
            error={problem?.of('password')}
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          <NativeSelect
            label="Role"
            data={ROLES}
            value={role}
            onChange={(event) => setRole(event.currentTarget.value as Role)}
          />
          {problem && <ProblemAlert problem={problem} title="No user was made" />}
          {create.data && (
            <Alert color="teal" title={`${create.data.username} was made`} role="status">
              Signs in with the password and is {create.data.role}.
            </Alert>
          )}
          <Group justify="flex-end">
            <Button type="submit" loading={create.isPending} disabled={username === '' || password.length < 12}>
              Make the user
            </Button>
          </Group>
        </Stack>
      </form>
    </Paper>
  );
}
