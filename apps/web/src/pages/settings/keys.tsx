import { Badge, Button, Group, Stack } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, trade } from '../../api/clients';
import type { components } from '../../api/generated/trade';
import { ConfirmDialog } from '../../forms/confirm-dialog';
import { Empty } from '../../states/empty';
import { StatusBadge } from '../../states/status-badge';
import { useCursorList } from '../../tables/cursor-list';
import { DataTable, type Column } from '../../tables/data-table';
import { useNow } from '../../values/use-now';
import { Time } from '../../values/time';
import { NewKey } from './new-key';

type Key = components['schemas']['KeyResponse'];

function stateOf({ revoked_at: revoked, expires_at: ends }: Key, now: number): 'revoked' | 'expired' | 'active' {
  if (revoked) return 'revoked';
  return ends && new Date(ends).getTime() <= now ? 'expired' : 'active';
}

const columns = (now: number, revoke: (key: Key) => void): Column<Key>[] => [
  { key: 'name', header: 'Name', cell: (row) => row.name, sortBy: (row) => row.name },
  { key: 'prefix', header: 'Begins with', cell: (row) => <code>{row.key_prefix}</code>, wide: true },
  {
    key: 'state',
    header: 'State',
    cell: (row) => <StatusBadge status={stateOf(row, now)} />,
    sortBy: (row) => stateOf(row, now),
  },
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
    key: 'used',
    header: 'Last used',
    cell: (row) => (row.last_used_at ? <Time value={row.last_used_at} /> : 'Never'),
    sortBy: (row) => row.last_used_at,
    wide: true,
  },
  {
    key: 'ends',
    header: 'Ends',
    cell: (row) => (row.expires_at ? <Time value={row.expires_at} /> : 'Never'),
    sortBy: (row) => row.expires_at,
  },
  {
    key: 'revoke',
    header: 'Revoke',
    cell: (row) =>
      stateOf(row, now) === 'active' ? (
        <Button size="compact-xs" variant="default" aria-label={`Revoke ${row.name}`} onClick={() => revoke(row)}>
          Revoke
        </Button>
      ) : (
        ''
      ),
  },
];

export function Keys() {
  const now = useNow();
  const client = useQueryClient();
  const [creating, { open, close }] = useDisclosure(false);
  const [revoking, setRevoking] = useState<Key | null>(null);
  const list = useCursorList<Key>(['key', 'list'], (cursor, signal) =>
    answer(trade.GET('/api/v1/auth/keys', { params: { query: { cursor } }, signal })),
  );
  const revoke = useMutation({
    mutationFn: (id: string) => answer(trade.DELETE('/api/v1/auth/keys/{id}', { params: { path: { id } } })),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['key'] });
      setRevoking(null);
    },
  });
  const create = <Button onClick={open}>New API key</Button>;
  return (
    <Stack>
      {list.rows && list.rows.length > 0 && <Group justify="flex-end">{create}</Group>}
      <DataTable
        label="API keys"
        columns={columns(now, setRevoking)}
        list={list}
        rowKey={(row) => row.id}
        empty={
          <Empty title="No API key" action={create}>
            Keys are for the command line, programs and other machines. A key does no more than who made it.
          </Empty>
        }
      />
      {creating && <NewKey onClose={close} />}
      {revoking && (
        <ConfirmDialog
          opened
          onClose={() => setRevoking(null)}
          title={`Revoke ${revoking.name}`}
          action="Revoke"
          pending={revoke.isPending}
          problem={revoke.error}
          onConfirm={() => revoke.mutate(revoking.id)}
        >
          What uses the key that begins with {revoking.key_prefix} is refused from now on, and so is every key that was
          made with it. This cannot be taken back.
        </ConfirmDialog>
      )}
    </Stack>
  );
}
