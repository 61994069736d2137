import { Button, Checkbox } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { answer, research } from '../../api/clients';
import type { components } from '../../api/generated/research';
import { ButtonLink, PageLink } from '../../shell/links';
import { Page, Section } from '../../shell/page';
import { Empty } from '../../states/empty';
import { StatusBadge } from '../../states/status-badge';
import { useCursorList } from '../../tables/cursor-list';
import { DataTable, type Column } from '../../tables/data-table';
import { FindBox } from '../../tables/find-box';
import { Figure } from '../../values/figure';
import { Percent } from '../../values/percent';
import { Time } from '../../values/time';
import { numberIn, textIn } from './metric-text';
import { strategiesQuery } from '../../definitions/strategies-query';
import { type Backtest } from './queries';

type Job = components['schemas']['ListedJobDto'];

const route = getRouteApi('/app/backtests');

const columns = (
  nameOf: (id: string) => string,
  chosen: ReadonlySet<string>,
  onChoose: (id: string) => void,
): Column<Backtest>[] => [
  {
    key: 'choose',
    header: 'Compare',
    cell: (row) => (
      <Checkbox
        aria-label={`Compare the backtest of ${nameOf(row.strategy_id)} made ${row.created_at}`}
        checked={chosen.has(row.id)}
        disabled={row.status !== 'completed'}
        onChange={() => onChoose(row.id)}
      />
    ),
    wide: true,
  },
  {
    key: 'strategy',
    header: 'Strategy',
    cell: (row) => (
      <>
        <PageLink to="/backtests/$id" params={{ id: row.id }} fw={600} fz="sm">
          {nameOf(row.strategy_id)}
        </PageLink>
        {row.status !== 'completed' && (
          <div className="narrow-only">
            <StatusBadge status={row.status} />
          </div>
        )}
      </>
    ),
    sortBy: (row) => nameOf(row.strategy_id),
  },
  {
    key: 'status',
    header: 'Status',
    cell: (row) => <StatusBadge status={row.status} />,
    sortBy: (row) => row.status,
    wide: true,
  },
  {
    key: 'bars',
    header: 'Bars',
    cell: (row) => {
      // a universe is named by its size and a hash: its size is enough here
      const symbol = textIn(row.data, 'symbol')?.replace(/^universe of (\d+),.*$/, '$1 symbols');
      return [symbol, textIn(row.data, 'timeframe')].filter(Boolean).join(' ') || '–';
    },
    wide: true,
  },
  {
    key: 'return',
    header: 'Return',
    align: 'right',
    cell: (row) => <Percent fraction={numberIn(row.metrics, 'total_return')} change />,
    sortBy: (row) => numberIn(row.metrics, 'total_return'),
  },
  {
    key: 'sharpe',
    header: 'Sharpe',
    align: 'right',
    cell: (row) => <Figure value={numberIn(row.metrics, 'sharpe_ratio')} digits={3} />,
    sortBy: (row) => numberIn(row.metrics, 'sharpe_ratio'),
  },
  {
    key: 'drawdown',
    header: 'Deepest fall',
    align: 'right',
    cell: (row) => <Percent fraction={numberIn(row.metrics, 'max_drawdown')} />,
    sortBy: (row) => numberIn(row.metrics, 'max_drawdown'),
    wide: true,
  },
  { key: 'engine', header: 'Engine', cell: (row) => row.engine, wide: true },
  {
    key: 'created',
    header: 'Made',
    cell: (row) => <Time value={row.created_at} />,
    sortBy: (row) => row.created_at,
    wide: true,
  },
];

const sweepColumns = (nameOf: (id: string) => string): Column<Job>[] => [
  {
    key: 'strategy',
    header: 'Strategy',
    cell: (row) => (
      <PageLink to="/backtests/sweeps/$job" params={{ job: row.id }} fw={600} fz="sm">
        {row.subject_id ? nameOf(row.subject_id) : row.id}
      </PageLink>
    ),
  },
  { key: 'state', header: 'State', cell: (row) => <StatusBadge status={row.state} /> },
  { key: 'created', header: 'Asked for', cell: (row) => <Time value={row.created_at} />, wide: true },
];

export function BacktestsPage() {
  const { strategy, q } = route.useSearch();
  const navigate = useNavigate();
  const strategies = useQuery(strategiesQuery);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const names = useMemo(() => new Map(strategies.data?.map(({ id, name }) => [id, name])), [strategies.data]);
  const nameOf = (id: string) => names.get(id) ?? `${id.slice(0, 8)}…`;
  const asked = { strategy_id: strategy, q, order: 'newest' as const };
  const list = useCursorList<Backtest>(
    ['backtest', 'list', asked],
    (cursor, signal) => answer(research.GET('/api/backtests', { params: { query: { ...asked, cursor } }, signal })),
    { searched: true },
  );
  const sweeps = useCursorList<Job>(['job', 'sweeps', strategy ?? null], (cursor, signal) =>
    answer(
      research.GET('/api/jobs', {
        params: { query: { cursor, kind: 'backtest.sweep', subject_id: strategy } },
        signal,
      }),
    ),
  );
  const choose = (id: string) => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    setChosen(next);
  };
  return (
    <Page
      title="Backtests"
      lead={
        strategy ? (
          <>
            Of {nameOf(strategy)}. <PageLink to="/backtests">Show those of all strategies</PageLink>
          </>
        ) : (
          'What strategies would have done on stored bars, with costs.'
        )
      }
      actions={
        <>
          {chosen.size > 0 && (
            <Button
              variant="default"
              disabled={chosen.size < 2}
              onClick={() => void navigate({ to: '/backtests/compare', search: { ids: [...chosen].join(',') } })}
            >
              {chosen.size < 2 ? 'Choose another to compare' : `Compare ${chosen.size}`}
            </Button>
          )}
          <ButtonLink to="/backtests/sweeps/new" search={{ strategy }} variant="default">
            New sweep
          </ButtonLink>
          <ButtonLink to="/backtests/new" search={{ strategy }}>
            New backtest
          </ButtonLink>
        </>
      }
    >
      <FindBox
        placeholder="Name of the strategy"
        words={q}
        onFind={(words) => void navigate({ to: '/backtests', search: { strategy, q: words }, replace: true })}
      />
      <DataTable
        label="Backtests"
        columns={columns(nameOf, chosen, choose)}
        list={list}
        rowKey={(row) => row.id}
        empty={
          q ? (
            <Empty title="No such backtest">None is of a strategy with “{q}” in its name.</Empty>
          ) : (
            <Empty
              title="No backtest yet"
              action={
                <ButtonLink to="/backtests/new" search={{ strategy }}>
                  New backtest
                </ButtonLink>
              }
            >
              A backtest tells what a strategy would have earned on stored bars, after costs.
            </Empty>
          )
        }
      />
      <Section title="Sweeps">
        <DataTable
          label="Sweeps"
          columns={sweepColumns(nameOf)}
          list={sweeps}
          rowKey={(row) => row.id}
          empty={
            <Empty title="No sweep yet">
              A sweep tries a grid of parameters. Every cell counts as a trial when the strategy is judged.
            </Empty>
          }
        />
      </Section>
    </Page>
  );
}
