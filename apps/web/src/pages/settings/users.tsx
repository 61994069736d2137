import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, trade } from '../../api/clients';
import type { components } from '../../api/generated/trade';
import { ConfirmDialog } from '../../forms/confirm-dialog';
import { inWords } from '../../format/words';
import { useSession } from '../../session/session';
import { Section } from '../../shell/page';
import { StatusBadge } from '../../states/status-badge';
import { useCursorList } from '../../tables/cursor-list';
import { DataTable, type Column } from '../../tables/data-table';
import { Time } from '../../values/time';
import { NewUser } from './new-user';

type User = components['schemas']['ListedUserResponse'];

const stateOf = ({ disabled }: User): 'disabled' | 'active' => (disabled ? 'disabled' : 'active');

const columns = (self: string, change: (user: User) => void): Column<User>[] => [
  { key: 'name', header: 'User', cell: (row) => row.username, sortBy: (row) => row.username },
  { key: 'role', header: 'Role', cell: (row) => inWords(row.role), sortBy: (row) => row.role },
  { key: 'state', header: 'State', cell: (row) => <StatusBadge status={stateOf(row)} />, sortBy: stateOf },
  {
    key: 'scopes',
    header: 'May',
    cell: (row) => (
      <Group gap={4}>
        {row.scopes.map((scope) => (
          <Badge key={scope} variant="default" tt="none" fw={400}>
            {scope}
          </Badge>
        ))}
      </Group>
    ),
    wide: true,
  },
  {
    key: 'by',
    header: 'Comes with',
    cell: (row) => (row.has_password ? 'Password or keys' : 'Keys only'),
    wide: true,
  },
  {
    key: 'seen',
    header: 'Last seen',
    cell: (row) => (row.last_seen_at ? <Time value={row.last_seen_at} /> : 'Not known'),
    sortBy: (row) => row.last_seen_at,
    wide: true,
  },
  {
    key: 'created',
    header: 'Made',
    cell: (row) => <Time value={row.created_at} />,
    sortBy: (row) => row.created_at,
    wide: true,
  },
  {
    key: 'change',
    header: 'Change',
    cell: (row) =>
      row.username === self ? (
        <Text size="sm" c="dimmed">
          You
        </Text>
      ) : (
        <Button
          size="compact-xs"
          variant="default"
          aria-label={`${row.disabled ? 'Enable' : 'Disable'} ${row.username}`}
          onClick={() => change(row)}
        >
          {row.disabled ? 'Enable' : 'Disable'}
        </Button>
      ),
  },
];

/** Who there is; administrators disable users and make new ones. */
export function Users() {
  const { user: self } = useSession();
  const client = useQueryClient();
  const [chosen, setChosen] = useState<User | null>(null);
  const list = useCursorList<User>(['user', 'list'], (cursor, signal) =>
    answer(trade.GET('/api/v1/auth/users', { params: { query: { cursor } }, signal })),
  );
  const change = useMutation({
    mutationFn: ({ id, disabled }: User) =>
      answer(trade.PATCH('/api/v1/auth/users/{id}', { params: { path: { id } }, body: { disabled: !disabled } })),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['user'] });
      setChosen(null);
    },
  });
  const close = () => {
    change.reset();
    setChosen(null);
  };
  return (
    <Stack gap="xl">
      <DataTable
        label="Users"
        columns={columns(self, setChosen)}
        list={list}
        rowKey={(row) => row.id}
        empty={<Text c="dimmed">No user is known.</Text>}
      />
      <Section title="New user">
        <NewUser />
      </Section>
      {chosen && (
        <ConfirmDialog
          opened
          onClose={close}
          title={`${chosen.disabled ? 'Enable' : 'Disable'} ${chosen.username}`}
          action={chosen.disabled ? 'Enable' : 'Disable'}
          pending={change.isPending}
          problem={change.error}
          onConfirm={() => change.mutate(chosen)}
        >
          {chosen.disabled
            ? 'Password and keys work again. Who was signed in signs in anew.'
            : 'Nothing lets the user in from now on: no password, session or key, nor a key that was made with those. What it has deployed goes on trading: halt it where that should end too.'}
        </ConfirmDialog>
      )}
    </Stack>
  );
}
