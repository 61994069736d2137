import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { asProblem } from '../api/problem';
import { ProblemAlert } from '../states/problem-alert';
import { sessionQuery, signIn, type Credentials } from './session';

/** Name and password; `onDone` after the session is there. */
export function SignInForm({ onDone }: { onDone: () => void }) {
  const client = useQueryClient();
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const attempt = useMutation({
    mutationFn: (credentials: Credentials) => signIn(credentials),
    onSuccess: (session) => {
      // nothing of another user may be shown to this one
      const before = client.getQueryData(sessionQuery.queryKey);
      if (before && before.user !== session.user)
        void client.resetQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' });
      client.setQueryData(sessionQuery.queryKey, session);
      onDone();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    attempt.mutate({ username, password });
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        {attempt.isError && <ProblemAlert problem={asProblem(attempt.error)} title="Not signed in" />}
        <TextInput
          label="User name"
          autoComplete="username"
          required
          value={username}
          onChange={(event) => setUsername(event.currentTarget.value)}
        />
        <PasswordInput
          label="Password"
          autoComplete="current-password"
          required
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Button type="submit" loading={attempt.isPending} disabled={username === '' || password === ''}>
          Sign in
        </Button>
      </Stack>
    </form>
  );
}
