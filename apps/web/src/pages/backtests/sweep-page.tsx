import { Badge, Button, Group, Select, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { answer, research } from '../../api/clients';
import type { components } from '../../api/generated/research';
import { formatCount, formatNumber } from '../../format/number';
import { inWords } from '../../format/words';
import { JobProgress } from '../../jobs/job-progress';
import { useWatchedJob } from '../../jobs/watch-job';
import { ButtonLink } from '../../shell/links';
import { Page, Section } from '../../shell/page';
import { Empty } from '../../states/empty';
import { QueryView } from '../../states/query-view';
import { loadedList } from '../../tables/cursor-list';
import { DataTable, type Column } from '../../tables/data-table';
import { Facts } from '../../values/facts';
import { Figure } from '../../values/figure';
import { Percent } from '../../values/percent';
import { CellDialog } from './cell-dialog';
import { varied } from './cells';
import { parameterWords } from '../../definitions/parameter-words';
import { strategiesQuery } from '../../definitions/strategies-query';
import { type LeaderCell } from './queries';
import { shortNames } from './sweep-params';
import { SweepHeatmap } from './sweep-heatmap';

const route = getRouteApi('/app/backtests/sweeps/$job');

const modeOf = ({ params }: LeaderCell): unknown =>
  Object.entries(params).find(([path]) => path.endsWith('position_mode'))?.[1];

/** A sweep: how far it is, then its best cells, its heatmap, and a way from a cell to a strategy. */
export function SweepPage() {
  const { job } = route.useParams();
  const query = useWatchedJob(job);
  const strategies = useQuery(strategiesQuery);
  const strategy = query.data?.subject_id ?? undefined;
  const name = strategies.data?.find(({ id }) => id === strategy)?.name;
  return (
    <Page
      title={name ? `Sweep of ${name}` : 'Sweep'}
      lead="Every cell was a trial and counts when the strategy is judged."
      actions={
        <>
          <ButtonLink to="/backtests" variant="default">
            All backtests
          </ButtonLink>
          <ButtonLink to="/backtests/sweeps/new" search={{ strategy }}>
            New sweep
          </ButtonLink>
        </>
      }
    >
      <JobProgress id={job}>{() => <SweepResults job={job} />}</JobProgress>
    </Page>
  );
}

function SweepResults({ job }: { job: string }) {
  const query = useQuery({
    queryKey: ['sweep', job, 'leaderboard'],
    queryFn: ({ signal }) =>
      answer(
        research.GET('/api/backtests/sweeps/{job_id}/leaderboard', {
          params: { path: { job_id: job }, query: { limit: 5000 } },
          signal,
        }),
      ),
    staleTime: Infinity,
    refetchInterval: false,
  });
  return <QueryView query={query}>{(board) => <Board job={job} board={board} />}</QueryView>;
}

function Board({ job, board }: { job: string; board: components['schemas']['SweepLeaderboardDto'] }) {
  const [chosen, setChosen] = useState<LeaderCell | null>(null);
  const [axes, setAxes] = useState<{ x?: string; y?: string }>({});
  const paths = varied(board.items);
  const names = shortNames(Object.keys(board.items[0]?.params ?? {}));
  const choices = (of: readonly string[]) => of.map((path) => ({ value: path, label: names.get(path)! }));
  const x = axes.x ?? paths[0];
  const y = axes.y ?? paths.find((path) => path !== x);
  const steady = board.items.reduce<LeaderCell | null>(
    (best, cell) => (cell.plateau !== null && cell.plateau > (best?.plateau ?? -Infinity) ? cell : best),
    null,
  );
  const columns: Column<LeaderCell>[] = [
    { key: 'rank', header: 'Rank', align: 'right', cell: (row) => row.rank, sortBy: (row) => row.rank },
    ...Object.keys(board.items[0]?.params ?? {}).map((path): Column<LeaderCell> => ({
      key: path,
      header: inWords(names.get(path)!),
      cell: (row) => parameterWords(row.params[path], modeOf(row)),
      sortBy: (row) => (typeof row.params[path] === 'number' ? row.params[path] : String(row.params[path])),
    })),
    {
      key: 'sharpe',
      header: 'Sharpe',
      align: 'right',
      cell: (row) => <Figure value={row.sharpe} places={3} />,
      sortBy: (row) => row.sharpe,
    },
    {
      key: 'plateau',
      header: 'With neighbours',
      align: 'right',
      cell: (row) => <Figure value={row.plateau} places={3} />,
      sortBy: (row) => row.plateau,
    },
    {
      key: 'return',
      header: 'Return',
      align: 'right',
      cell: (row) => <Percent fraction={row.total_return} change />,
      sortBy: (row) => row.total_return,
    },
    {
      key: 'fall',
      header: 'Deepest fall',
      align: 'right',
      cell: (row) => <Percent fraction={row.max_drawdown} />,
      sortBy: (row) => row.max_drawdown,
      wide: true,
    },
    {
      key: 'make',
      header: 'Strategy',
      align: 'right',
      cell: (row) => (
        <Button size="compact-xs" variant="default" onClick={() => setChosen(row)}>
          Make one
        </Button>
      ),
    },
  ];
  if (board.items.length === 0) {
    if (board.idle_cells === board.cells)
      return <Empty title="No cell held anything">None of the {formatCount(board.cells)} cells ever traded.</Empty>;
    return <Empty title="No cell has this figure">All {formatCount(board.cells)} cells left it undefined.</Empty>;
  }
  return (
    <>
      <Facts
        facts={[
          ['Trials', formatCount(board.cells)],
          ['Given up on the way', formatCount(board.pruned)],
          ['Without the figure', formatCount(board.undefined_cells)],
          ['Held nothing, not ranked', formatCount(board.idle_cells)],
          ['Figures', board.objective === 'cpcv' ? 'Out of sample, CPCV' : 'In sample, backtest'],
          ['Best with its neighbours', steady ? `Cell ${steady.cell}, Sharpe ${formatNumber(steady.plateau, 3)}` : '–'],
        ]}
      />
      {board.objective === 'backtest' && (
        <Text size="sm" component="div">
          <Badge color="yellow" variant="light" tt="none" radius="sm" mr={6}>
            ! In sample
          </Badge>
          The best of many looks good by chance alone. Prefer a plateau to a peak, and judge it by validation.
        </Text>
      )}
      {paths.length > 1 && x && y ? (
        <Section
          title="Heatmap"
          actions={
            paths.length > 2 && (
              <Group gap="xs">
                <Select
                  allowDeselect={false}
                  size="xs"
                  aria-label="Across"
                  data={choices(paths)}
                  value={x}
                  onChange={(value) => setAxes({ x: value ?? undefined, y })}
                />
                <Select
                  allowDeselect={false}
                  size="xs"
                  aria-label="Up"
                  data={choices(paths.filter((path) => path !== x))}
                  value={y}
                  onChange={(value) => setAxes({ x, y: value ?? undefined })}
                />
              </Group>
            )
          }
        >
          <SweepHeatmap job={job} x={x} y={y} names={names} cells={board.items} steady={steady} onChoose={setChosen} />
        </Section>
      ) : (
        <Text size="sm" c="dimmed">
          A heatmap needs two parameters that were varied.
        </Text>
      )}
      <Section title="Leaderboard">
        <DataTable
          label="Cells, best first"
          columns={columns}
          list={loadedList(board.items.slice(0, 50))}
          rowKey={(row) => String(row.cell)}
          empty={null}
          minWidth={720}
          total={board.items.length}
        />
      </Section>
      {chosen && <CellDialog job={job} cell={chosen} onClose={() => setChosen(null)} />}
    </>
  );
}
