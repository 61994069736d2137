import { Group, NativeSelect, Text } from '@mantine/core';
import { useState } from 'react';
import { answer, research } from '../../../api/clients';
import { formatCount, formatNumber } from '../../../format/number';
import { inWords } from '../../../format/words';
import { Empty } from '../../../states/empty';
import { useCursorList } from '../../../tables/cursor-list';
import { DataTable, type Column } from '../../../tables/data-table';
import { Time } from '../../../values/time';
import { paramWords } from './param-words';
import type { Trial } from './queries';

const ORIGINS = [
  'backtest',
  'sweep',
  'walk_forward',
  'tuning',
  'candidate',
] as const satisfies readonly Trial['origin'][];
const ORDERS = { newest: 'Newest first', oldest: 'Oldest first', best: 'Best first', worst: 'Worst first' } as const;
type Order = keyof typeof ORDERS;
type Origin = (typeof ORIGINS)[number] | '';

const COLUMNS: readonly Column<Trial>[] = [
  { key: 'at', header: 'First tried', cell: (trial) => <Time value={trial.created_at} /> },
  { key: 'origin', header: 'By', cell: (trial) => inWords(trial.origin) },
  { key: 'bars', header: 'On', cell: (trial) => `${trial.symbol}, ${trial.timeframe}` },
  { key: 'count', header: 'Bars', align: 'right', wide: true, cell: (trial) => formatCount(trial.observations) },
  { key: 'sharpe', header: 'Sharpe a bar', align: 'right', cell: (trial) => formatNumber(trial.sharpe_per_bar) },
  {
    key: 'params',
    header: 'What was tried',
    wide: true,
    cell: (trial) => (
      <Text size="xs" className="breaks" title={JSON.stringify(trial.params)} lineClamp={2}>
        {paramWords(trial.params)}
      </Text>
    ),
  },
];

/** Every trial of the lineage, by filter and order, with the same as a file. */
export function TrialsTable({ id }: { id: string }) {
  const [order, setOrder] = useState<Order>('newest');
  const [origin, setOrigin] = useState<Origin>('');
  const filter = { strategy_id: id, order, ...(origin === '' ? {} : { origin }) };
  const list = useCursorList<Trial>(['strategy', id, 'trials', order, origin], (cursor, signal) =>
    answer(research.GET('/api/experiments', { params: { query: { ...filter, cursor } }, signal })),
  );
  return (
    <>
      <Group>
        <NativeSelect
          aria-label="Order of the trials"
          value={order}
          onChange={({ currentTarget: { value } }) => setOrder(value as Order)}
          data={Object.entries(ORDERS).map(([value, label]) => ({ value, label }))}
        />
        <NativeSelect
          aria-label="How they were tried"
          value={origin}
          onChange={({ currentTarget: { value } }) => setOrigin(value as Origin)}
          data={[{ value: '', label: 'However tried' }, ...ORIGINS.map((value) => ({ value, label: inWords(value) }))]}
        />
      </Group>
      <DataTable
        label="Trials"
        columns={COLUMNS}
        list={list}
        rowKey={(trial) => trial.id}
        csv={`/api/experiments/export?${new URLSearchParams(filter)}`}
        empty={
          <Empty title={origin === '' ? 'Nothing was tried yet' : `No trial by ${inWords(origin).toLowerCase()}`}>
            Every configuration whose result is seen stands here: backtests, cells of sweeps and of searches in folds,
            tuned sets, candidates.
          </Empty>
        }
      />
    </>
  );
}
