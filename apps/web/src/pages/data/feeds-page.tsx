import { Button, Group, Menu, Modal, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, research } from '../../api/clients';
import type { components } from '../../api/generated/research';
import { asProblem, failure } from '../../api/problem';
import { isDaily } from '../../format/timeframe';
import { ConfirmDialog } from '../../forms/confirm-dialog';
import { formatDistance, type Market } from '../../format/time';
import { JobProgress } from '../../jobs/job-progress';
import { may, useSession } from '../../session/session';
import { ButtonLink, PageLink } from '../../shell/links';
import { Page } from '../../shell/page';
import { Empty } from '../../states/empty';
import { QueryView } from '../../states/query-view';
import { loadedList } from '../../tables/cursor-list';
import { DataTable, type Column } from '../../tables/data-table';
import { Time } from '../../values/time';
import { feedWords } from './feed-words';
import { FreshnessBadge } from './freshness-badge';
import { isTimeframe } from './series-key';
import { SubscribeForm } from './subscribe-form';
import { subscriptionsQuery } from './subscriptions';
import { SyntheticBadge } from './synthetic-badge';

type Subscription = components['schemas']['SubscriptionDto'];

const refused = (title: string) => (error: unknown) =>
  notifications.show({
    color: 'red',
    title: failure(error, title),
    message: asProblem(error).detail,
    autoClose: 10_000,
  });

function Actions({ row, onRefresh }: { row: Subscription; onRefresh: (job: string) => void }) {
  const client = useQueryClient();
  const [ending, setEnding] = useState(false);
  const settled = () => client.invalidateQueries({ queryKey: ['subscription'] });
  const refresh = useMutation({
    mutationFn: () =>
      answer(
        research.POST('/api/data/subscriptions/{id}/refresh', {
          params: { path: { id: row.id } },
        }),
      ),
    onSuccess: ({ job_id }) => onRefresh(job_id),
    onError: refused('Not refreshed'),
  });
  const enable = useMutation({
    mutationFn: (enabled: boolean) =>
      answer(
        research.PATCH('/api/data/subscriptions/{id}', {
          params: { path: { id: row.id }, header: { 'If-Match': `"${row.version}"` } },
          body: { enabled },
        }),
      ),
    onError: refused('Not changed'),
    onSettled: settled,
  });
  const end = useMutation({
    mutationFn: () => answer(research.DELETE('/api/data/subscriptions/{id}', { params: { path: { id: row.id } } })),
    onSuccess: () => setEnding(false),
    onSettled: settled,
  });
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button
            size="compact-sm"
            variant="default"
            loading={refresh.isPending || enable.isPending}
            aria-label={`What to do with ${row.symbol}`}
          >
            …
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => refresh.mutate()}>Refresh now</Menu.Item>
          <Menu.Item onClick={() => enable.mutate(!row.enabled)}>{row.enabled ? 'Pause' : 'Go on'}</Menu.Item>
          <Menu.Item color="red" onClick={() => setEnding(true)}>
            End the subscription
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <ConfirmDialog
        opened={ending}
        onClose={() => setEnding(false)}
        title={`End the subscription of ${row.symbol}`}
        action="End it"
        onConfirm={() => end.mutate()}
        pending={end.isPending}
        problem={end.error}
      >
        <Text size="sm">
          {row.symbol} {row.timeframe} from {row.source} is no longer kept fresh. The stored bars stay. Deployments that
          trade on them will find their bars late.
        </Text>
      </ConfirmDialog>
    </>
  );
}

const columns = (mayWrite: boolean, onRefresh: (job: string) => void): Column<Subscription>[] => [
  {
    key: 'symbol',
    header: 'Symbol',
    cell: (row) => (
      <>
        <PageLink
          to="/data/series"
          search={{
            symbol: row.symbol,
            source: row.source,
            timeframe: isTimeframe(row.timeframe) ? row.timeframe : '1d',
          }}
          fw={600}
        >
          {row.symbol}
        </PageLink>{' '}
        {row.synthetic && <SyntheticBadge />}
      </>
    ),
    sortBy: (row) => row.symbol,
  },
  { key: 'timeframe', header: 'Bars of', cell: (row) => row.timeframe },
  { key: 'feed', header: 'Feed', cell: (row) => feedWords(row.feed), wide: true },
  { key: 'fresh', header: 'State', cell: (row) => <FreshnessBadge subscription={row} /> },
  {
    key: 'last',
    header: 'Newest bar',
    cell: (row) => (
      <Time
        value={row.freshness.last_bar}
        market={row.market as Market}
        detail={isDaily(row.timeframe) ? 'date' : 'minute'}
      />
    ),
    wide: true,
  },
  {
    key: 'next',
    header: 'Next refresh',
    cell: (row) => (row.enabled ? formatDistance(row.next_due_at, new Date().getTime()) : 'Paused'),
    wide: true,
  },
  {
    key: 'error',
    header: 'Last words of the feed',
    cell: (row) =>
      row.last_error ? (
        <Text size="sm" c="var(--assay-loss)" maw={360}>
          {row.last_error}
        </Text>
      ) : (
        'None refused'
      ),
    wide: true,
  },
  ...(mayWrite
    ? [
        {
          key: 'actions',
          header: 'Actions',
          align: 'right' as const,
          cell: (row: Subscription) => <Actions row={row} onRefresh={onRefresh} />,
        },
      ]
    : []),
];

/** Subscriptions: what keeps series fresh. */
export function FeedsPage() {
  const feeds = useQuery(subscriptionsQuery);
  const mayWrite = may(useSession(), 'data:write');
  const [adding, setAdding] = useState(false);
  const [job, setJob] = useState<string | null>(null);
  const add = <Button onClick={() => setAdding(true)}>Subscribe to a feed</Button>;
  return (
    <Page
      title="Feeds"
      lead="Series that are kept fresh: after each close of their market the feed is asked for what is missing."
      actions={
        <>
          <ButtonLink to="/data" variant="default">
            All series
          </ButtonLink>
          {mayWrite && add}
        </>
      }
    >
      {job && (
        <Stack gap="xs">
          <JobProgress key={job} id={job}>
            {(result) => <RefreshResult result={result} />}
          </JobProgress>
        </Stack>
      )}
      <QueryView query={feeds}>
        {(rows) => (
          <DataTable
            label="Subscriptions"
            columns={columns(mayWrite, setJob)}
            list={loadedList(rows)}
            rowKey={(row) => row.id}
            empty={
              <Empty title="No feed yet" action={mayWrite && add}>
                A subscription brings bars from an exchange, a vendor, an address of yours or a folder, and keeps them
                fresh.
              </Empty>
            }
          />
        )}
      </QueryView>
      <Modal opened={adding} onClose={() => setAdding(false)} title="Subscribe to a feed" size="lg">
        <SubscribeForm onDone={() => setAdding(false)} />
      </Modal>
    </Page>
  );
}

function RefreshResult({ result }: { result: unknown }) {
  const facts = (typeof result === 'object' && result !== null ? result : {}) as Record<string, unknown>;
  const words = ['fetched', 'inserted', 'corrected', 'withheld', 'outside']
    .filter((name) => typeof facts[name] === 'number')
    .map((name) => `${name} ${String(facts[name])}`);
  return (
    <Group>
      <Text size="sm" role="status">
        Refreshed{words.length > 0 ? `: ${words.join(', ')} bars` : '.'}
      </Text>
    </Group>
  );
}
