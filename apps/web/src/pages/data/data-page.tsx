import { Code } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { answer, research } from '../../api/clients';
import type { components } from '../../api/generated/research';
import { formatCount } from '../../format/number';
import type { Market } from '../../format/time';
import { isDaily } from '../../format/timeframe';
import { ButtonLink, PageLink } from '../../shell/links';
import { Page } from '../../shell/page';
import { Empty } from '../../states/empty';
import { useCursorList } from '../../tables/cursor-list';
import { DataTable, type Column } from '../../tables/data-table';
import { FindBox } from '../../tables/find-box';
import { Time } from '../../values/time';
import { FreshnessBadge } from './freshness-badge';
import { isTimeframe } from './series-key';
import { subscriptionsQuery } from './subscriptions';
import { SyntheticBadge } from './synthetic-badge';

type Series = components['schemas']['SymbolDto'];
type Subscription = components['schemas']['SubscriptionDto'];

const keyOf = ({ source, symbol, timeframe }: { source: string; symbol: string; timeframe: string }) =>
  `${source} ${symbol} ${timeframe}`;
const detail = (row: Series) => (isDaily(row.timeframe) ? 'date' : 'minute');

/** @param isUnknown whether it cannot be said which series are kept fresh */
const columns = (feeds: Map<string, Subscription> | undefined, isUnknown: boolean): Column<Series>[] => [
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
  { key: 'source', header: 'Source', cell: (row) => row.source, sortBy: (row) => row.source, wide: true },
  { key: 'timeframe', header: 'Bars of', cell: (row) => row.timeframe },
  { key: 'market', header: 'Market', cell: (row) => row.market, sortBy: (row) => row.market, wide: true },
  { key: 'bars', header: 'Bars', align: 'right', cell: (row) => formatCount(row.bars), sortBy: (row) => row.bars },
  {
    key: 'first',
    header: 'First',
    cell: (row) => <Time value={row.first} market={row.market as Market} detail={detail(row)} />,
    sortBy: (row) => row.first,
    wide: true,
  },
  {
    key: 'last',
    header: 'Last',
    cell: (row) => <Time value={row.last} market={row.market as Market} detail={detail(row)} />,
    sortBy: (row) => row.last,
  },
  {
    key: 'fresh',
    header: 'Kept fresh',
    cell: (row) => {
      if (!feeds) return isUnknown ? 'Not known' : '';
      const feed = feeds.get(keyOf(row));
      return feed ? <FreshnessBadge subscription={feed} /> : 'By imports';
    },
    wide: true,
  },
];

export function DataPage() {
  const { q } = useSearch({ from: '/app/data' });
  const navigate = useNavigate({ from: '/data' });
  const list = useCursorList<Series>(
    ['series', 'list', q ?? ''],
    (cursor, signal) => answer(research.GET('/api/data/symbols', { params: { query: { q, cursor } }, signal })),
    { searched: true },
  );
  const feeds = useQuery(subscriptionsQuery);
  const byKey = useMemo(() => feeds.data && new Map(feeds.data.map((feed) => [keyOf(feed), feed])), [feeds.data]);
  return (
    <Page
      title="Data"
      lead="Stored series of bars: everything else is made of them."
      actions={
        <>
          <ButtonLink to="/data/feeds" variant="default">
            Feeds
          </ButtonLink>
          <ButtonLink to="/data/import">Import a file</ButtonLink>
        </>
      }
    >
      <FindBox
        placeholder="Symbol, source, market"
        words={q}
        onFind={(words) => void navigate({ search: { q: words }, replace: true })}
      />
      <DataTable
        label="Stored series"
        columns={columns(byKey, feeds.isError)}
        list={list}
        rowKey={keyOf}
        empty={
          q ? (
            <Empty title="No such series">None has “{q}” in its symbol, source or market.</Empty>
          ) : (
            <Empty title="No bars yet" action={<ButtonLink to="/data/import">Import a file</ButtonLink>}>
              Import a file of bars (CSV, Parquet, zip and more), or subscribe to a feed that keeps a series fresh. None
              at hand? <Code>npx assay data sample sp500 --to bars.csv</Code> writes real ones.
            </Empty>
          )
        }
      />
    </Page>
  );
}
