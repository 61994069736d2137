import { Badge, Button, Group, Select, Switch } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { answer, research } from '../../api/clients';
import { ButtonLink, PageLink } from '../../shell/links';
import { Page } from '../../shell/page';
import { Empty } from '../../states/empty';
import { may, useSession } from '../../session/session';
import { StatusBadge } from '../../states/status-badge';
import { useCursorList } from '../../tables/cursor-list';
import { DataTable, type Column } from '../../tables/data-table';
import { FindBox } from '../../tables/find-box';
import { Time } from '../../values/time';
import { ImportDialog } from './import-dialog';
import { askedOf, STATUSES } from './list-filter';
import type { Strategy } from './queries';
import { isPaperOnly } from './words/gate-words';

const MOST = 200;

function goodFor(row: Strategy): string {
  if (row.validated_under.length === 0) return '–';
  return isPaperOnly(row.validated_under) ? 'paper only' : 'paper and live';
}

const COLUMNS: Column<Strategy>[] = [
  {
    key: 'name',
    header: 'Name',
    cell: (row) => (
      <Group gap={6}>
        <PageLink to="/strategies/$id" params={{ id: row.id }} size="sm" fw={500}>
          {row.name}
        </PageLink>
        {(row.tags ?? []).map((tag) => (
          <Badge key={tag} size="xs" variant="outline" color="gray" tt="none">
            {tag}
          </Badge>
        ))}
      </Group>
    ),
    sortBy: (row) => row.name,
  },
  {
    key: 'universe',
    header: 'Trades',
    cell: (row) => (row.universe.length > 3 ? `${row.universe.length} symbols` : row.universe.join(', ')),
    sortBy: (row) => row.universe[0],
    wide: true,
  },
  { key: 'bars', header: 'Bars of', cell: (row) => row.timeframe, wide: true },
  { key: 'status', header: 'Stage', cell: (row) => <StatusBadge status={row.status} />, sortBy: (row) => row.status },
  { key: 'good', header: 'Good for', cell: goodFor, sortBy: goodFor, wide: true },
  { key: 'revision', header: 'Version', align: 'right', cell: (row) => row.revision, wide: true },
  {
    key: 'updated',
    header: 'Changed',
    cell: (row) => <Time value={row.updated_at} />,
    sortBy: (row) => row.updated_at,
    wide: true,
  },
];

export function StrategiesPage() {
  const search = useSearch({ from: '/app/strategies' });
  const navigate = useNavigate({ from: '/strategies' });
  const session = useSession();
  const [importing, setImporting] = useState(false);
  const set = (change: Partial<typeof search>) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true });
  const asked = askedOf(search);
  const list = useCursorList<Strategy>(
    ['strategy', 'list', asked],
    (cursor, signal) =>
      answer(research.GET('/api/strategies', { params: { query: { ...asked, cursor, limit: MOST } }, signal })),
    { searched: true },
  );
  const tags = [...new Set((list.rows ?? []).flatMap((row) => row.tags ?? []))].sort();
  const filtered = Boolean(search.q ?? search.status ?? search.tag);
  return (
    <Page
      title="Strategies"
      lead="Ideas on their way from a draft to trading."
      actions={
        <>
          {may(session, 'research:write') && (
            <Button variant="default" onClick={() => setImporting(true)}>
              Import JSON
            </Button>
          )}
          <ButtonLink to="/strategies/new">New strategy</ButtonLink>
        </>
      }
    >
      <Group align="flex-end" gap="sm">
        <FindBox placeholder="Name or symbol" words={search.q} onFind={(q) => set({ q })} />
        <Select
          label="Stage"
          placeholder="All"
          clearable
          data={STATUSES}
          value={search.status ?? null}
          onChange={(status) => set({ status: status ?? undefined })}
          w={160}
        />
        <Select
          label="Tag"
          placeholder="All"
          clearable
          searchable
          data={search.tag && !tags.includes(search.tag) ? [search.tag, ...tags] : tags}
          value={search.tag ?? null}
          onChange={(tag) => set({ tag: tag ?? undefined })}
          w={160}
          nothingFoundMessage="No tag yet"
        />
        <Switch
          label="Archived too"
          checked={search.archived ?? false}
          onChange={(event) => set({ archived: event.currentTarget.checked || undefined })}
          pb={8}
        />
      </Group>
      <DataTable
        label="Strategies"
        columns={COLUMNS}
        list={list}
        rowKey={(row) => row.id}
        empty={
          filtered ? (
            <Empty
              title="No strategy like this"
              action={
                <Button variant="default" onClick={() => set({ q: undefined, status: undefined, tag: undefined })}>
                  Show all
                </Button>
              }
            >
              None of your strategies fits the filter.
            </Empty>
          ) : (
            <Empty title="No strategy yet" action={<ButtonLink to="/strategies/new">Make the first one</ButtonLink>}>
              A template, a series of bars and two or three numbers are enough: a minute until you know what the idea
              would have made, and whether to believe it.
            </Empty>
          )
        }
      />
      <ImportDialog opened={importing} onClose={() => setImporting(false)} />
    </Page>
  );
}
